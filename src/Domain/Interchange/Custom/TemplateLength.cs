using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Actors.Domain.Interchange.Custom;

/// <summary>A length within a node's box: a share of its side and pixels besides, as in <c>100%-24</c>.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly partial record struct TemplateLength(double Share, double Offset)
{
    public static TemplateLength Zero => default;

    public static TemplateLength Whole { get; } = new(1, 0);

    public double In(double side) => (Share * side) + Offset;

    public static TemplateLength? Parse(string text)
    {
        var match = Pattern().Match(text);
        var (share, offset) = (match.Groups["share"], match.Groups["offset"]);
        var isWhole = match.Success && (share.Success || offset.Success) && !(share.Success && offset.Success && char.IsAsciiDigit(offset.Value[0]));
        return isWhole ? new TemplateLength(Number(share) / 100, Number(offset)) : null;
    }

    private static double Number(Group group) =>
        group.Success ? double.Parse(group.Value.Replace(" ", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^((?<share>-?[0-9]{1,4}(\.[0-9]{1,4})?)%)? ?(?<offset>[+-]? ?[0-9]{1,5}(\.[0-9]{1,3})?)?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}
