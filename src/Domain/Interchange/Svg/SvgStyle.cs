using System.Buffers;
using System.Runtime.InteropServices;

namespace Actors.Domain.Interchange.Svg;

/// <summary>How an outline and its inside are drawn.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SvgPen(string Fill, string Stroke = "none", double Width = 1.5, string Dash = "solid");

/// <summary>How text is drawn; the anchor is start, middle or end.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SvgFont(
    double Size, string Color = SvgStyle.Ink, string Anchor = "start", string Weight = "normal", string Slope = "normal", string Family = SvgText.Sans);

/// <summary>The palette of low-fidelity drawings, and the check of what a design brings itself.</summary>
internal static class SvgStyle
{
    public const string Ink = "#1f2937";
    public const string Muted = "#6b7280";
    public const string Faint = "#9ca3af";
    public const string Edge = "#9ca3af";
    public const string Soft = "#f3f4f6";
    public const string Shade = "#e5e7eb";
    public const string Paper = "#ffffff";
    public const string Accent = "#4f46e5";
    public const string AccentSoft = "#e0e7ff";

    /// <summary>Pixels from one line of a hatching to the next, and of a line: pale enough for words to stand on it.</summary>
    public const double HatchGap = 6;

    /// <inheritdoc cref="HatchGap"/>
    public const double HatchLine = 0.8;

    private const int ColorLength = 64;
    private const int PathLength = 40_000;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly SearchValues<char> FunctionArguments = SearchValues.Create("0123456789.,% /deg");
    private static readonly SearchValues<char> PathCharacters = SearchValues.Create("MmLlHhVvCcSsQqTtAaZz0123456789.,+-eE \n\t");

    /// <summary>
    /// A colour as CSS writes it (#rgb, a name, rgb(), hsl()), else null: nothing that refers elsewhere may reach the file.
    /// </summary>
    public static string? Color(string? color)
    {
        if (color is null || color.Length is 0 or > ColorLength)
        {
            return null;
        }

        if (color[0] == '#')
        {
            return color.Length is 4 or 5 or 7 or 9 && !color.AsSpan(1).ContainsAnyExcept(HexDigits) ? color : null;
        }

        var open = color.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
        {
            return color.All(char.IsAsciiLetter) ? color : null;
        }

        var isFunction = color[..open] is "rgb" or "rgba" or "hsl" or "hsla";
        return isFunction && color[^1] == ')' && !color.AsSpan(open + 1, color.Length - open - 2).ContainsAnyExcept(FunctionArguments) ? color : null;
    }

    /// <summary>Path data of the SVG grammar's characters, else null.</summary>
    public static string? PathData(string? data) =>
        data is { Length: > 0 and <= PathLength } && !data.AsSpan().ContainsAnyExcept(PathCharacters) ? data : null;

    public static string Variant(string? variant) => variant switch
    {
        "danger" or "error" or "destructive" => "#dc2626",
        "success" => "#16a34a",
        "warning" => "#d97706",
        "info" => "#2563eb",
        _ => Accent,
    };
}
