using System.Globalization;

namespace Actors.Grains.Runs;

/// <summary>An awaited step as clients and other runs name it.</summary>
/// <param name="Retry">
/// The retry of the run (0 before the first) that asked, where no person answers: what was started for the run before is not
/// mistaken for what is started for it now.
/// </param>
internal readonly record struct RunWaitId(int Process, long Firing, int Step, int Retry = 0)
{
    /// <summary>The step, whoever asked.</summary>
    public (int Process, long Firing, int Step) Key => (Process, Firing, Step);

    public static bool TryParse(string id, out RunWaitId wait)
    {
        wait = default;
        var parts = id.Split('-');
        if (parts.Length is not (3 or 4)
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var process)
            || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var firing)
            || !int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var step))
        {
            return false;
        }

        var retry = 0;
        if (parts.Length == 4 && !int.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out retry))
        {
            return false;
        }

        wait = new RunWaitId(process, firing, step, retry);
        return true;
    }

    public override string ToString() => Retry == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{Process}-{Firing}-{Step}")
        : string.Create(CultureInfo.InvariantCulture, $"{Process}-{Firing}-{Step}-{Retry}");
}
