using System.Runtime.CompilerServices;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>The grain's end of an enumeration; everything here runs in the grain's turns.</summary>
internal sealed partial class GrainEnumerator<T>
{
    private IAsyncEnumerator<T>? _items;
    private ValueTaskAwaiter<bool> _move;
    private Action? _onMoved;
    private TaskCompletionSource? _left;
    private long _lastAsked;
    private bool _moving;
    private bool _itemAtHand;
    private volatile bool _ended;
    private volatile bool _acknowledged;
    private bool _closed;

    public void Attach(Activation activation, IAsyncEnumerator<T> items)
    {
        _items = items;
        _lastAsked = activation.Engine.Clock.Now;
        activation.Add(this);
        Volatile.Write(ref _activation, activation);
        Interlocked.MemoryBarrier();
        if (IsOver)
            Close();
        else
            Advance();
    }

    /// <summary>The consumer asks for a batch.</summary>
    public void Run()
    {
        _lastAsked = _activation!.Engine.Clock.Now;
        if (_ended)
            HandOver(0, atEnd: true);

        // What was asked for may have been answered by a move that came before this turn.
        if (_closed || _moving || Volatile.Read(ref _waiting) != 1)
            return;

        // Each stretch of the enumerator runs with the context of the call that started it.
        RequestContext.Current = _request.Context;
        Advance();
    }

    public void End(DeactivationReason reason)
    {
        Fail(new EnumerationAbortedException($"{_request} was aborted because the grain deactivated: {reason}"));
        Close();
    }

    /// <summary>Drops the enumeration when nobody has polled it for the response time-out.</summary>
    public void OnBeat(long now)
    {
        var timeout = _activation!.Engine.Options.ResponseTimeout;
        if (Volatile.Read(ref _waiting) == 1 || _lastAsked + timeout.Ticks > now)
            return;
        Fail(new EnumerationAbortedException($"{_request} was dropped because nobody polled it for {timeout}."));
        Close();
    }

    /// <summary>Takes what is at hand, up to a batch, and hands it over; without any it waits for the next item.</summary>
    private void Advance()
    {
        var count = 0;
        var atEnd = false;
        Exception? failure = null;
        try
        {
            if (_itemAtHand)
            {
                _itemAtHand = false;
                Put(count++);
            }

            while (count < _maxBatchSize)
            {
#pragma warning disable CA2012 // The awaiter outlives this method, and is consumed once: here or in OnMoved.
                _move = _items!.MoveNextAsync().GetAwaiter();
#pragma warning restore CA2012
                if (!_move.IsCompleted)
                {
                    _moving = true;
                    _move.UnsafeOnCompleted(_onMoved ??= OnMoved);
                    break;
                }

                if (!_move.GetResult())
                {
                    atEnd = true;
                    break;
                }

                Put(count++);
            }
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        if (count > 0 || atEnd)
            HandOver(count, atEnd);
        if (failure is not null)
            Fail(failure);
        if (atEnd || failure is not null)
            Close();
    }

    private void OnMoved()
    {
        _moving = false;
        if (_closed)
        {
            // The outcome of the last move no longer matters to anybody, but it has to be observed before disposal.
            try
            {
                _move.GetResult();
            }
            catch (Exception exception)
            {
                _activation!.Engine.Log.EnumeratorDisposeFailed(exception, _activation.GrainId);
            }

            _ = DisposeItemsAsync();
            return;
        }

        try
        {
            if (_move.GetResult())
            {
                _itemAtHand = true;
                if (Volatile.Read(ref _waiting) == 1)
                    Advance();
                return;
            }
        }
        catch (Exception exception)
        {
            Fail(exception);
            Close();
            return;
        }

        _ended = true;
        if (Volatile.Read(ref _waiting) == 1)
            HandOver(0, atEnd: true);
        Close();
    }

    private void Put(int index)
    {
        if (index == _batch.Length)
            Array.Resize(ref _batch, Math.Min(_maxBatchSize, Math.Max(4, _batch.Length * 2)));
        var item = _items!.Current;
        _batch[index] = _activation!.Engine.Verifier is { } verifier ? verifier.VerifyItem(_request, item) : item;
    }

    private void HandOver(int count, bool atEnd)
    {
        if (Interlocked.Exchange(ref _waiting, 0) != 1)
            return;
        _count = count;
        _next = 0;
        _atEnd = atEnd;
        _source.SetResult(count > 0);
    }

    private void Close()
    {
        if (!_closed)
        {
            _closed = true;
            _activation?.Remove(this);
            _grainSide.Cancel();
            if (!_moving)
            {
                _ = DisposeItemsAsync();
                return;
            }
        }

        Acknowledge();
    }

    private void Acknowledge()
    {
        _acknowledged = true;
        Interlocked.MemoryBarrier();
        Volatile.Read(ref _left)?.TrySetResult();
    }

    private async Task DisposeItemsAsync()
    {
        try
        {
            if (_items is not null)
                await _items.DisposeAsync();
        }
        catch (Exception exception)
        {
            _activation!.Engine.Log.EnumeratorDisposeFailed(exception, _activation.GrainId);
        }

        Acknowledge();
    }
}
