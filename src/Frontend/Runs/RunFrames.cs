using System.Runtime.CompilerServices;
using System.Text.Json;
using Actors.Frontend.Live;
using Actors.Grains.Interfaces.Designs;
using Actors.Grains.Interfaces.Runs;
using Orleans;

namespace Actors.Frontend.Runs;

/// <summary>
/// A run's live stream as frames: the same over the hub and as server-sent events. A state says at which revision the
/// design is meanwhile, and is told again when that changes while the run stands still.
/// </summary>
internal static class RunFrames
{
    /// <summary>How often the design is asked for its revision, at most.</summary>
    private static readonly TimeSpan RevisionInterval = TimeSpan.FromSeconds(2);

    /// <summary>Each frame with the number of the newest event that the reader has then.</summary>
    public static async IAsyncEnumerable<(long Sequence, LiveFrame Frame)> ReadAsync(
        IGrainFactory grains, TimeProvider time, RunHeader run, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var sequence = after;
        var design = new DesignRevision(grains, run.DesignId, time);
        RunView? shown = null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var items = grains.GetGrain<IRunGrain>(run.Id).Watch(after, stop.Token).GetAsyncEnumerator(stop.Token);
        Task<bool>? next = null;
        try
        {
            while (true)
            {
                next ??= items.MoveNextAsync().AsTask();
                if (shown is not null && !await CompletesAsync(next, time, cancellationToken))
                {
                    if (await design.ChangedAsync(now: false))
                    {
                        yield return (sequence, StateOf(shown, design));
                    }

                    continue;
                }

                if (!await next)
                {
                    yield break;
                }

                next = null;
                switch (items.Current)
                {
                    case RunFeedItem.Events events:
                        sequence = events.Sequence;
                        yield return (sequence, new LiveFrame(JsonSerializer.SerializeToUtf8Bytes(
                            new RunEventsFrame("events", events.Sequence, events.Items), RunsFrontendJsonContext.Default.RunEventsFrame)));
                        break;
                    case RunFeedItem.State state:
                        shown = state.View;
                        await design.ChangedAsync(now: state.View.Run.EndedAt is not null);
                        yield return (sequence, StateOf(shown, design));
                        break;
                    case RunFeedItem.Ended ended:
                        yield return (sequence, LiveFrame.End(ended.Code, retry: false));
                        yield break;
                }
            }
        }
        finally
        {
            await stop.CancelAsync();
            await QuietAsync(next);
            await items.DisposeAsync();
        }
    }

    private static LiveFrame StateOf(RunView view, DesignRevision design) => new(JsonSerializer.SerializeToUtf8Bytes(
        new RunStateFrame("state", RunResource.Of(view, design.Newest)), RunsFrontendJsonContext.Default.RunStateFrame));

    /// <summary>False when the design is to be asked again before there is a next item.</summary>
    private static async Task<bool> CompletesAsync(Task<bool> next, TimeProvider time, CancellationToken cancellationToken)
    {
        if (next.IsCompleted)
        {
            return true;
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var first = await Task.WhenAny(next, Task.Delay(RevisionInterval, time, over.Token));
        await over.CancelAsync();
        return first == next || cancellationToken.IsCancellationRequested;
    }

    /// <summary>The run's enumerator may be left only when it does not move.</summary>
    private static async Task QuietAsync(Task<bool>? moving)
    {
        try
        {
            await (moving ?? Task.FromResult(false));
        }
        catch (OperationCanceledException)
        {
            // It was told to stop.
        }
    }

    /// <summary>The newest revision of a design, asked for not too often.</summary>
    private sealed class DesignRevision(IGrainFactory grains, string designId, TimeProvider time)
    {
        private long? _asked;

        /// <summary>Null when the design is gone.</summary>
        public long? Newest { get; private set; }

        /// <summary>Asks, <paramref name="now"/> or when the last answer is old; true when there is another one.</summary>
        public async Task<bool> ChangedAsync(bool now)
        {
            if (!now && _asked is { } before && time.GetElapsedTime(before) < RevisionInterval)
            {
                return false;
            }

            _asked = time.GetTimestamp();
            var newest = (await grains.GetGrain<IDesignGrain>(designId).GetHeader())?.Revision;
            var changed = newest != Newest;
            Newest = newest;
            return changed;
        }
    }
}
