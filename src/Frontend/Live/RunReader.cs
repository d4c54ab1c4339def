using System.Runtime.CompilerServices;
using Actors.Frontend.Runs;
using Actors.Grains.Interfaces.Runs;
using Orleans;

namespace Actors.Frontend.Live;

/// <summary>One client's way along a run, at its own pace: the run composes a state when the client has taken the one before.</summary>
internal sealed class RunReader(IGrainFactory grains, RunHeader run, long after, LiveOptions options, TimeProvider time, LiveConnection connection)
    : LiveStream(options, time, connection)
{
    public override string Kind => "run";

    /// <summary>The newest event that the client has, once it has taken the frames so far.</summary>
    public long Sequence { get; private set; } = after;

    protected override async IAsyncEnumerable<LiveFrame> ReadFramesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var frames = RunFrames.ReadAsync(grains, Time, run, Sequence, stop.Token).GetAsyncEnumerator(stop.Token);
        Task<bool>? next = null;
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                if (EndFrame is { } end)
                {
                    yield return end;
                    yield break;
                }

                if (next is null)
                {
                    next = frames.MoveNextAsync().AsTask();
                    next.GetAwaiter().OnCompleted(Wake);
                }

                if (!next.IsCompleted)
                {
                    await WakenAsync();
                    continue;
                }

                if (!await next)
                {
                    yield break;
                }

                next = null;
                Sequence = frames.Current.Sequence;
                yield return frames.Current.Frame;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await QuietAsync(next);
            await frames.DisposeAsync();
        }
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
}
