using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Actors.Grains.Interfaces.Rooms;

namespace Actors.Frontend.Live;

/// <summary>One client's way through a room's feed, at its own pace, with the notifications that reach its account meanwhile.</summary>
internal sealed class RoomReader(RoomFeed feed, InboxFeed inbox, long? afterSequence, LiveOptions options, TimeProvider time, LiveConnection connection)
    : LiveStream(options, time, connection)
{
    public override string Kind => "room";

    protected override async IAsyncEnumerable<LiveFrame> ReadFramesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await feed.Started.WaitAsync(cancellationToken);
        var first = feed.Begin(afterSequence, out var position);
        if (afterSequence is { } after && !feed.Keeps(after))
        {
            first = await ReadFromRoomAsync(after, cancellationToken) ?? first;
        }

        var notified = inbox.Head;
        yield return first;
        while (!cancellationToken.IsCancellationRequested)
        {
            if ((EndFrame ?? feed.Ended) is { } end)
            {
                yield return end;
                yield break;
            }

            // Notifications first: they are rare, and a busy room would never let them through. Those that fell off the
            // inbox's ring are told by the inbox's own stream, which is the one that misses nothing.
            inbox.TryRead(ref notified, out var notification);
            if (notification is not null)
            {
                if (notification.Room is { } shown)
                {
                    yield return shown;
                }
            }
            else if (feed.TryRead(ref position) is { } frame)
            {
                yield return frame;
            }
            else
            {
                await WakenAsync();
            }
        }
    }

    /// <summary>For a client that missed more messages than the feed keeps, the room's own answer.</summary>
    private async Task<LiveFrame?> ReadFromRoomAsync(long after, CancellationToken cancellationToken)
    {
        await foreach (var item in feed.Grain.Watch(after, cancellationToken).WithCancellation(cancellationToken))
        {
            if (item is RoomFeedItem.State state)
            {
                return RoomFrames.State(state.Sequence, state.Participants, state.Cursors, state.Messages);
            }
        }

        return null;
    }
}
