using System.Text.Json;
using Actors.Domain.Expressions;

namespace Actors.Components.Reading;

/// <summary>What processes ask of tokens.</summary>
internal static class TokenReading
{
    /// <summary>The text of a token that must be one.</summary>
    public static string RequiredText(this Token token) => token.Json.ValueKind == JsonValueKind.String
        ? token.Json.GetString()!
        : throw new ComponentException(ErrorCodes.NotText, $"The token is no text: {token.Preview(100)}", retryable: false);

    /// <summary>Text as it is, null as nothing, anything else as JSON.</summary>
    public static string ToText(this Token token) => token.Json.ValueKind switch
    {
        JsonValueKind.String => token.Json.GetString()!,
        JsonValueKind.Null => "",
        _ => token.Json.GetRawText(),
    };

    /// <summary>The elements of a token that must be a list.</summary>
    public static Token[] RequiredList(this Token token) => token.Json.ValueKind == JsonValueKind.Array
        ? [.. token.Json.EnumerateArray().Select(Token.Of)]
        : throw new ComponentException(ErrorCodes.NotList, $"The token is no list: {token.Preview(100)}", retryable: false);

    public static Token ToToken(this ExpressionValue value) => Token.Write(value.WriteTo);

    /// <exception cref="ComponentException">It costs too much for this token.</exception>
    public static ExpressionValue Of(this Expression expression, Token token) =>
        expression.TryEvaluate(new ExpressionScope(token.Json), out var value) ? value : throw TooCostly($"The expression '{Short(expression.Text)}'");

    /// <inheritdoc cref="Of(Expression, Token)"/>
    public static string Of(this Template template, Token token) =>
        template.TryRender(token.Json, out var text) ? text : throw TooCostly($"The template '{Short(template.Text)}'");

    public static void Raw(this Utf8JsonWriter writer, Token token) => writer.WriteRawValue(token.Utf8.Span, skipInputValidation: true);

    /// <summary>A member that is text; null where there is none.</summary>
    public static string? TextMember(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String
            ? member.GetString()
            : null;

    private static ComponentException TooCostly(string what) =>
        new(ErrorCodes.ExpressionLimit, $"{what} takes more steps or makes longer text than is allowed.", retryable: false);

    private static string Short(string text) => text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 80), "…");
}
