using static Actors.Domain.Components.BuiltIn.Rules;
using static Actors.Domain.Components.BuiltIn.WireframeRules;

namespace Actors.Domain.Components.BuiltIn;

/// <summary>What gives a page its shape and leads through it.</summary>
internal static class LayoutComponents
{
    private const string Layout = "layout";
    private const string Navigation = "navigation";

    private static readonly PropertyRule Active = Any("The entry that is shown: its number from 0, or its label.");

    public static IEnumerable<ComponentDescriptor> All =>
    [
        Component("ui.card", Layout, "Card", "A box with a heading, text and actions.", "credit-card", 280, 200,
            """{"title":"Card","text":"What it is about.","actions":["Open"]}""",
            Ui.And(("image", Any("Whether a picture is on top, or its address.")), ("actions", List("Buttons below.", new PropertyRule.Json())), ("footer", Short())),
            container: true),
        Component("ui.section", Layout, "Section", "A part of a page.", "layout", 800, 320, """{"title":"Features"}""", Ui, container: true),
        Component("ui.container", Layout, "Container", "Holds others in a row, a column or a grid.", "box", 400, 240, """{"layout":"row","gap":16}""",
            Ui.And(("columns", Whole("Columns of a grid.", 1, 100))), container: true),
        Component("ui.modal", Layout, "Dialog", "A window above the page.", "app-window", 440, 280,
            """{"title":"Delete it?","text":"This cannot be taken back.","actions":["Cancel","Delete"]}""",
            Ui.And(("actions", List("Buttons below, the main one last.", new PropertyRule.Json())), ("closable", Flag("", true))), container: true),
        Component("ui.drawer", Layout, "Drawer", "A panel that slides in.", "panel-right", 320, 600, """{"title":"Filters","side":"right"}""",
            Ui.And(("side", OneOf("The edge it comes from.", "right", "left", "top", "bottom"))), container: true),
        Component("ui.hero", Layout, "Hero", "The first thing on a landing page.", "monitor", 960, 360,
            """{"title":"Build it together","subtitle":"One canvas for the whole team","cta":"Start"}""",
            Ui.And(("cta", Short("Caption of the main button.")), ("secondaryCta", Short()), ("image", Any("Whether there is a picture, or its address."))), container: true),
        Component("ui.footer", Layout, "Footer", "The end of a page.", "panel-bottom", 960, 120, """{"items":["About","Terms","Contact"],"text":"© Example"}""",
            Ui.And(("columns", List("Columns of links: objects with a title and items.", new PropertyRule.Json())), ("links", List("", new PropertyRule.Json()))), container: true),
        Component("ui.divider", Layout, "Divider", "A line between parts.", "minus", 320, 2, """{}""", Ui.And(("orientation", OneOf("", "horizontal", "vertical")))),
        Component("ui.spacer", Layout, "Spacer", "Empty room.", "move-vertical", 160, 32, """{}""", Ui),
        Component("ui.accordion", Layout, "Accordion", "Parts that open one at a time.", "list-collapse", 400, 200,
            """{"items":[{"title":"How?","text":"Like this."},{"title":"Why?"}],"active":0}""", Ui.And(("active", Active)), container: true),
        Component("ui.tabs", Layout, "Tabs", "Parts of which one is shown.", "panel-top", 480, 240, """{"items":["Overview","Activity"],"active":0}""",
            Ui.And(("active", Active), ("tabs", List("As items.", new PropertyRule.Json()))), container: true),
        Component("ui.navbar", Navigation, "Navigation bar", "The bar on top of a page.", "menu", 960, 56, """{"title":"Example","items":["Home","Prices","About"],"active":0}""",
            Ui.And(("brand", Short("The name on the left.")), ("logo", Any("Whether there is a logo, or its address.")), ("active", Active), ("links", List("As items.", new PropertyRule.Json())), ("actions", List("Buttons on the right.", new PropertyRule.Json()))),
            container: true),
        Component("ui.sidebar", Navigation, "Side bar", "Navigation at the edge.", "panel-left", 220, 600, """{"items":["Dashboard","Projects","Settings"],"active":0}""",
            Ui.And(("active", Active), ("brand", Short()), ("links", List("As items.", new PropertyRule.Json()))), container: true),
        Component("ui.breadcrumb", Navigation, "Breadcrumb", "The way to this page.", "chevrons-right", 320, 24, """{"items":["Home","Projects","Site"]}""", Ui),
        Component("ui.pagination", Navigation, "Pagination", "Leads through pages of a list.", "more-horizontal", 320, 36, """{"page":2,"pages":5}""",
            Ui.And(("page", Whole("From 1.", 1, 1e9)), ("pages", Whole("", 0, 1e9)))),
        Component("ui.menu", Navigation, "Menu", "Actions to choose from.", "list", 180, 160, """{"items":["Rename","Duplicate","Delete"]}""", Ui.And(("active", Active))),
        Component("ui.stepper", Navigation, "Stepper", "Steps of a longer task.", "git-commit", 480, 56, """{"items":["Cart","Address","Payment"],"active":1}""",
            Ui.And(("active", Active), ("steps", List("As items.", new PropertyRule.Json())))),
        Component("ui.link", Navigation, "Link", "Leads elsewhere.", "link", 120, 24, """{"text":"More","href":"/more"}""", Ui),
    ];
}
