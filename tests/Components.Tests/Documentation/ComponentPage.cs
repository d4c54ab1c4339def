using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Actors.Domain.Components;

namespace Actors.Components.Tests.Documentation;

/// <summary>Writes <c>docs/components.md</c> from the descriptors, so that the page says what the code does.</summary>
internal static class ComponentPage
{
    private static readonly FrozenSet<string> Everywhere = new[] { "source", "sourceFormat", "notes" }.ToFrozenSet(StringComparer.Ordinal);
    private static readonly string[] Categories = ["sources", "flow", "data", "effects", "ai", "sinks"];

    public static string Write(IEnumerable<ComponentDescriptor> components)
    {
        var page = new StringBuilder(
            """
            # Process components

            What the nodes of a process design can be. This page is written from the components' descriptors and checked by a test (`ACTORS_WRITE_DOCS=1 dotnet test tests/Components.Tests` writes it anew); `GET /api/v1/components` answers the same with a JSON Schema of the properties. How components run is said in [execution.md](execution.md), the language of expressions and templates in [expressions.md](expressions.md).

            A property that cannot work is found before anything runs: `property_invalid`, with the property's path and its rule. Every component may hold `notes`. `{{secret.NAME}}` stands for a secret of the project where a property says so; it is put in while a request is made, and is in no token, log or error.

            JSON Schemas (`validate`, `ai.extract`) are of draft 2020-12, with `format` checked (`date-time`, `date`, `time`, `email`, `uri`, `uuid`, `ipv4`, `ipv6`). References stay within the schema: nothing is fetched (`schema_reference_remote`). Patterns run in linear time, so look-around and back-references are refused, as are `unevaluatedProperties`, `unevaluatedItems` and `$dynamicRef` (`schema_unsupported`). A validation takes at most 1,000,000 steps and names at most 100 errors.

            ## Failures

            The codes of error tokens (port `error`) and of failed runs. None but those marked is tried again. [errors.md](errors.md#components) says what to do.

            | code | when | tried again |
            |---|---|---|

            """);
        foreach (var (code, text, retryable) in Failures)
            page.Append(CultureInfo.InvariantCulture, $"| `{code}` | {text} | {(retryable ? "yes" : "")} |\n");

        foreach (var category in Categories)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {char.ToUpperInvariant(category[0])}{category[1..]}\n");
            foreach (var component in components.Where(component => component.Category == category))
                Write(page, component);
        }

