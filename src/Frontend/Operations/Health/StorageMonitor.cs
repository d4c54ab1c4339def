using Microsoft.Extensions.Options;

namespace Actors.Frontend.Operations.Health;

/// <summary>What a probe found, and when.</summary>
internal sealed record ProbedStorage(StorageState State, DateTimeOffset At);

/// <summary>
/// Probes the storage for all who ask. A probe really writes, so anybody's questions must not become writes: one probe
/// runs at a time, and a good one is taken as true for a while.
/// </summary>
internal sealed class StorageMonitor(IStorageProbe probe, IOptions<HealthOptions> options, TimeProvider time)
{
    /// <summary>A bad probe is asked again soon, so that recovery is seen soon.</summary>
    private static readonly TimeSpan BadInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly HealthOptions _options = options.Value;
    private Task<ProbedStorage>? _running;
    private ProbedStorage? _last;

    /// <summary>What the newest probe found; waits for one when the last is older than <paramref name="maximumAge"/>.</summary>
    public async Task<ProbedStorage> GetAsync(TimeSpan maximumAge, CancellationToken cancellationToken)
    {
        Task<ProbedStorage> running;
        lock (_gate)
        {
            if (_last is { } last && time.GetUtcNow() - last.At < (last.State.Problem is null ? maximumAge : BadInterval))
                return last;

            if (_running is null or { IsCompleted: true })
                _running = ProbeAsync();
            running = _running;
        }

        try
        {
            return await running.WaitAsync(_options.Timeout, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return new ProbedStorage(
                new StorageState(_last?.State.Provider ?? "unknown", null, null, 0, 0, $"no answer within {_options.Timeout.TotalSeconds:0.###} s"),
                time.GetUtcNow());
        }
    }

    private async Task<ProbedStorage> ProbeAsync()
    {
        var found = new ProbedStorage(await probe.ProbeAsync(CancellationToken.None), time.GetUtcNow());
        lock (_gate)
        {
            _last = found;
        }

        return found;
    }
}
