using static Actors.Domain.Components.BuiltIn.Rules;
using static Actors.Domain.Components.BuiltIn.WireframeRules;

namespace Actors.Domain.Components.BuiltIn;

/// <summary>What a page shows.</summary>
internal static class ContentComponents
{
    private const string Content = "content";
    private const string Data = "data";
    private const string Feedback = "feedback";

    public static IEnumerable<ComponentDescriptor> All =>
    [
        Component("ui.heading", Content, "Heading", "The title of a part.", "heading", 320, 40, """{"text":"Heading","level":1}""", Ui.And(("level", Whole("1 is the largest.", 1, 6, 2)))),
        Component("ui.paragraph", Content, "Paragraph", "Running text; grey lines while there is none.", "pilcrow", 400, 80, """{"text":"Some words about it."}""", Ui.And(("lines", Whole("Grey lines to show.", 1, 100)))),
        Component("ui.icon", Content, "Icon", "A small sign.", "star", 24, 24, """{"icon":"star"}""", Ui),
        Component("ui.image", Content, "Picture", "The place of a picture.", "image", 240, 160, """{"alt":"Product"}""", Ui.And(("src", Short()), ("alt", Short()))),
        Component("ui.gallery", Content, "Image gallery", "Pictures in a grid.", "images", 480, 320, """{"columns":3,"count":6}""",
            Ui.And(("columns", Whole("", 1, 24)), ("count", Whole("", 0, 1_000)), ("images", List("Addresses.", new PropertyRule.Json())))),
        Component("ui.carousel", Content, "Carousel", "Pictures one after another.", "gallery-horizontal", 640, 280, """{"count":3,"active":0}""",
            Ui.And(("count", Whole("", 0, 1_000)), ("active", Whole("From 0.", 0, 1_000)), ("images", List("Addresses.", new PropertyRule.Json())))),
        Component("ui.video", Content, "Video", "The place of a film.", "play", 480, 270, """{"title":"Tour"}""", Ui.And(("src", Short()))),
        Component("ui.map", Content, "Map", "The place of a map.", "map", 400, 280, """{"label":"Vienna"}""", Ui),
        Component("ui.avatar", Content, "Avatar", "A person.", "user", 48, 48, """{"name":"Ada Lovelace"}""", Ui.And(("src", Short()), ("initials", Short()), ("status", Short()))),
        Component("ui.badge", Content, "Badge", "A small mark.", "tag", 64, 24, """{"text":"New"}""", Ui),
        Component("ui.list", Data, "List", "Entries below each other.", "list", 320, 200, """{"items":["First","Second","Third"]}""", Ui.And(("ordered", Flag()))),
        Component("ui.table", Data, "Table", "Rows and columns.", "table", 560, 240,
            """{"columns":["Name","Role"],"rows":[["Ada","Owner"],["Alan","Editor"]]}""",
            Ui.And(
                ("columns", List("Headings: texts, or objects with a title.", new PropertyRule.Json(), 100)),
                ("rows", List("Rows: lists of cells, or objects by column.", new PropertyRule.Json())),
                ("striped", Flag()))),
        Component("ui.chart", Data, "Chart", "Numbers as a picture.", "bar-chart", 400, 260, """{"type":"bar","title":"Sales","values":[3,5,2,6]}""",
            Ui.And(
                ("type", Short("bar, line, area, pie, donut, ...", "bar")),
                ("values", List("The numbers.", new PropertyRule.Json())),
                ("labels", List("Names of the numbers.", new PropertyRule.Json())),
                ("series", List("Several rows of numbers.", new PropertyRule.Json())),
                ("data", Any("Numbers in another form.")))),
        Component("ui.stat", Data, "Key figure", "One number that matters.", "trending-up", 200, 100, """{"label":"Users","value":"1,204","change":"+4 %"}""", Ui.And(("change", Short()))),
        Component("ui.calendar", Data, "Calendar", "A month.", "calendar", 320, 280, """{"month":"January 2030"}""", Ui.And(("month", Short()))),
        Component("ui.tree", Data, "Tree", "Entries within entries.", "git-branch", 240, 240, """{"items":[{"label":"src","items":["main.cs"]}]}""", Ui),
        Component("ui.code", Data, "Code", "Program text.", "code", 400, 160, """{"text":"var x = 1;","language":"csharp"}""", Ui.And(("language", Short()))),
        Component("ui.alert", Feedback, "Alert", "Something one should know.", "alert-triangle", 400, 56, """{"text":"Saved.","variant":"success"}""", Ui.And(("closable", Flag()))),
        Component("ui.toast", Feedback, "Toast", "A message that goes away by itself.", "message-square", 280, 48, """{"text":"Link copied"}""", Ui),
        Component("ui.progress", Feedback, "Progress bar", "How far it is.", "loader", 240, 12, """{"value":60}""", Ui.And(("max", Number("", 0)))),
        Component("ui.spinner", Feedback, "Spinner", "Something is going on.", "loader-2", 32, 32, """{}""", Ui),
        Component("ui.skeleton", Feedback, "Skeleton", "Grey bars where content will be.", "align-justify", 320, 80, """{"lines":3}""", Ui.And(("lines", Whole("", 1, 100)))),
        Component("ui.tooltip", Feedback, "Tooltip", "An explanation beside something.", "message-circle", 160, 36, """{"text":"Press to save"}""", Ui.And(("side", OneOf("", "top", "bottom", "left", "right")))),
        Component("ui.chat", Content, "Chat", "Messages of several people.", "message-circle", 320, 400, """{"items":[{"from":"Ada","text":"Hello"}]}""", Ui),
    ];
}
