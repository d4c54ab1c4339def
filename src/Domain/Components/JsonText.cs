using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace Actors.Domain.Components;

/// <summary>
/// The JSON parser accepts strings that have no .NET form (half of a surrogate pair, broken UTF-8) and throws when one is
/// read. Foreign JSON passes here once, so that everything after it may read strings freely.
/// </summary>
internal static class JsonText
{
    /// <summary>Whether every string and name in <paramref name="element"/> can be read.</summary>
    public static bool IsReadable(JsonElement element)
    {
        var raw = JsonMarshal.GetRawUtf8Value(element);
        return Utf8.IsValid(raw) && (raw.IndexOf("\\u"u8) < 0 || HasWholeSurrogatePairs(raw));
    }

    /// <summary>The deepest nesting of objects and arrays: 0 for a plain value, 1 for <c>{}</c>.</summary>
    public static int Depth(JsonElement element)
    {
        var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(element), new JsonReaderOptions { MaxDepth = int.MaxValue });
        var deepest = 0;
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
            {
                deepest = Math.Max(deepest, reader.CurrentDepth + 1);
            }
        }

        return deepest;
    }

    /// <summary>Bytes of the element as it was received.</summary>
    public static int Bytes(JsonElement element) => JsonMarshal.GetRawUtf8Value(element).Length;

    private static bool HasWholeSurrogatePairs(ReadOnlySpan<byte> raw)
    {
        for (var i = raw.IndexOf((byte)'\\'); i >= 0 && i + 1 < raw.Length;)
        {
            var unit = Escape(raw, i);
            if (unit is >= 0xDC00 and <= 0xDFFF)
            {
                return false;
            }

            if (unit is >= 0xD800 and <= 0xDBFF)
            {
                if (Escape(raw, i + 6) is not (>= 0xDC00 and <= 0xDFFF))
                {
                    return false;
                }

                i += 6;
            }

            i += unit < 0 ? 2 : 6;
            var next = i < raw.Length ? raw[i..].IndexOf((byte)'\\') : -1;
            i = next < 0 ? -1 : i + next;
        }

        return true;
    }

    /// <summary>The UTF-16 unit that the escape at <paramref name="at"/> stands for; -1 when it is no such escape.</summary>
    private static int Escape(ReadOnlySpan<byte> raw, int at)
    {
        if (at + 6 > raw.Length || raw[at] != '\\' || raw[at + 1] != 'u')
        {
            return -1;
        }

        var unit = 0;
        foreach (var digit in raw.Slice(at + 2, 4))
        {
            unit = (unit << 4) | Hex(digit);
        }

        return unit;
    }

    private static int Hex(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
