namespace Actors.Frontend.Live;

/// <summary>What clients of this silo share of one grain.</summary>
internal interface IFeed : IDisposable
{
    /// <summary>The grain's key.</summary>
    string Key { get; }

    /// <summary>Why the stream is over for everyone, or null.</summary>
    LiveFrame? Ended { get; }

    /// <summary>Ends every stream of this feed, now and to come.</summary>
    void End(LiveFrame frame);
}

/// <summary>The feeds of one kind, one per grain that somebody here watches; each is kept a while for those who come back.</summary>
internal sealed class FeedPool<TFeed>(Func<string, TFeed> create, TimeSpan linger, TimeProvider time) : IDisposable
    where TFeed : class, IFeed
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _feeds = new(StringComparer.Ordinal);
    private LiveFrame? _end;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _feeds.Count;
            }
        }
    }

    public TFeed[] All()
    {
        lock (_gate)
        {
            return [.. _feeds.Values.Select(entry => entry.Feed)];
        }
    }

    /// <summary>The feed of a grain, begun if nobody watched it. Each call is paired with <see cref="Release"/>.</summary>
    public TFeed Acquire(string key)
    {
        lock (_gate)
        {
            if (_feeds.TryGetValue(key, out var entry) && entry.Feed.Ended is null)
            {
                entry.Uses++;
                entry.Linger?.Dispose();
                entry.Linger = null;
                return entry.Feed;
            }

            var feed = create(key);
            if (_end is { } end)
            {
                feed.End(end);
            }

            _feeds[key] = new Entry(feed) { Uses = 1 };
            return feed;
        }
    }

    public void Release(TFeed feed)
    {
        lock (_gate)
        {
            if (!_feeds.TryGetValue(feed.Key, out var entry) || entry.Feed != feed)
            {
                // It had ended and a newer one took its place.
                feed.Dispose();
                return;
            }

            if (--entry.Uses > 0)
            {
                return;
            }

            if (feed.Ended is not null || linger == TimeSpan.Zero)
            {
                Forget(entry);
            }
            else
            {
                entry.Linger = time.CreateTimer(_ => ForgetIfUnused(entry), null, linger, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Ends every stream, now and to come, with this frame.</summary>
    public void EndAll(LiveFrame frame)
    {
        TFeed[] feeds;
        lock (_gate)
        {
            _end = frame;
            feeds = [.. _feeds.Values.Select(entry => entry.Feed)];
        }

        foreach (var feed in feeds)
        {
            feed.End(frame);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var entry in _feeds.Values)
            {
                entry.Linger?.Dispose();
                entry.Feed.Dispose();
            }

            _feeds.Clear();
        }
    }

    private void ForgetIfUnused(Entry entry)
    {
        lock (_gate)
        {
            if (entry.Uses == 0 && _feeds.TryGetValue(entry.Feed.Key, out var current) && current == entry)
            {
                Forget(entry);
            }
        }
    }

    private void Forget(Entry entry)
    {
        entry.Linger?.Dispose();
        _feeds.Remove(entry.Feed.Key);
        entry.Feed.Dispose();
    }

    private sealed class Entry(TFeed feed)
    {
        public TFeed Feed { get; } = feed;

        public int Uses { get; set; }

        public ITimer? Linger { get; set; }
    }
}
