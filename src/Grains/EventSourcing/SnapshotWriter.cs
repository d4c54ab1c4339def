using System.Threading.Channels;
using Actors.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.EventSourcing;

/// <summary>
/// Writes snapshots beside the grains: states are immutable, so the one that a grain hands over can be serialized
/// while the grain goes on. A snapshot is never needed for correctness; when the queue is full the offer is declined
/// and the grain offers a newer one later.
/// </summary>
public sealed partial class SnapshotWriter(ISnapshotStore store, ILogger<SnapshotWriter> logger) : BackgroundService
{
    private const int Capacity = 64;

    private readonly Channel<Request> _requests = Channel.CreateBounded<Request>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    /// <summary>Offers a snapshot. <paramref name="serialize"/> runs later, on another thread.</summary>
    /// <param name="saved">Told the size in bytes when stored; called on another thread.</param>
    /// <returns>False when the queue is full.</returns>
    public bool TryOffer(string stream, long revision, DateTimeOffset at, Func<ReadOnlyMemory<byte>> serialize, Action<int>? saved = null) =>
        _requests.Writer.TryWrite(new Request(stream, revision, at, serialize, saved));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var request in _requests.Reader.ReadAllAsync(stoppingToken))
            {
                await WriteAsync(request);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is still queued can be written after the next start.
        }
    }

    private async Task WriteAsync(Request request)
    {
        try
        {
            var payload = request.Serialize();
            await store.SaveAsync(new Snapshot(request.Stream, request.Revision, request.At, payload), CancellationToken.None);
            request.Saved?.Invoke(payload.Length);
        }
        catch (Exception exception)
        {
            LogNotWritten(logger, exception, request.Stream, request.Revision);
        }
    }

    [LoggerMessage(EventId = 2504, Level = LogLevel.Warning, Message = "The snapshot of {Stream} at revision {Revision} was not written; the journal has everything.")]
    private static partial void LogNotWritten(ILogger logger, Exception exception, string stream, long revision);

    private sealed record Request(string Stream, long Revision, DateTimeOffset At, Func<ReadOnlyMemory<byte>> Serialize, Action<int>? Saved);
}