        return page.ToString();
    }

    public static IReadOnlyList<(string Code, string Text, bool Retryable)> Failures { get; } =
    [
        ("property_invalid", "A property cannot work.", false),
        ("expression_limit", "An expression or template takes too many steps for this token.", false),
        ("schema_limit", "A validation takes too many steps for this token.", false),
        ("state_limit", "A component would have to remember more than its limit.", false),
        ("not_text", "The token is no text.", false),
        ("not_list", "The token is no list.", false),
        ("not_number", "A value is no number.", false),
        ("json_invalid", "A text is no JSON; the message names line and place.", false),
        ("csv_invalid", "A text is no CSV; the message names the line.", false),
        ("file_missing", "There is no such file.", false),
        ("file_not_text", "The file is no UTF-8 text.", false),
        ("file_too_large", "The file is larger than 64 MiB.", false),
        ("url_invalid", "What was filled in made no http or https address.", false),
        ("header_invalid", "What was filled in has a line end.", false),
        ("secret_missing", "The project has no such secret.", false),
        ("http_failed", "The server could not be reached, or the answer broke off.", true),
        ("http_status", "The answer's status is 400 or above; tried again for 408, 425, 429 and from 500 on, not before `Retry-After`.", true),
        ("response_too_large", "The answer is longer than `maximumBytes`.", false),
        ("answer_invalid", "A model's answer does not fit, nor does its repair.", false),
        ("run_failed", "The component `fail` was reached.", false),
        ("sub_run_failed", "The run of a `design` did not complete.", false),
        ("wait_timed_out", "The run of a `design` did not end in time.", false),
        ("run_input_missing", "A required `input` was given nothing.", false),
        ("run.deadlocked", "Everybody waits for somebody; the run fails.", false),
        ("limit_reached", "The run reached a limit; the message begins with its name.", false),
        ("address_refused", "The address is private, or otherwise not reached.", false),
        ("http_unreachable", "There is no connection to the server, or it broke off.", true),
        ("http_timeout", "The server took too long.", true),
        ("too_many_redirects", "The server redirects too often.", false),
        ("request_too_large", "The request's body is longer than `Outbound:MaximumRequestBytes`.", false),
        ("model_unavailable", "None of the models is configured, or answers.", false),
        ("agent_unknown", "There is no such agent.", false),
        ("recipient_unknown", "Somebody who is to be told is no member of the project.", false),
        ("notification_failed", "Somebody could not be told.", true),
        ("component_failed", "The component has a defect.", true),
        ("component_timed_out", "The firing took longer than it may.", true),
        ("component_service_missing", "The server lacks what the component needs.", false),
        ("effect_in_doubt", "Nobody knows whether an effect happened before the server stopped.", false),
    ];

    private static void Write(StringBuilder page, ComponentDescriptor component)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n### `{component.Id}`\n\n{component.Description}");
        page.Append(CultureInfo.InvariantCulture, $" Fires: {component.Rule.ToString().ToLowerInvariant()}{(component.FiresAtEnd ? ", and at the end" : "")}.");
        if (component.Effects != EffectClass.Pure)
            page.Append(CultureInfo.InvariantCulture, $" Effects: {component.Effects.ToString().ToLowerInvariant()}.");
        page.Append("\n\n");
        foreach (var (word, ports) in new[] { ("in", component.Inputs), ("out", component.Outputs) })
        {
            foreach (var port in ports)
                page.Append(CultureInfo.InvariantCulture, $"- {word} `{port.Name}`: {port.Type.Name}{(port.FanIn == FanIn.Join ? ", one of each connection" : "")}{(port.Description.Length == 0 ? "" : $". {port.Description}")}\n");
        }

        var properties = component.Properties.Properties.Where(pair => !Everywhere.Contains(pair.Key)).OrderByDescending(pair => pair.Value.Required).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToArray();
        if (properties.Length > 0)
        {
            page.Append("\n| property | type | default | |\n|---|---|---|---|\n");
            foreach (var (name, rule) in properties)
                page.Append(CultureInfo.InvariantCulture, $"| `{name}`{(rule.Required ? " (required)" : "")} | {TypeOf(rule)} | {(rule.Default is { } value ? $"`{value.GetRawText()}`" : "")} | {rule.Description.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }

        var example = ComponentExample.Of(component.Id);
        page.Append(CultureInfo.InvariantCulture, $"\nExample: `{example.PropsText}`\n");
        if (example.Tokens.Length + example.Outputs.Length > 0)
        {
            page.Append("\n```\n");
            foreach (var token in example.Tokens)
                page.Append(CultureInfo.InvariantCulture, $"> {token}\n");
            foreach (var output in example.Outputs)
                page.Append(CultureInfo.InvariantCulture, $"< {output}\n");
            page.Append("```\n");
        }
    }

    private static string TypeOf(PropertyRule rule) => rule switch
    {
        PropertyRule.Text { Allowed.IsDefaultOrEmpty: false } text => string.Join(", ", text.Allowed.Select(value => $"`{value}`")),
        PropertyRule.Text { Format: "expression" } => "expression",
        PropertyRule.Text => "text",
        PropertyRule.Number { Integer: true } number => "whole number" + Bounds(number),
        PropertyRule.Number number => "number" + Bounds(number),
        PropertyRule.Boolean => "true or false",
        PropertyRule.List list => $"list of {TypeOf(list.Item)}",
        PropertyRule.Object => "object",
        _ => "any",
    };

    private static string Bounds(PropertyRule.Number number) => (number.Minimum > double.MinValue, number.Maximum < double.MaxValue) switch
    {
        (true, true) => string.Create(CultureInfo.InvariantCulture, $", {number.Minimum} to {number.Maximum}"),
        (true, false) => string.Create(CultureInfo.InvariantCulture, $", from {number.Minimum}"),
        _ => "",
    };
}
