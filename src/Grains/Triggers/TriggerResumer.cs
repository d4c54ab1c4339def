using Actors.Grains.Interfaces.Triggers;
using Actors.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Actors.Grains.Triggers;

/// <summary>
/// Wakes the triggers that are switched on when the process starts, so that what came due meanwhile need not wait for a
/// reminder, and what a crash interrupted goes on.
/// </summary>
internal sealed partial class TriggerResumer(ICatalog catalog, IGrainFactory grains, IHostApplicationLifetime lifetime, ILogger<TriggerResumer> logger) : BackgroundService
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
                    new CatalogQuery { Kind = TriggerCatalog.Kind, Status = TriggerCatalog.Enabled, Cursor = cursor, Limit = CatalogQuery.MaximumLimit }, stoppingToken);
                foreach (var trigger in page.Items)
                    await WakeAsync(trigger.Id);

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

    private async Task WakeAsync(string triggerId)
    {
        try
        {
            await grains.GetGrain<ITriggerGrain>(triggerId).Wake();
        }
        catch (Exception exception)
        {
            LogNotWoken(logger, exception, triggerId);
        }
    }

    [LoggerMessage(EventId = 2721, Level = LogLevel.Error, Message = "Triggers could not be listed; their reminders wake them.")]
    private static partial void LogNotResumed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 2722, Level = LogLevel.Error, Message = "Trigger {TriggerId} could not be woken; its reminder will.")]
    private static partial void LogNotWoken(ILogger logger, Exception exception, string triggerId);
}
