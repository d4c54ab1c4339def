using System.Text.Json;
using Actors.Domain.Interchange.Svg;
using static Actors.Domain.Interchange.Html.Element;

namespace Actors.Domain.Interchange.Html;

/// <summary>What a user fills in or presses.</summary>
internal static class HtmlForms
{
    private static readonly string[] InputTypes = ["text", "email", "password", "number", "tel", "url", "search", "date", "time", "datetime-local", "month", "week", "color"];

    public static IEnumerable<(string Type, HtmlComponent Component)> All =>
    [
        ("ui.button", new HtmlComponent("", ["button"], Button)),
        ("ui.input", new HtmlComponent("", ["field"], node => Field(node, Control(node, "input").With("type", InputType(node.Text("type")))))),
        ("ui.datepicker", new HtmlComponent("", ["field"], node => Field(node, Control(node, "input", "yyyy-mm-dd").With("type", "text").With("inputmode", "numeric")))),
        ("ui.textarea", new HtmlComponent(".textarea { padding: 10px; resize: vertical; }", ["field"], TextArea)),
        ("ui.select", new HtmlComponent("", ["field"], Select)),
        ("ui.search", new HtmlComponent(
            """
            .search { display: block; padding: 0 16px; border: 1px solid var(--edge); border-radius: 999px; background: var(--paper); color: var(--ink); font-size: 13px; }
            .search::placeholder { color: var(--faint); opacity: 1; }
            """,
            Search)),
        ("ui.checkbox", new HtmlComponent(
            """
            .check { display: flex; align-items: center; gap: 8px; overflow: hidden; color: var(--ink); font-size: 13px; line-height: 1.2; white-space: nowrap; }
            .check > input { flex: none; width: 18px; height: 18px; accent-color: var(--accent); }
            """,
            node => Toggle(node, Of("label", "check"), "Checkbox"))),
        ("ui.switch", new HtmlComponent(
            """
            .switch { display: flex; align-items: center; gap: 8px; overflow: hidden; color: var(--ink); font-size: 13px; line-height: 1.2; white-space: nowrap; }
            .switch > input { flex: none; width: 36px; height: 20px; border: 1px solid var(--edge); border-radius: 10px; background: radial-gradient(circle at 9px 50%, var(--paper) 6.5px, transparent 7px) var(--shade); appearance: none; }
            .switch > input:checked { border-color: var(--accent); background: radial-gradient(circle at 25px 50%, var(--paper) 6.5px, transparent 7px) var(--accent); }
            """,
            node => Toggle(node, Of("label", "switch"), "Switch"))),
        ("ui.radio", new HtmlComponent(
            """
            .radios { display: flex; flex-direction: column; border: 0; color: var(--ink); font-size: 13px; line-height: 1.2; }
            .radios > label { display: flex; flex: 1; align-items: center; gap: 8px; min-height: 0; white-space: nowrap; }
            .radios input { flex: none; width: 16px; height: 16px; accent-color: var(--accent); }
            """,
            Radio)),
        ("ui.slider", new HtmlComponent(".slider { display: block; accent-color: var(--accent); }", Slider)),
        ("ui.upload", new HtmlComponent(
            """
            .upload { display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 6px; overflow: hidden; border: 1px dashed var(--edge); border-radius: 8px; background: var(--paper); color: var(--muted); font-size: 13px; text-align: center; cursor: pointer; }
            .upload::before { content: "\2191"; font-size: 20px; line-height: 1; }
            .upload > input { position: absolute; width: 1px; height: 1px; opacity: 0; }
            """,
            node => Of("label", "upload").Say(node.Text("label", "text", "placeholder") ?? "Upload")
                .Add(Of("input").With("type", "file").With("accept", node.Text("accept")).Mark("multiple", node.Props.GetFlag("multiple"))))),
        ("ui.rating", new HtmlComponent("", ["drawing"], node => MarkupCanvas.Draw(
            node, "drawing", $"{SvgCanvas.N(node.Props.GetNumber("value") ?? 0)} of {SvgCanvas.N(node.Props.GetNumber("max") ?? 5)} stars"))),
        ("ui.form", new HtmlComponent(
            """
            .form { display: flex; flex-direction: column; gap: 12px; padding: 16px 20px; overflow: hidden; outline: 1px solid var(--edge); outline-offset: -1px; border-radius: 8px; background: var(--paper); }
            .form-title { flex: none; color: var(--ink); font-size: 17px; font-weight: 600; line-height: 22px; }
            .form > .field { flex: none; height: 52px; }
            .form > .button { flex: none; align-self: flex-start; min-width: 96px; height: 36px; padding: 0 16px; font-size: 14px; }
            .form > .pinned { position: absolute; top: 16px; left: 20px; }
            """,
            ["button", "field"],
            Form)),
    ];

    private static Element Button(SvgNode node)
    {
        var caption = node.Text("text", "label", "title") ?? node.Node.Label ?? "Button";
        var link = Escaping.Link(node.Text("href"));
        var button = link is null
            ? Of("button", "button").With("type", node.Text("type") is "submit" or "reset" ? node.Text("type") : "button").Mark("disabled", node.Props.GetFlag("disabled"))
            : Of("a", "button").With("href", link);
        HtmlParts.Variant(button, node.Text("variant"));
        button.Css("font-size", node.Box.Height is < 37 or >= 42 ? HtmlStyle.Pixels(Math.Clamp(node.Box.Height * 0.38, 8, 16)) : null);
        var fill = SvgStyle.Color(node.Props.GetText("fill"));
        if (fill is not null && fill != "transparent")
        {
            button.Css("border-color", fill).Css(button.Variant == "outline" ? "color" : "background", fill);
        }

        button.Looks = new Element("span");
        return button.Say(caption);
    }

