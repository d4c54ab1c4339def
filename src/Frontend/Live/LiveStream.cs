using System.Runtime.CompilerServices;
using Actors.Domain;
using Actors.Domain.Projects;

namespace Actors.Frontend.Live;

/// <summary>
/// A stream that is being sent to one client, at the client's own pace: it waits for its feed, never the feed for it. It
/// can be ended from outside with a last frame, and it knows how long the client has left a frame untaken.
/// </summary>
internal abstract class LiveStream(LiveOptions options, TimeProvider time, LiveConnection connection)
{
    private readonly AsyncSignal _signal = new();
    private volatile LiveFrame? _end;
    private long _handedAt;
    private int _isHanded;
    private long _frames;

    /// <summary>What is watched, in a word.</summary>
    public abstract string Kind { get; }

    /// <summary>Frames handed to the client so far.</summary>
    public long Frames => Interlocked.Read(ref _frames);

    protected LiveOptions Options => options;

    protected TimeProvider Time => time;

    /// <summary>The last frame, when the stream was ended.</summary>
    protected LiveFrame? EndFrame => _end;

    /// <summary>There may be something to read.</summary>
    public void Wake() => _signal.Set();

    /// <summary>Ends the stream with a last frame.</summary>
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

    /// <summary>Disconnects the client when it has not taken a frame for too long.</summary>
    public void DropIfStuck(long now)
    {
        if (Volatile.Read(ref _isHanded) == 1 && time.GetElapsedTime(Volatile.Read(ref _handedAt), now) > options.StuckAfter)
        {
            connection.Drop(ErrorCodes.TooSlow);
        }
    }

    /// <summary>The frames, each as soon as the client has taken the one before.</summary>
    public async IAsyncEnumerable<LiveFrame> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var cancelled = cancellationToken.UnsafeRegister(static stream => ((LiveStream)stream!).Wake(), this);
        await foreach (var frame in ReadFramesAsync(cancellationToken))
        {
            Volatile.Write(ref _handedAt, time.GetTimestamp());
            Volatile.Write(ref _isHanded, 1);
            Volatile.Write(ref _frames, _frames + 1);
            yield return frame;
            Volatile.Write(ref _isHanded, 0);
        }
    }

    protected abstract IAsyncEnumerable<LiveFrame> ReadFramesAsync(CancellationToken cancellationToken);

    /// <summary>Waits until there may be something to read, or the stream was ended or cancelled.</summary>
    protected ValueTask WakenAsync() => _signal.WaitAsync();
}
