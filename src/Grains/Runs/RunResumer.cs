using Actors.Grains.Interfaces.Runs;
using Actors.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Actors.Grains.Runs;

/// <summary>Wakes the runs that were under way when the process ended.</summary>
internal sealed partial class RunResumer(ICatalog catalog, IGrainFactory grains, IHostApplicationLifetime lifetime, ILogger<RunResumer> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        try
        {
            await started.Task.WaitAsync(stoppingToken);
            string? cursor = null;
            do
            {
                var page = await catalog.ListAsync(
                    new CatalogQuery { Kind = RunGrain.CatalogKind, Status = "running", Cursor = cursor, Limit = CatalogQuery.MaximumLimit }, stoppingToken);
                foreach (var run in page.Items)
                {
                    await WakeAsync(run.Id);
                }

                cursor = page.Next;
            }
            while (cursor is not null);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next start goes on.
        }
        catch (StorageUnavailableException exception)
        {
            LogNotResumed(logger, exception);
        }
    }

    private async Task WakeAsync(string runId)
    {
        try
        {
            await grains.GetGrain<IRunGrain>(runId).Wake();
        }
        catch (Exception exception)
        {
            LogNotWoken(logger, exception, runId);
        }
    }

    [LoggerMessage(EventId = 2610, Level = LogLevel.Error, Message = "Runs that were under way could not be listed; they go on when they are asked for.")]
    private static partial void LogNotResumed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 2611, Level = LogLevel.Error, Message = "Run {RunId} could not be woken.")]
    private static partial void LogNotWoken(ILogger logger, Exception exception, string runId);
}
