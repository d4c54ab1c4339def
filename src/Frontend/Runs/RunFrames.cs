using System.Runtime.CompilerServices;
using System.Text.Json;
using Actors.Frontend.Live;
using Actors.Grains.Interfaces.Runs;
using Orleans;

namespace Actors.Frontend.Runs;

/// <summary>A run's live stream as frames: the same over the hub and as server-sent events.</summary>
internal static class RunFrames
{
    /// <summary>Each frame with the number of the newest event that the reader has then.</summary>
    public static async IAsyncEnumerable<(long Sequence, LiveFrame Frame)> ReadAsync(
        IGrainFactory grains, string runId, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var sequence = after;
        await foreach (var item in grains.GetGrain<IRunGrain>(runId).Watch(after, cancellationToken).WithCancellation(cancellationToken))
        {
            switch (item)
            {
                case RunFeedItem.Events events:
                    sequence = events.Sequence;
                    yield return (sequence, new LiveFrame(JsonSerializer.SerializeToUtf8Bytes(
                        new RunEventsFrame("events", events.Sequence, events.Items), RunsFrontendJsonContext.Default.RunEventsFrame)));
                    break;
                case RunFeedItem.State state:
                    yield return (sequence, new LiveFrame(JsonSerializer.SerializeToUtf8Bytes(
                        new RunStateFrame("state", RunResource.Of(state.View)), RunsFrontendJsonContext.Default.RunStateFrame)));
                    break;
                case RunFeedItem.Ended ended:
                    yield return (sequence, LiveFrame.End(ended.Code, retry: false));
                    yield break;
            }
        }
    }
}
