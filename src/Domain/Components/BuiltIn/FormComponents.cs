using static Actors.Domain.Components.BuiltIn.Rules;
using static Actors.Domain.Components.BuiltIn.WireframeRules;

namespace Actors.Domain.Components.BuiltIn;

/// <summary>What a user fills in or presses.</summary>
internal static class FormComponents
{
    private const string Category = "forms";

    private static readonly PropertyRule Options = List("The choices: texts, or objects with a label and a value.", new PropertyRule.Json());

    public static IEnumerable<ComponentDescriptor> All =>
    [
        Component("ui.button", Category, "Button", "Starts an action.", "mouse-pointer", 120, 40, """{"text":"Save","variant":"primary"}""",
            Ui.And(("type", Short("button, submit or reset.")))),
        Component("ui.input", Category, "Text field", "One line of text.", "text-cursor", 240, 40, """{"label":"E-mail","placeholder":"you@example.com","type":"email"}""",
            Ui.And(("type", Short("text, email, password, number, tel, url, ...")), ("help", Short("A hint below the field.")), ("error", Short("What is wrong with the value.")))),
        Component("ui.textarea", Category, "Text area", "Several lines of text.", "align-left", 320, 120, """{"label":"Message","rows":4}""",
            Ui.And(("rows", Whole("Visible lines.", 1, 1_000)), ("help", Short()), ("error", Short()))),
        Component("ui.select", Category, "Select", "One choice of a list that opens.", "chevron-down", 240, 40, """{"label":"Country","options":["Austria","Brazil"]}""",
            Ui.And(("options", Options), ("multiple", Flag("Whether several can be chosen.")))),
        Component("ui.checkbox", Category, "Checkbox", "Yes or no.", "check-square", 160, 24, """{"label":"Remember me","checked":true}""",
            Ui.And(("checked", Flag()))),
        Component("ui.radio", Category, "Radio buttons", "One choice of a few.", "circle-dot", 200, 72, """{"label":"Size","options":["S","M","L"],"value":"M"}""",
            Ui.And(("options", Options), ("checked", Flag()))),
        Component("ui.switch", Category, "Switch", "On or off.", "toggle-right", 160, 28, """{"label":"Notifications","checked":true}""",
            Ui.And(("checked", Flag()))),
        Component("ui.slider", Category, "Slider", "A number of a range.", "sliders", 240, 32, """{"min":0,"max":100,"value":40}""",
            Ui.And(("min", Number()), ("max", Number()), ("step", Number("", 0)))),
        Component("ui.search", Category, "Search field", "Finds things.", "search", 280, 40, """{"placeholder":"Search"}""", Ui),
        Component("ui.datepicker", Category, "Date field", "A day, with a calendar.", "calendar", 240, 40, """{"label":"Due","value":"2030-01-31"}""",
            Ui.And(("open", Flag("Whether the calendar shows.")), ("min", Short()), ("max", Short()))),
        Component("ui.upload", Category, "File upload", "Takes files.", "upload", 320, 120, """{"label":"Drop files here"}""",
            Ui.And(("accept", Short("Media types.")), ("multiple", Flag()))),
        Component("ui.rating", Category, "Rating", "A number of stars.", "star", 140, 28, """{"value":4,"max":5}""", Ui.And(("max", Whole("", 1, 20)))),
        Component("ui.form", Category, "Form", "Fields that are sent together.", "clipboard", 400, 360,
            """{"title":"Sign in","fields":[{"label":"E-mail"},{"label":"Password","type":"password"}],"submit":"Sign in"}""",
            Ui.And(
                ("fields", List("Fields that are not nodes of their own: texts, or objects with a label and a type.", new PropertyRule.Json())),
                ("submit", Short("Caption of the button.")),
                ("method", Short())),
            container: true),
    ];
}
