using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Actors.Domain.Execution;

namespace Actors.Grains.Secrets;

/// <summary>
/// Takes secret values out of texts that people may see: logs, errors, previews. Only what was opened in this process can
/// have got into a text of it, so the values that were opened are what it knows, in memory alone.
/// </summary>
public sealed class SecretRedactor
{
    public const string Replacement = "***";

    /// <summary>Shorter values are in every other text by chance.</summary>
    private const int ShortestValue = 4;

    /// <summary>Values that are remembered of one project: its secrets, and those that they were before.</summary>
    private const int MaximumValues = 500;

    private readonly ConcurrentDictionary<string, ImmutableArray<string>> _values = new(StringComparer.Ordinal);

    /// <summary>From now on the value, also in its usual encodings, is replaced in texts of the project.</summary>
    public void Learn(string projectId, string value)
    {
        if (value.Length >= ShortestValue)
            _values.AddOrUpdate(projectId, static (_, added) => Add([], added), static (_, known, added) => Add(known, added), value);
    }

    /// <summary>The text without the project's secret values.</summary>
    public string Redact(string projectId, string text)
    {
        if (!_values.TryGetValue(projectId, out var values))
            return text;

        foreach (var value in values)
            text = text.Replace(value, Replacement, StringComparison.Ordinal);

        return text;
    }

    /// <summary>The token without the project's secret values.</summary>
    public Token Redact(string projectId, Token token)
    {
        if (!_values.ContainsKey(projectId))
            return token;

        var text = Encoding.UTF8.GetString(token.Utf8.Span);
        var redacted = Redact(projectId, text);

        // A value that stood outside of a string, as a number does, leaves no JSON behind; then the whole becomes a text.
        return ReferenceEquals(redacted, text) || redacted == text ? token
            : Token.TryParse(Encoding.UTF8.GetBytes(redacted), out var parsed) ? parsed
            : Token.Of(redacted);
    }

    /// <summary>Whether a text of the project holds a secret value.</summary>
    public bool Finds(string projectId, string text) =>
        _values.TryGetValue(projectId, out var values) && values.Any(value => text.Contains(value, StringComparison.Ordinal));

    /// <summary>Longest first, so that a value which contains another leaves nothing of itself.</summary>
    private static ImmutableArray<string> Add(ImmutableArray<string> known, string value)
    {
        if (known.Contains(value))
            return known;

        string[] forms =
        [
            value,
            Uri.EscapeDataString(value),
            WebUtility.UrlEncode(value),
            JsonEncodedText.Encode(value).ToString(),
            JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(),
            Convert.ToBase64String(Encoding.UTF8.GetBytes(value)),
        ];
        return [.. known.Concat(forms).Distinct(StringComparer.Ordinal).TakeLast(MaximumValues).OrderByDescending(form => form.Length)];
    }
}
