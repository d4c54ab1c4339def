using System.Runtime.CompilerServices;
using Actors.Domain;
using Actors.Domain.Designs;

namespace Actors.Frontend.Live;

/// <summary>One client's way through a design's feed, at its own pace.</summary>
internal sealed class DesignReader(DesignFeed feed, DesignPosition? position, LiveOptions options, TimeProvider time, LiveConnection connection)
    : LiveStream(options, time, connection)
{
    private const int JournalPage = 100;

    private readonly Queue<long> _resynchronized = new();
    private string _epoch = "";
    private long _revision;

    public override string Kind => "design";

    /// <summary>Where the client is when it has taken the frame that was handed out last.</summary>
    public DesignPosition Position => new(_epoch, _revision);

    protected override async IAsyncEnumerable<LiveFrame> ReadFramesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await feed.Started.WaitAsync(cancellationToken);
        if (feed.Ended is null && await CanContinueAsync())
        {
            _epoch = position!.Epoch;
            _revision = position.Revision;
            await foreach (var frame in ReadMissedAsync())
            {
                yield return frame;
            }
        }

        while (!cancellationToken.IsCancellationRequested)
        {
            if ((EndFrame ?? feed.Ended) is { } end)
            {
                yield return end;
                yield break;
            }

            if (feed.TryRead(_epoch, ref _revision, out var lost) is { } changes)
            {
                yield return changes;
            }
            else if (!lost)
            {
                await WakenAsync();
            }
            else if (_epoch.Length > 0 && !MayResynchronize())
            {
                yield return LiveFrame.End(ErrorCodes.TooSlow, retry: true);
                yield break;
            }
            else if (await feed.GetSnapshotAsync() is { } snapshot)
            {
                _epoch = snapshot.Epoch;
                _revision = snapshot.Revision;
                yield return snapshot.Frame;
            }
            else
            {
                yield return LiveFrame.End(ErrorCodes.Deleted, retry: false);
                yield break;
            }
        }
    }

    /// <summary>Whether the position that the client named is part of this history and near enough.</summary>
    private async Task<bool> CanContinueAsync()
    {
        if (position is null || position.Epoch != feed.Epoch || position.Revision < 0)
        {
            return false;
        }

        var (behind, inRing) = feed.Measure(position.Revision);
        return behind < 0
            ? await feed.IsAheadAsync(position.Revision)
            : inRing || behind <= Options.MaximumResume;
    }

    /// <summary>What the client missed, first from the journal until the ring continues it. The first frame may be empty.</summary>
    private async IAsyncEnumerable<LiveFrame> ReadMissedAsync()
    {
        var isFirst = true;
        while (!feed.Measure(_revision).InRing)
        {
            if (await feed.ReadMissedAsync(_revision, JournalPage) is not { } missed)
            {
                break;
            }

            while (_revision < missed.Head)
            {
                var frame = missed.Compose(_revision, out _revision);
                isFirst = false;
                yield return frame;
            }
        }

        if (isFirst)
        {
            yield return feed.TryRead(_epoch, ref _revision, out _) ?? ChangeRing.Nothing;
        }
    }

    private bool MayResynchronize()
    {
        var now = Time.GetTimestamp();
        while (_resynchronized.TryPeek(out var earliest) && Time.GetElapsedTime(earliest, now) > TimeSpan.FromMinutes(1))
        {
            _resynchronized.Dequeue();
        }

        _resynchronized.Enqueue(now);
        return _resynchronized.Count <= Options.ResynchronizationsPerMinute;
    }
}
