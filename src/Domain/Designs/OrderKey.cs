using System.Collections.Immutable;
using System.Text;

namespace Actors.Domain.Designs;

/// <summary>
/// Fractional index keys: strings whose ordinal order is the order among siblings, and between any two of which there
/// is always another. A key is an integer and a fraction. The integer's head tells its sign and length: <c>a</c> to
/// <c>z</c> non-negative with 1 to 26 digits, <c>Z</c> down to <c>A</c> negative with 1 to 26. Digits are base 62
/// (<c>0-9A-Za-z</c>); the fraction has no trailing zero. Because the integer counts, appending stays short.
/// </summary>
public static class OrderKey
{
    /// <summary>The key of a first sibling.</summary>
    public const string First = "a0";

    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int Base = 62;

    /// <summary>The lowest integer has no neighbour below, so that alone it is no key.</summary>
    private static readonly string Lowest = "A" + new string('0', 26);

    /// <summary>Whether the value is a key.</summary>
    public static bool IsValid(string? value)
    {
        if (value is null or "" || value == Lowest)
        {
            return false;
        }

        var length = IntegerLength(value[0]);
        if (length == 0 || value.Length < length || (value.Length > length && value[^1] == '0'))
        {
            return false;
        }

        foreach (var digit in value.AsSpan(1))
        {
            if (!char.IsAsciiLetterOrDigit(digit))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A key after <paramref name="a"/> and before <paramref name="b"/>; null means that side is open.</summary>
    /// <exception cref="ArgumentException">A bound is no key, or the bounds are not in order.</exception>
    public static string Between(string? a, string? b)
    {
        Require(a is null || IsValid(a), nameof(a), "The lower bound is no order key.");
        Require(b is null || IsValid(b), nameof(b), "The upper bound is no order key.");
        Require(a is null || b is null || string.CompareOrdinal(a, b) < 0, nameof(b), "The bounds are not in order.");
        return (a, b) switch
        {
            (null, null) => First,
            (null, _) => Before(b),
            (_, null) => After(a),
            _ => Inside(a, b),
        };
    }

    /// <summary>That many keys in rising order between the bounds, as short as one after another allows.</summary>
    /// <inheritdoc cref="Between" path="/exception"/>
    public static ImmutableArray<string> Sequence(string? a, string? b, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var keys = new string[count];
        if (b is null)
        {
            for (var i = 0; i < count; i++)
            {
                keys[i] = a = Between(a, null);
            }
        }
        else if (a is null)
        {
            for (var i = count - 1; i >= 0; i--)
            {
                keys[i] = b = Between(null, b);
            }
        }
        else
        {
            Halve(a, b, keys);
        }

        return [.. keys];
    }

    private static void Halve(string a, string b, Span<string> keys)
    {
        if (keys.IsEmpty)
        {
            return;
        }

        var middle = keys.Length / 2;
        keys[middle] = Between(a, b);
        Halve(a, keys[middle], keys[..middle]);
        Halve(keys[middle], b, keys[(middle + 1)..]);
    }

    private static string Before(string b)
    {
        var integer = Integer(b);
        if (integer == Lowest)
        {
            return integer + Middle("", b[integer.Length..]);
        }

        if (integer.Length < b.Length)
        {
            return integer;
        }

        var previous = Decrement(integer);
        return previous == Lowest ? previous + Middle("", null) : previous;
    }

    private static string After(string a)
    {
        var integer = Integer(a);
        return Increment(integer) ?? integer + Middle(a[integer.Length..], null);
    }

    private static string Inside(string a, string b)
    {
        var integer = Integer(a);
        if (integer == Integer(b))
        {
            return integer + Middle(a[integer.Length..], b[integer.Length..]);
        }

        var next = Increment(integer);
        return next is not null && string.CompareOrdinal(next, b) < 0 ? next : integer + Middle(a[integer.Length..], null);
    }

    /// <summary>A fraction strictly between two, without trailing zero; a null upper bound means one.</summary>
    private static string Middle(string a, string? b)
    {
        var result = new StringBuilder();
        for (var i = 0; ; i++)
        {
            var low = i < a.Length ? Value(a[i]) : 0;
            var high = b is null ? Base : Value(b[i]);
            if (low == high)
            {
                result.Append(Digits[low]);
                continue;
            }

            if (high - low > 1)
            {
                return result.Append(Digits[(low + high) / 2]).ToString();
            }

            if (b is not null && i + 1 < b.Length)
            {
                return result.Append(Digits[high]).ToString();
            }

            result.Append(Digits[low]);
            b = null;
        }
    }

    private static string? Increment(string integer)
    {
        var digits = integer.ToCharArray();
        for (var i = digits.Length - 1; i > 0; i--)
        {
            if (digits[i] != 'z')
            {
                digits[i] = Digits[Value(digits[i]) + 1];
                return new string(digits);
            }

            digits[i] = '0';
        }

        return digits[0] switch
        {
            'z' => null,
            'Z' => First,
            var head => (char)(head + 1) + new string('0', IntegerLength((char)(head + 1)) - 1),
        };
    }

    /// <summary>The integer below; never asked of the lowest.</summary>
    private static string Decrement(string integer)
    {
        var digits = integer.ToCharArray();
        for (var i = digits.Length - 1; i > 0; i--)
        {
            if (digits[i] != '0')
            {
                digits[i] = Digits[Value(digits[i]) - 1];
                return new string(digits);
            }

            digits[i] = 'z';
        }

        return digits[0] == 'a' ? "Zz" : (char)(digits[0] - 1) + new string('z', IntegerLength((char)(digits[0] - 1)) - 1);
    }

    private static string Integer(string key) => key[..IntegerLength(key[0])];

    /// <summary>Characters of the integer with its head; 0 when the head is none.</summary>
    private static int IntegerLength(char head) => head switch
    {
        >= 'a' and <= 'z' => head - 'a' + 2,
        >= 'A' and <= 'Z' => 'Z' - head + 2,
        _ => 0,
    };

    private static int Value(char digit) => digit switch
    {
        <= '9' => digit - '0',
        <= 'Z' => digit - 'A' + 10,
        _ => digit - 'a' + 36,
    };

    private static void Require(bool condition, string parameter, string message)
    {
        if (!condition)
        {
            throw new ArgumentException(message, parameter);
        }
    }
}
