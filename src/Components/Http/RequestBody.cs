using System.Text.Json;
using Actors.Components.Reading;

namespace Actors.Components.Http;

/// <summary>
/// The body that <c>props.body</c> describes: a text is a template; in a value each text is one; without it POST, PUT and PATCH
/// send the token as JSON.
/// </summary>
internal sealed class RequestBody
{
    private readonly SecretTemplate? _text;
    private readonly JsonElement? _value;
    private readonly Dictionary<string, SecretTemplate> _templates = new(StringComparer.Ordinal);
    private readonly bool _sendsToken;

    public RequestBody(ProcessSettings settings, string method)
    {
        switch (settings.Find("body"))
        {
            case null:
                _sendsToken = method is "POST" or "PUT" or "PATCH";
                break;
            case { ValueKind: JsonValueKind.String } text:
                _text = SecretTemplate.Parse(text.GetString()!, "body");
                break;
            case { } value:
                _value = value;
                ReadTemplates(value);
                break;
        }
    }

    /// <summary>The body for a token and its default content type; null when there is none.</summary>
    public (SecretText Text, string ContentType)? Render(Token token)
    {
        if (_text is not null)
        {
            var text = _text.Render(token);
            return (text, LooksLikeJson(text.Masked) ? "application/json" : "text/plain");
        }

        return _value is { } value ? (new SecretText(Fill(value, token)), "application/json")
            : _sendsToken ? (new SecretText([(token.Json.GetRawText(), false)]), "application/json")
            : null;
    }

    /// <summary>The value as JSON text, cut where a secret is put in. A secret is escaped as JSON when it is revealed.</summary>
    private List<(string Text, bool IsSecret)> Fill(JsonElement value, Token token)
    {
        var parts = new List<(string, bool)>();
        Fill(parts, value, token);
        return parts;
    }

    private void Fill(List<(string Text, bool IsSecret)> parts, JsonElement value, Token token)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                parts.Add(("{", false));
                var isFirst = true;
                foreach (var member in value.EnumerateObject())
                {
                    parts.Add(($"{(isFirst ? "" : ",")}{JsonSerializer.Serialize(member.Name)}:", false));
                    Fill(parts, member.Value, token);
                    isFirst = false;
                }

                parts.Add(("}", false));
                break;
            case JsonValueKind.Array:
                parts.Add(("[", false));
                foreach (var (item, index) in value.EnumerateArray().Select((item, index) => (item, index)))
                {
                    parts.Add((index == 0 ? "" : ",", false));
                    Fill(parts, item, token);
                }

                parts.Add(("]", false));
                break;
            case JsonValueKind.String:
                parts.Add(("\"", false));
                parts.AddRange(_templates[value.GetString()!].Render(token).Parts.Select(part => part.IsSecret ? part : (JsonEncodedText.Encode(part.Text).ToString(), false)));
                parts.Add(("\"", false));
                break;
            default:
                parts.Add((value.GetRawText(), false));
                break;
        }
    }

    /// <summary>How a secret is written into the body.</summary>
    public Func<string, string>? Escape => _value is null ? null : secret => JsonEncodedText.Encode(secret).ToString();

    private void ReadTemplates(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                _templates.TryAdd(value.GetString()!, SecretTemplate.Parse(value.GetString()!, "body"));
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    ReadTemplates(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    ReadTemplates(member.Value);
                }

                break;
        }
    }

    private static bool LooksLikeJson(string text)
    {
        var trimmed = text.AsSpan().Trim();
        return trimmed.Length > 1 && ((trimmed[0] == '{' && trimmed[^1] == '}') || (trimmed[0] == '[' && trimmed[^1] == ']'));
    }
}
