using Actors.Grains.Interfaces.Rooms;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Actors.Grains.Runs;

/// <summary>
/// Tells rooms how the runs of their projects stand: the newest of each run, gathered for a moment. A run only leaves its
/// summary here and never waits.
/// </summary>
internal sealed partial class RunReporter(IGrainFactory grains, RunOptions options, TimeProvider time, ILogger<RunReporter> logger) : IDisposable
{
    /// <summary>Runs of one project that a room is told of at once.</summary>
    private const int MaximumRuns = 500;

    private readonly Lock _gate = new();
    private Dictionary<string, Gathered> _byProject = new(StringComparer.Ordinal);
    private ITimer? _timer;

    public void Report(string projectId, RunSummary summary)
    {
        lock (_gate)
        {
            if (!_byProject.TryGetValue(projectId, out var gathered))
            {
                _byProject[projectId] = gathered = new Gathered();
            }

            if (gathered.Runs.Count < MaximumRuns || gathered.Runs.ContainsKey(summary.Id))
            {
                gathered.Runs[summary.Id] = summary;
            }
            else
            {
                gathered.Missed = true;
            }

            _timer ??= time.CreateTimer(static reporter => _ = ((RunReporter)reporter!).SendAsync(), this, options.SummaryInterval, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _timer?.Dispose();
        }
    }

    private async Task SendAsync()
    {
        Dictionary<string, Gathered> gathered;
        lock (_gate)
        {
            gathered = _byProject;
            _byProject = new Dictionary<string, Gathered>(StringComparer.Ordinal);
            _timer?.Dispose();
            _timer = null;
        }

        foreach (var (projectId, runs) in gathered)
        {
            try
            {
                await grains.GetGrain<IRoomGrain>(projectId).ShowRuns(new RunsChange([.. runs.Runs.Values], runs.Missed));
            }
            catch (Exception exception)
            {
                // Who watches lists the runs again when the room comes back.
                LogNotShown(logger, exception, projectId);
            }
        }
    }

    [LoggerMessage(EventId = 2612, Level = LogLevel.Warning, Message = "The room of {ProjectId} could not be shown its runs.")]
    private static partial void LogNotShown(ILogger logger, Exception exception, string projectId);

    private sealed class Gathered
    {
        public Dictionary<string, RunSummary> Runs { get; } = new(StringComparer.Ordinal);

        public bool Missed { get; set; }
    }
}
