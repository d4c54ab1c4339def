using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Actors.Frontend.Http;

/// <summary>
/// The newest value of what grains let us watch, one subscription per key however many ask. A subscription that breaks is
/// made again; while it is not live there is no current value, so a reader asks the grain itself. One that nobody used for
/// a while is dropped.
/// </summary>
/// <param name="watch">Subscribes to a key. The first item comes at once, further ones with each change.</param>
internal sealed class LiveValues<T>(Func<string, CancellationToken, IAsyncEnumerable<T>> watch, TimeProvider time, ILogger logger) : IAsyncDisposable
    where T : class
{
    private static readonly TimeSpan IdleAge = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, LiveValue<T>> _entries = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _ending = new();
    private ITimer? _sweeper;

    /// <summary>The newest value when it is known to be live; otherwise null. Asking starts no subscription.</summary>
    public T? Current(string key) => _entries.TryGetValue(key, out var entry) ? entry.Use() : null;

    /// <summary>Begins to watch a key, if nobody does.</summary>
    public void Start(string key) => Acquire(key, null);

    /// <summary>Calls back with the current value, if there is one, and with every further one, until disposed.</summary>
    public IDisposable Subscribe(string key, Action<T> changed)
    {
        var subscriber = new LiveValue<T>.Subscriber(changed);
        subscriber.Source = Acquire(key, subscriber);
        return subscriber;
    }

    /// <summary>Forgets the value and subscribes anew, so that whoever just changed it reads what they wrote.</summary>
    public void Invalidate(string key)
    {
        if (_entries.TryGetValue(key, out var entry))
            entry.Restart();
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        if (_sweeper is { } sweeper)
            await sweeper.DisposeAsync();

        await Task.WhenAll(_entries.Values.Select(entry => entry.Completion));
        _ending.Dispose();
    }

    private LiveValue<T> Acquire(string key, LiveValue<T>.Subscriber? subscriber)
    {
        LazyInitializer.EnsureInitialized(ref _sweeper, () => time.CreateTimer(_ => Sweep(), null, IdleAge, IdleAge));
        while (true)
        {
            var entry = _entries.GetOrAdd(key, added => new LiveValue<T>(added, watch, time, logger, _ending.Token));
            if (entry.TryAcquire(subscriber))
                return entry;

            _entries.TryRemove(KeyValuePair.Create(key, entry));
        }
    }

    private void Sweep()
    {
        var before = time.GetUtcNow() - IdleAge;
        foreach (var (key, entry) in _entries)
        {
            if (entry.TryRetire(before))
                _entries.TryRemove(KeyValuePair.Create(key, entry));
        }
    }
}
