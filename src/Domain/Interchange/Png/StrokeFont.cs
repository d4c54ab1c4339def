using System.Collections.Frozen;

namespace Actors.Domain.Interchange.Png;

/// <summary>
/// The letters of pictures, made of strokes so that no font of the machine is needed. A glyph is path data on a grid of 20
/// units to the em: capitals stand from 0 to 14, small letters from 4.2, descenders reach 18. Letters with marks are put
/// together; what is not of the Latin script is shown as an empty box.
/// </summary>
internal static partial class StrokeFont
{
    public const double UnitsPerEm = 20;
    public const double Baseline = 14;

    /// <summary>Between two letters.</summary>
    public const double Bearing = 3;

    private const double Space = 5.2;
    private const string Box = "M0 0H7V14H0Z";

    private static readonly FrozenDictionary<int, string> Strokes = Read();
    private static readonly FrozenDictionary<int, Glyph> Glyphs = Strokes.ToFrozenDictionary(entry => entry.Key, entry => Make(entry.Value));
    private static readonly Glyph Missing = Make(Box);

    /// <param name="Lines">Strokes whose leftmost point is at 0.</param>
    /// <param name="Advance">Units to the next letter.</param>
    public sealed record Glyph(IReadOnlyList<IReadOnlyList<(double X, double Y)>> Lines, double Advance);

    public static Glyph Of(int rune) => rune is ' ' or 0xA0 ? new Glyph([], Space) : Glyphs.GetValueOrDefault(Plain(rune), Missing);

    /// <summary>Signs that look like others.</summary>
    private static int Plain(int rune) => rune switch
    {
        '‘' or '’' or '‚' or '´' => '\'',
        '“' or '”' or '„' => '"',
        '‐' or '‑' => '-',
        _ => rune,
    };

    private static Glyph Make(string strokes)
    {
        var lines = PathReader.Read(strokes, 0.7).ConvertAll(line => line.Closed ? [.. line.Points, line.Points[0]] : line.Points);
        var points = lines.SelectMany(line => line).ToList();
        var (left, right) = (points.Min(point => point.X), points.Max(point => point.X));
        return new Glyph([.. lines.Select(line => (IReadOnlyList<(double X, double Y)>)line.ConvertAll(point => (point.X - left, point.Y)))], right - left + Bearing);
    }

    private static FrozenDictionary<int, string> Read()
    {
        var strokes = new Dictionary<int, string>();
        foreach (var line in Letters.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            strokes[char.ConvertToUtf32(line, 0)] = line[2..];
        }

        foreach (var entry in Marked.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            // The letter, its base, its mark.
            var (letter, stem, mark) = (entry[0], entry[1] == 'i' ? 'ı' : entry[1], entry[2]);
            var center = Center(strokes[stem]);
            var top = char.IsUpper(letter) || stem is 'l' ? -6.0 : stem is 'd' or 't' ? -3 : 0;
            strokes[letter] = strokes[stem] + Mark(mark, center, top);
        }

        return strokes.ToFrozenDictionary();
    }

    private static double Center(string strokes)
    {
        var points = PathReader.Read(strokes, 1).SelectMany(line => line.Points).ToList();
        return (points.Min(point => point.X) + points.Max(point => point.X)) / 2;
    }

    private static string Mark(char mark, double x, double top)
    {
        var strokes = mark switch
        {
            '/' => $"M{N(x - 1)} {N(top + 2.4)}L{N(x + 1.2)} {N(top)}",
            '\\' => $"M{N(x + 1)} {N(top + 2.4)}L{N(x - 1.2)} {N(top)}",
            '^' => $"M{N(x - 2.2)} {N(top + 2.2)}L{N(x)} {N(top + 0.2)}L{N(x + 2.2)} {N(top + 2.2)}",
            'v' => $"M{N(x - 2.2)} {N(top + 0.2)}L{N(x)} {N(top + 2.2)}L{N(x + 2.2)} {N(top + 0.2)}",
            ':' => $"M{N(x - 2)} {N(top + 1.2)}V{N(top + 1.4)}M{N(x + 2)} {N(top + 1.2)}V{N(top + 1.4)}",
            '.' => $"M{N(x)} {N(top + 1.2)}V{N(top + 1.4)}",
            '~' => $"M{N(x - 2.6)} {N(top + 2)}C{N(x - 1.4)} {N(top - 0.6)} {N(x + 1.4)} {N(top + 3.4)} {N(x + 2.6)} {N(top + 0.6)}",
            'o' => $"M{N(x)} {N(top - 0.6)}A1.5 1.5 0 1 0 {N(x)} {N(top + 2.4)}A1.5 1.5 0 1 0 {N(x)} {N(top - 0.6)}Z",
            '"' => $"M{N(x - 1.8)} {N(top + 2.4)}L{N(x - 0.6)} {N(top)}M{N(x + 0.8)} {N(top + 2.4)}L{N(x + 2)} {N(top)}",
            ',' => $"M{N(x)} 14L{N(x + 0.4)} 15.2C{N(x + 2.2)} 15.4 {N(x + 1.6)} 18 {N(x - 1.2)} 17.4",
            ';' => $"M{N(x + 3)} 14C{N(x + 1)} 16 {N(x + 1.6)} 17.6 {N(x + 3.6)} 17.2",
            '-' => $"M{N(x - 2.6)} {N(top + 1.4)}H{N(x + 2.6)}",
            _ => $"M{N(x - 5)} 13.6L{N(x + 5)} 4.6",
        };
        return strokes;
    }

    private static string N(double value) => Svg.SvgCanvas.N(value);
}
