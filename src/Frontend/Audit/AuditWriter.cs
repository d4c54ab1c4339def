using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Threading.Channels;
using System.Threading.RateLimiting;
using Actors.Domain.Audit;
using Actors.Domain.Identity;
using Actors.Grains.Interfaces.Audit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;

namespace Actors.Frontend.Audit;

/// <summary>
/// Takes entries without making anybody wait, and stores them in the order in which they came, as many at a time as have
/// gathered while the last were being stored.
/// </summary>
/// <remarks>
/// What does not fit is counted and logged, and recorded as one entry as soon as there is room: nothing goes missing
/// silently. A crash loses what came since the last flush began; the journal of the thing that was changed names author
/// and time all the same.
/// </remarks>
internal sealed partial class AuditWriter(IGrainFactory grains, IOptions<AuditOptions> options, TimeProvider time, ILogger<AuditWriter> logger) : BackgroundService
{
    private const int Portion = 500;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly Channel<AuditEntry> _queue = Channel.CreateBounded<AuditEntry>(
        new BoundedChannelOptions(options.Value.MaximumQueue) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly FixedWindowRateLimiter _anonymous = new(new FixedWindowRateLimiterOptions
    {
        PermitLimit = options.Value.AnonymousPerMinute,
        Window = TimeSpan.FromMinutes(1),
    });

    private long _left;

    public string NewId(DateTimeOffset at)
    {
        Span<byte> random = stackalloc byte[Identifier.RandomBytes];
        RandomNumberGenerator.Fill(random);
        return Identifier.Create(AuditEntry.Prefix, at, random);
    }

    public void Record(AuditEntry entry)
    {
        if (!_queue.Writer.TryWrite(entry))
            LeaveOut();
    }

    /// <summary>Whether one more refused call of nobody in particular is worth an entry.</summary>
    public bool AdmitsAnonymous()
    {
        using var lease = _anonymous.AttemptAcquire();
        return lease.IsAcquired;
    }

    /// <summary>Counts a call that is not recorded by itself.</summary>
    public void LeaveOut() => Interlocked.Increment(ref _left);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // Started last, so stopped before grains and storage are: what is queued is stored now.
        _queue.Writer.TryComplete();
        if (ExecuteTask is { } running)
            await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _anonymous.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var portion = new List<AuditEntry>(Portion);
        while (await _queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (portion.Count < Portion && _queue.Reader.TryRead(out var entry))
                portion.Add(entry);

            if (Interlocked.Exchange(ref _left, 0) is > 0 and var left)
            {
                LogLeftOut(logger, left);
                portion.Add(LeftOut(left));
            }

            await StoreAsync([.. portion], stoppingToken);
            portion.Clear();
        }
    }

    private async Task StoreAsync(ImmutableArray<AuditEntry> entries, CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await grains.GetGrain<IAuditGrain>(IAuditGrain.Installation).Append(entries);
                return;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogNotStored(logger, exception, entries.Length);
                await Task.Delay(RetryDelay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception exception)
            {
                LogLost(logger, exception, entries.Length);
                return;
            }
        }
    }

    private AuditEntry LeftOut(long count)
    {
        var now = time.GetUtcNow();
        return new AuditEntry { Id = NewId(now), At = now, Action = "Audit.LeftOut", Status = 200, Count = count };
    }

    [LoggerMessage(EventId = 3401, Level = LogLevel.Warning, Message = "{Count} calls were not audited one by one: there were too many.")]
    private static partial void LogLeftOut(ILogger logger, long count);

    [LoggerMessage(EventId = 3402, Level = LogLevel.Warning, Message = "{Count} audit entries could not be stored; it is tried again.")]
    private static partial void LogNotStored(ILogger logger, Exception exception, int count);

    [LoggerMessage(EventId = 3403, Level = LogLevel.Error, Message = "{Count} audit entries are lost: storage did not come back before the stop.")]
    private static partial void LogLost(ILogger logger, Exception exception, int count);
}