    /// <summary>A control with its caption above where there is room for it; else the caption is said to readers of the page alone.</summary>
    private static Element Field(SvgNode node, Element control)
    {
        var label = node.Text("label");
        if (label is null || node.Box.Height < 52)
        {
            control.With("aria-label", label ?? node.Text("placeholder", "name") ?? node.Node.Label ?? node.Component?.Title);
            return control;
        }

        var field = Of("label", "field", Of("span", "field-label").Say(label), control);
        field.Looks = control;
        return field;
    }

    private static Element Control(SvgNode node, string tag, string? hint = null) => Of(tag, "control")
        .With("name", node.Text("name"))
        .With("placeholder", node.Text("placeholder") ?? hint ?? (node.Box.Height < 52 ? node.Text("label") : null))
        .With("value", node.Text("value"))
        .Mark("required", node.Props.GetFlag("required"))
        .Mark("disabled", node.Props.GetFlag("disabled"));

    private static string InputType(string? type) => type is not null && InputTypes.Contains(type, StringComparer.Ordinal) ? type : "text";

    private static Element TextArea(SvgNode node)
    {
        var control = Of("textarea", "control textarea")
            .With("name", node.Text("name"))
            .With("placeholder", node.Text("placeholder") ?? (node.Box.Height < 52 ? node.Text("label") : null))
            .Mark("required", node.Props.GetFlag("required"))
            .Mark("disabled", node.Props.GetFlag("disabled"))
            .Say(node.Text("value", "text"));
        return Field(node, control);
    }

    private static Element Select(SvgNode node)
    {
        var options = node.List("options", "items");
        var value = node.Text("value");
        var control = Of("select", "control").With("name", node.Text("name")).Mark("required", node.Props.GetFlag("required")).Mark("disabled", node.Props.GetFlag("disabled"));
        if (node.Text("placeholder") is { } hint && value is null)
        {
            control.Add(Of("option").With("value", "").Say(hint));
        }

        foreach (var option in options)
        {
            var caption = SvgNode.Caption(option) ?? "";
            control.Add(Of("option").With("value", option.GetText("value")).Mark("selected", value is not null && (value == caption || value == option.GetText("value"))).Say(caption));
        }

        if (control.Children.Count == 0)
        {
            control.Add(Of("option").Say(value ?? node.Text("label") ?? "Select"));
        }

        return Field(node, control);
    }

    private static Element Search(SvgNode node) => Of("input", "search")
        .With("type", "search")
        .With("name", node.Text("name"))
        .With("aria-label", node.Text("label", "placeholder") ?? "Search")
        .With("placeholder", node.Text("placeholder", "label") ?? "Search")
        .With("value", node.Text("value"));

    private static Element Toggle(SvgNode node, Element label, string byDefault)
    {
        var caption = node.Text("label", "text") ?? node.Node.Label;
        var input = Of("input").With("type", "checkbox").With("name", node.Text("name"))
            .Mark("checked", node.Props.GetFlag("checked") || node.Props.GetFlag("value"))
            .Mark("disabled", node.Props.GetFlag("disabled"));
        label.Looks = new Element("span");
        return caption is null ? label.Add(input.With("aria-label", byDefault)) : label.Add(input, Of("span").Say(caption));
    }

    private static Element Radio(SvgNode node)
    {
        var options = node.Captions("options", "items");
        if (options.Count == 0)
        {
            options = [node.Text("label", "text") ?? node.Node.Label ?? "Option"];
        }

        var chosen = options.Count == 1 && node.Props.GetFlag("checked") ? 0 : options.IndexOf(node.Text("value") ?? "");
        var group = node.Text("name") ?? node.Node.Id;
        return Of("fieldset", "radios").With("aria-label", node.Text("label")).AddAll(options.Select((option, i) =>
            Of("label", null, Of("input").With("type", "radio").With("name", group).With("value", option).Mark("checked", i == chosen), Of("span").Say(option))));
    }

    private static Element Slider(SvgNode node)
    {
        var (low, high) = (node.Props.GetNumber("min") ?? 0, node.Props.GetNumber("max") ?? 100);
        return Of("input", "slider").With("type", "range").With("name", node.Text("name")).With("aria-label", node.Text("label") ?? "Slider")
            .With("min", SvgCanvas.N(low)).With("max", SvgCanvas.N(high)).With("value", SvgCanvas.N(node.Props.GetNumber("value") ?? ((low + high) / 2)));
    }

    private static Element Form(SvgNode node)
    {
        var title = node.Text("title", "label", "text");
        var form = Of("form", "form").With("aria-label", title);
        if (title is not null)
        {
            form.Add(Of("h2", "form-title").Style("pinned", node.HasChildren).Say(title));
        }

        if (node.HasChildren)
        {
            return form;
        }

        foreach (var field in node.List("fields", "items"))
        {
            form.Add(Of("label", "field", Of("span", "field-label").Say(SvgNode.Caption(field) ?? ""), Of("input", "control")
                .With("type", InputType(field.GetText("type"))).With("name", field.GetText("name")).With("placeholder", field.GetText("placeholder"))));
        }

        var submit = HtmlParts.Button(node.Text("submit", "action") ?? "Submit");
        submit.Attributes[0] = ("type", "submit");
        return form.Add(submit);
    }
}
