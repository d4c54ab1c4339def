using System.Diagnostics;
using System.Reflection;

namespace Actors.Frontend.Operations.Health;

/// <summary>What runs here, and since when.</summary>
internal sealed class ProcessFacts
{
    private readonly TimeProvider _time;

    public ProcessFacts(TimeProvider time)
    {
        _time = time;
        using var process = Process.GetCurrentProcess();
        StartedAt = new DateTimeOffset(process.StartTime).ToUniversalTime();
    }

    public string Version { get; } = typeof(ProcessFacts).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public DateTimeOffset StartedAt { get; }

    public TimeSpan Uptime => _time.GetUtcNow() - StartedAt;
}
