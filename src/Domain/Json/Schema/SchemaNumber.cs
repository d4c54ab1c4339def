using System.Globalization;
using System.Text.Json;

namespace Actors.Domain.Json.Schema;

/// <summary>A JSON number: exact where a decimal holds it, else as a double.</summary>
internal readonly struct SchemaNumber
{
    private readonly decimal _exact;
    private readonly double _wide;
    private readonly bool _isWide;

    private SchemaNumber(JsonElement value)
    {
        // A decimal takes 1e-40 for zero; the double still knows better.
        if (value.TryGetDecimal(out _exact) && (_exact != 0 || value.GetDouble() == 0))
        {
            _wide = (double)_exact;
            return;
        }

        _isWide = true;
        _wide = value.GetDouble();
    }

    /// <summary>Whether it has nothing behind the point.</summary>
    public bool IsWhole => _isWide ? Math.Floor(_wide) == _wide : decimal.Truncate(_exact) == _exact;

    public bool IsPositive => _wide > 0;

    public static SchemaNumber? Of(JsonElement value) => value.ValueKind == JsonValueKind.Number ? new SchemaNumber(value) : null;

    /// <summary>Below, equal or above zero.</summary>
    public int Order(SchemaNumber other) =>
        _isWide || other._isWide ? _wide.CompareTo(other._wide) : _exact.CompareTo(other._exact);

    public bool IsMultipleOf(SchemaNumber divisor)
    {
        if (_isWide || divisor._isWide)
        {
            var quotient = _wide / divisor._wide;
            return double.IsFinite(quotient) && Math.Floor(quotient) == quotient;
        }

        return decimal.Remainder(_exact, divisor._exact) == 0;
    }

    public override string ToString() => _isWide ? _wide.ToString("R", CultureInfo.InvariantCulture) : _exact.ToString(CultureInfo.InvariantCulture);
}
