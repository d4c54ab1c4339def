using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Actors.Domain;
using Actors.Domain.Projects;
using Actors.Grains.Interfaces.Rooms;

namespace Actors.Frontend.Live;

/// <summary>One client's way through a room's feed, at its own pace.</summary>
internal sealed class RoomReader(RoomFeed feed, long? afterSequence, LiveOptions options, TimeProvider time, LiveConnection connection) : ILiveStream
{
    private readonly AsyncSignal _signal = new();
    private volatile LiveFrame? _end;
    private long _handedAt;
    private int _isHanded;

    public void Wake() => _signal.Set();

    /// <inheritdoc/>
    public void End(string code, bool retry)
    {
        _end ??= LiveFrame.End(code, retry);
        _signal.Set();
    }

    /// <summary>Ends the stream of somebody who has no role in the project any more.</summary>
    public void EndFor(ProjectRole? role)
    {
        if (role is null)
        {
            End(ErrorCodes.Forbidden, retry: false);
        }
    }

    /// <inheritdoc/>
    public void DropIfStuck(long now)
    {
        if (Volatile.Read(ref _isHanded) == 1 && time.GetElapsedTime(Volatile.Read(ref _handedAt), now) > options.StuckAfter)
        {
            connection.Drop(ErrorCodes.TooSlow);
        }
    }

    public async IAsyncEnumerable<LiveFrame> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var cancelled = cancellationToken.UnsafeRegister(static reader => ((RoomReader)reader!).Wake(), this);
        await feed.Started.WaitAsync(cancellationToken);
        var first = feed.Begin(afterSequence, out var position);
        if (afterSequence is { } after && !feed.Keeps(after))
        {
            first = await ReadFromRoomAsync(after, cancellationToken) ?? first;
        }

        yield return Hand(first);
        Taken();
        while (!cancellationToken.IsCancellationRequested)
        {
            if ((_end ?? feed.Ended) is { } end)
            {
                yield return end;
                yield break;
            }

            if (feed.TryRead(ref position) is { } frame)
            {
                yield return Hand(frame);
                Taken();
            }
            else
            {
                await _signal.WaitAsync();
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

    private LiveFrame Hand(LiveFrame frame)
    {
        Volatile.Write(ref _handedAt, time.GetTimestamp());
        Volatile.Write(ref _isHanded, 1);
        return frame;
    }

    private void Taken() => Volatile.Write(ref _isHanded, 0);
}
