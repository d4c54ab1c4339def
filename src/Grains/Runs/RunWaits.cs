using System.Globalization;

namespace Actors.Grains.Runs;

/// <summary>Names of awaited steps, as clients see them.</summary>
internal static class RunWaits
{
    public static string IdOf(int process, long firing, int step) => string.Create(CultureInfo.InvariantCulture, $"{process}-{firing}-{step}");

    public static bool TryParse(string id, out int process, out long firing, out int step)
    {
        (process, firing, step) = (0, 0, 0);
        var parts = id.Split('-');
        return parts.Length == 3
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out process)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out firing)
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out step);
    }
}
