using Actors.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Idempotency;

/// <summary>Removes keys that are no longer known, a few at a time, so that appends never wait for it.</summary>
internal sealed partial class IdempotencySweeper(IIdempotencyStore store, IdempotencyOptions options, TimeProvider time, ILogger<IdempotencySweeper> logger)
    : BackgroundService
{
    private const int Portion = 500;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await SweepAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The stop; what is left is swept after the next start.
        }
    }

    private async Task SweepAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await store.SweepAsync(time.GetUtcNow() - options.Retention, Portion, stoppingToken) == Portion)
                await Task.Yield();
        }
        catch (StorageUnavailableException exception)
        {
            LogNotSwept(logger, exception);
        }
    }

    [LoggerMessage(EventId = 2601, Level = LogLevel.Warning, Message = "Old idempotency keys could not be removed; it is tried again later.")]
    private static partial void LogNotSwept(ILogger logger, Exception exception);
}
