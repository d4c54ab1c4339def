using System.Text.Json;
using Actors.Domain.Expressions;

namespace Actors.Components.Reading;

/// <summary>
/// Reads what a node's properties hold when its process is made. What cannot work is found here, before anything runs:
/// <c>property_invalid</c> with the property's path and its rule.
/// </summary>
internal static class PropertyReading
{
    public static ComponentException Invalid(string path, string rule) =>
        new(ErrorCodes.PropertyInvalid, $"props.{path}: {rule}", retryable: false);

    public static Expression? Expression(this ProcessSettings settings, string name) =>
        settings.Text(name) is { } text ? ParseExpression(text, name) : null;

    public static Expression RequiredExpression(this ProcessSettings settings, string name) =>
        ParseExpression(settings.RequiredText(name), name);

    public static Template? Template(this ProcessSettings settings, string name) =>
        settings.Text(name) is { } text ? ParseTemplate(text, name) : null;

    public static Template RequiredTemplate(this ProcessSettings settings, string name) =>
        ParseTemplate(settings.RequiredText(name), name);

    public static int? Whole(this ProcessSettings settings, string name) => (int?)settings.Number(name);

    public static TimeSpan? Milliseconds(this ProcessSettings settings, string name) =>
        settings.Number(name) is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;

    /// <summary>A list of texts; empty when the property is absent.</summary>
    public static string[] Texts(this ProcessSettings settings, string name) =>
        settings.Find(name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(item => item.GetString()!)] : [];

    /// <summary>Names with templates.</summary>
    /// <param name="settings">The node.</param>
    /// <param name="name">The property.</param>
    public static KeyValuePair<string, Template>[] Templates(this ProcessSettings settings, string name) =>
        [.. settings.Members(name).Select(member => KeyValuePair.Create(member.Name, ParseTemplate(TextOf(member, name), $"{name}.{member.Name}")))];

    /// <summary>The members of an object; none when the property is absent.</summary>
    public static IEnumerable<JsonProperty> Members(this ProcessSettings settings, string name) =>
        settings.Find(name) is { ValueKind: JsonValueKind.Object } members ? members.EnumerateObject() : [];

    /// <summary>The text of a member that must be one.</summary>
    public static string TextOf(JsonProperty member, string name) =>
        member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : throw Invalid($"{name}.{member.Name}", "must be text");

    public static Expression ParseExpression(string text, string path) =>
        Domain.Expressions.Expression.TryParse(text, out var expression, out var error) ? expression : throw Invalid(path, error.ToString());

    public static Template ParseTemplate(string text, string path) =>
        Domain.Expressions.Template.TryParse(text, out var template, out var error) ? template : throw Invalid(path, error.ToString());
}
