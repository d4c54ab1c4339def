using System.Globalization;
using System.Runtime.InteropServices;
using Actors.Domain.Interchange.Svg;

namespace Actors.Domain.Interchange.Png;

/// <summary>A colour with its cover from 0 to 1, perhaps only on the lines of a hatching.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Paint(byte Red, byte Green, byte Blue, float Alpha, bool Hatched = false, bool Crossed = false)
{
    public static Paint None { get; } = new(0, 0, 0, 0);

    /// <summary>What a colour of CSS shows; nothing for one that is not known.</summary>
    public static Paint Of(string color)
    {
        if (SvgStyle.Color(color) is null || color is "none" or "transparent")
        {
            return None;
        }

        if (color[0] == '#')
        {
            return Hex(color.AsSpan(1));
        }

        var open = color.IndexOf('(', StringComparison.Ordinal);
        if (open > 0)
        {
            return Function(color[..open], color[(open + 1)..^1]);
        }

        // The names of CSS are those of .NET but for the spelling of grey; names of the system's own colours are no CSS.
        var named = System.Drawing.Color.FromName(color.Replace("grey", "gray", StringComparison.OrdinalIgnoreCase));
        return named is { IsKnownColor: true, IsSystemColor: false } ? new Paint(named.R, named.G, named.B, named.A / 255f) : None;
    }

    private static Paint Hex(ReadOnlySpan<char> digits)
    {
        var (each, count) = digits.Length < 6 ? (1, digits.Length) : (2, digits.Length / 2);
        Span<byte> parts = [0, 0, 0, 255];
        for (var i = 0; i < count; i++)
        {
            var value = byte.Parse(digits.Slice(i * each, each), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            parts[i] = each == 1 ? (byte)(value * 17) : value;
        }

        return new Paint(parts[0], parts[1], parts[2], parts[3] / 255f);
    }

    private static Paint Function(string name, string arguments)
    {
        var parts = arguments.Split([',', ' ', '/'], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is < 3 or > 4)
        {
            return None;
        }

        var alpha = parts.Length == 4 ? (float)Math.Clamp(Number(parts[3], 1), 0, 1) : 1;
        return name[0] == 'r'
            ? new Paint(Channel(Number(parts[0], 255) / 255), Channel(Number(parts[1], 255) / 255), Channel(Number(parts[2], 255) / 255), alpha)
            : Hsl(Number(parts[0].Replace("deg", "", StringComparison.Ordinal), 360), Number(parts[1], 1), Number(parts[2], 1), alpha);
    }

    private static Paint Hsl(double hue, double saturation, double lightness, float alpha)
    {
        var reach = saturation * Math.Min(lightness, 1 - lightness);
        return new Paint(At(0), At(8), At(4), alpha);

        byte At(double n)
        {
            var k = (n + (hue / 30)) % 12;
            return Channel(lightness - (reach * Math.Max(-1, Math.Min(Math.Min(k - 3, 9 - k), 1))));
        }
    }

    private static double Number(string text, double whole)
    {
        var percent = text.EndsWith('%');
        return double.TryParse(percent ? text[..^1] : text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? (percent ? value / 100 * whole : value)
            : 0;
    }

    private static byte Channel(double share) => (byte)Math.Round(Math.Clamp(share, 0, 1) * 255);
}
