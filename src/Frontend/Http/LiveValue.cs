using Microsoft.Extensions.Logging;

namespace Actors.Frontend.Http;

/// <summary>One key of <see cref="LiveValues{T}"/>: its subscription, its newest value and those who want to know.</summary>
internal sealed partial class LiveValue<T>(
    string key,
    Func<string, CancellationToken, IAsyncEnumerable<T>> watch,
    TimeProvider time,
    ILogger logger,
    CancellationToken ending)
    where T : class
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly List<Subscriber> _subscribers = [];
    private CancellationTokenSource? _round;
    private T? _current;
    private DateTimeOffset _usedAt;
    private bool _retired;

    public Task Completion { get; private set; } = Task.CompletedTask;

    public T? Use()
    {
        lock (_lock)
        {
            _usedAt = time.GetUtcNow();
            return _current;
        }
    }

    public bool TryAcquire(Subscriber? subscriber)
    {
        T? current;
        lock (_lock)
        {
            if (_retired)
                return false;

            _usedAt = time.GetUtcNow();
            if (_round is null)
            {
                _round = CancellationTokenSource.CreateLinkedTokenSource(ending);
                Completion = Task.Run(PumpAsync);
            }

            if (subscriber is not null)
                _subscribers.Add(subscriber);

            current = _current;
        }

        if (current is not null && subscriber is not null)
            Notify(subscriber, current);

        return true;
    }

    public void Release(Subscriber subscriber)
    {
        lock (_lock)
        {
            _subscribers.Remove(subscriber);
            _usedAt = time.GetUtcNow();
        }
    }

    public void Restart()
    {
        lock (_lock)
        {
            _current = null;
            _ = _round?.CancelAsync();
        }
    }

    public bool TryRetire(DateTimeOffset unusedSince)
    {
        lock (_lock)
        {
            if (_subscribers.Count > 0 || _usedAt > unusedSince)
                return false;

            _retired = true;
            _current = null;
            _ = _round?.CancelAsync();
            return true;
        }
    }

    private async Task PumpAsync()
    {
        var pause = FirstPause;
        while (NextRound() is { } round)
        {
            var startedAt = time.GetTimestamp();
            try
            {
                await foreach (var value in watch(key, round).WithCancellation(round))
                {
                    Publish(value, round);
                }
            }
            catch (OperationCanceledException) when (round.IsCancellationRequested)
            {
                continue;
            }
            catch (Exception exception)
            {
                LogBroken(logger, exception, key);
            }

            lock (_lock)
            {
                _current = null;
            }

            // Only a subscription that held for a while is a reason to hurry; one that ends at once would spin.
            pause = time.GetElapsedTime(startedAt) > LongestPause ? FirstPause : pause;
            await Task.Delay(pause, time, round).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>The token of the next subscription; null when there shall be none.</summary>
    private CancellationToken? NextRound()
    {
        lock (_lock)
        {
            if (_retired || ending.IsCancellationRequested)
            {
                _round?.Dispose();
                _round = null;
                return null;
            }

            if (_round!.IsCancellationRequested)
            {
                _round.Dispose();
                _round = CancellationTokenSource.CreateLinkedTokenSource(ending);
            }

            return _round.Token;
        }
    }

    private void Publish(T value, CancellationToken round)
    {
        Subscriber[] subscribers;
        lock (_lock)
        {
            // An item that was on its way when the value was invalidated is older than what was written.
            if (round.IsCancellationRequested)
                return;

            _current = value;
            subscribers = [.. _subscribers];
        }

        foreach (var subscriber in subscribers)
        {
            Notify(subscriber, value);
        }
    }

    private void Notify(Subscriber subscriber, T value)
    {
        try
        {
            subscriber.Notify(value);
        }
        catch (Exception exception)
        {
            // One subscriber's fault must not end everybody's subscription.
            LogSubscriber(logger, exception, key);
        }
    }

    [LoggerMessage(EventId = 3101, Level = LogLevel.Debug, Message = "The subscription to {Key} broke and is made again.")]
    private static partial void LogBroken(ILogger logger, Exception exception, string key);

    [LoggerMessage(EventId = 3102, Level = LogLevel.Error, Message = "A subscriber to {Key} failed.")]
    private static partial void LogSubscriber(ILogger logger, Exception exception, string key);

    internal sealed class Subscriber(Action<T> changed) : IDisposable
    {
        private volatile bool _disposed;

        public LiveValue<T>? Source { get; set; }

        public void Notify(T value)
        {
            if (!_disposed)
                changed(value);
        }

        public void Dispose()
        {
            _disposed = true;
            Source?.Release(this);
        }
    }
}
