using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Actors.Domain.Expressions;

/// <summary>What a value is. <c>Json</c> is an object or an array as it came; <c>List</c> is one that an expression made.</summary>
public enum ExpressionValueKind
{
    Null,
    Boolean,
    Number,
    Text,
    Json,
    List,
}

/// <summary>
/// A JSON value in an expression. Numbers are exact decimals as long as they fit 28 digits and IEEE 754 doubles beyond
/// (<c>0.1 + 0.2</c> is <c>0.3</c>); what is no finite number is null.
/// </summary>
public readonly struct ExpressionValue
{
    private readonly object? _reference;
    private readonly JsonElement _json;
    private readonly decimal _exact;
    private readonly double _wide;

    private ExpressionValue(ExpressionValueKind kind, object? reference = null, JsonElement json = default, decimal exact = 0, double wide = 0)
    {
        Kind = kind;
        _reference = reference;
        _json = json;
        _exact = exact;
        _wide = wide;
    }

    public ExpressionValueKind Kind { get; }

    public static ExpressionValue Null => default;

    public static ExpressionValue True { get; } = new(ExpressionValueKind.Boolean, exact: 1);

    public static ExpressionValue False { get; } = new(ExpressionValueKind.Boolean);

    /// <summary>Whether the value counts as true: everything but null, false, 0, the empty text and the empty list.</summary>
    public bool IsTruthy => Kind switch
    {
        ExpressionValueKind.Null => false,
        ExpressionValueKind.Boolean => _exact != 0,
        ExpressionValueKind.Number => IsWide ? _wide != 0 : _exact != 0,
        ExpressionValueKind.Text => AsText.Length > 0,
        ExpressionValueKind.List => AsList.Length > 0,
        _ => _json.ValueKind == JsonValueKind.Object || _json.GetArrayLength() > 0,
    };

    internal string AsText => (string)_reference!;

    internal ImmutableArray<ExpressionValue> AsList => (ImmutableArray<ExpressionValue>)_reference!;

    internal JsonElement AsJson => _json;

    internal bool AsBoolean => _exact != 0;

    internal decimal AsDecimal => _exact;

    /// <summary>Whether the number is beyond what a decimal holds.</summary>
    internal bool IsWide => _reference is not null;

    internal double AsDouble => IsWide ? _wide : (double)_exact;

    public static ExpressionValue Of(bool value) => value ? True : False;

    public static ExpressionValue Of(string? value) => value is null ? Null : new ExpressionValue(ExpressionValueKind.Text, value);

    public static ExpressionValue Of(decimal value) => new(ExpressionValueKind.Number, exact: value);

    public static ExpressionValue Of(double value)
    {
        if (!double.IsFinite(value))
            return Null;

        // Below this a decimal keeps fewer digits than the double has.
        var magnitude = Math.Abs(value);
        return magnitude is > 0 and < 1e-12 or > 1e27
            ? new ExpressionValue(ExpressionValueKind.Number, reference: WideMark, wide: value)
            : new ExpressionValue(ExpressionValueKind.Number, exact: (decimal)value);
    }

    public static ExpressionValue Of(ImmutableArray<ExpressionValue> values) => new(ExpressionValueKind.List, values);

    /// <summary>The value of an element; an undefined one is null. The element's document must outlive the value.</summary>
    public static ExpressionValue Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True => True,
        JsonValueKind.False => False,
        JsonValueKind.Number => element.TryGetDecimal(out var exact) && (exact != 0 || element.GetDouble() == 0) ? Of(exact) : Of(element.GetDouble()),
        JsonValueKind.String => Of(element.GetString()),
        JsonValueKind.Object or JsonValueKind.Array => new ExpressionValue(ExpressionValueKind.Json, json: element),
        _ => Null,
    };

    /// <summary>Writes the value as JSON.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        switch (Kind)
        {
            case ExpressionValueKind.Boolean:
                writer.WriteBooleanValue(AsBoolean);
                break;
            case ExpressionValueKind.Number when IsWide:
                writer.WriteNumberValue(_wide);
                break;
            case ExpressionValueKind.Number:
                writer.WriteRawValue(NumberText(_exact), skipInputValidation: true);
                break;
            case ExpressionValueKind.Text:
                writer.WriteStringValue(AsText);
                break;
            case ExpressionValueKind.Json:
                _json.WriteTo(writer);
                break;
            case ExpressionValueKind.List:
                writer.WriteStartArray();
                foreach (var item in AsList)
                    item.WriteTo(writer);
                writer.WriteEndArray();
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    /// <summary>As text for people: text as it is, null as nothing, everything else as JSON.</summary>
    public string ToText() => Kind switch
    {
        ExpressionValueKind.Null => "",
        ExpressionValueKind.Boolean => AsBoolean ? "true" : "false",
        ExpressionValueKind.Number => IsWide ? _wide.ToString("R", CultureInfo.InvariantCulture) : NumberText(_exact),
        ExpressionValueKind.Text => AsText,
        ExpressionValueKind.Json => _json.GetRawText(),
        _ => JsonText(),
    };

    public override string ToString() => ToText();

    // A decimal remembers the zeros behind its point; JSON numbers need not show them.
    private static string NumberText(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);

    private static readonly object WideMark = new();

    private string JsonText()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            WriteTo(writer);
        return System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
