using System.Globalization;

namespace Actors.TestKit.Server;

/// <summary>What a process has used, as the kernel counts it.</summary>
/// <param name="Processor">User and system time since the start; the kernel counts in steps of 10 ms.</param>
/// <param name="ResidentBytes">Memory in use now.</param>
/// <param name="PeakResidentBytes">The most memory that was ever in use.</param>
public sealed record ProcessUsage(TimeSpan Processor, long ResidentBytes, long PeakResidentBytes)
{
    /// <summary>Ticks a second of the times in <c>/proc/{id}/stat</c>: USER_HZ, 100 on every Linux that .NET runs on.</summary>
    private const int TicksPerSecond = 100;

    /// <summary>Reads <c>/proc</c>, because it tells the peak too and costs no walk over all processes.</summary>
    public static ProcessUsage Read(int processId)
    {
        // The command name, in parentheses, may contain anything; the numbers start after the last parenthesis.
        var stat = File.ReadAllText($"/proc/{processId}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);

        long resident = 0, peak = 0;
        foreach (var line in File.ReadLines($"/proc/{processId}/status"))
        {
            if (line.StartsWith("VmRSS:", StringComparison.Ordinal))
            {
                resident = Kilobytes(line);
            }
            else if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
            {
                peak = Kilobytes(line);
            }
        }

        return new ProcessUsage(TimeSpan.FromSeconds((double)ticks / TicksPerSecond), resident * 1024, peak * 1024);
    }

    private static long Kilobytes(string line) =>
        long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^2], CultureInfo.InvariantCulture);
}
