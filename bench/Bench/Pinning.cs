using System.Diagnostics;

namespace Actors.Bench;

/// <summary>
/// Gives the server and the load a processor each (<c>--pin 0/1</c>), as the comparison with other servers does: a
/// server with many threads is then compared processor for processor.
/// </summary>
internal static class Pinning
{
    private const string Marker = "ACTORS_BENCH_PINNED";

    /// <summary>The processors of the server and of the load; null for both when nothing is pinned.</summary>
    public static (string? Server, string? Load) Parse(string? pin)
    {
        if (pin is null)
        {
            return (null, null);
        }

        var parts = pin.Split('/');
        return parts.Length == 2 && parts.All(part => part.Length > 0)
            ? (parts[0], parts[1])
            : throw new UsageException($"--pin must be the server's processors, a slash and the load's, as in 0/1, and is '{pin}'.");
    }

    /// <summary>
    /// Runs this program again on the load's processors, because affinity that is set later misses the threads that
    /// run already and the runtime has counted its processors by then. Answers the exit code, or null when this
    /// process is the one that stays.
    /// </summary>
    public static async Task<int?> RunAgainAsync(string? processors, string[] arguments)
    {
        if (processors is null || Environment.GetEnvironmentVariable(Marker) is not null)
        {
            return null;
        }

        var start = new ProcessStartInfo("taskset", ["-c", processors, Environment.ProcessPath!, .. arguments]) { UseShellExecute = false };
        start.Environment[Marker] = "1";
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "1";
        // One processor: a thread that spins or hands a completed read to another thread only takes time from the rest.
        start.Environment["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0";
        start.Environment["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1";
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
