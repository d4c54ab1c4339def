namespace Actors.Frontend.Live;

/// <summary>
/// Keeps a connection's calls on one design in the order in which they came, while it is still being found out whether
/// they are allowed. Invariant: a call never overtakes one that came before it and waits.
/// </summary>
internal sealed class DesignLane(string designId, Func<string, Task<DesignAccess>> resolve) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource<DesignAccess>> _waiting = new();
    private DesignAccess? _access;
    private bool _isResolving;
    private bool _isDisposed;
    private long _lastUse;

    public string DesignId { get; } = designId;

    /// <summary>When a call came last, in milliseconds of the process.</summary>
    public long LastUse => Volatile.Read(ref _lastUse);

    /// <summary>Whether nobody waits, so that what comes next overtakes nobody wherever it goes.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return _access is not null;
            }
        }
    }

    /// <summary>What the connection may do, in turn; completes at once when that is known and nobody waits.</summary>
    public ValueTask<DesignAccess> EnterAsync()
    {
        Volatile.Write(ref _lastUse, Environment.TickCount64);
        lock (_gate)
        {
            if (_access is { } access)
            {
                return new ValueTask<DesignAccess>(access);
            }

            // Continuations run inside SetResult on purpose: each call has reached its grain before the next starts.
            var turn = new TaskCompletionSource<DesignAccess>();
            _waiting.Enqueue(turn);
            if (!_isResolving)
            {
                _isResolving = true;
                _ = ResolveAsync();
            }

            return new ValueTask<DesignAccess>(turn.Task);
        }
    }

    public void Dispose()
    {
        DesignAccess? access;
        lock (_gate)
        {
            _isDisposed = true;
            access = _access;
        }

        access?.Dispose();
    }

    private async Task ResolveAsync()
    {
        await Task.Yield();
        DesignAccess access;
        try
        {
            access = await resolve(DesignId);
        }
        catch (Exception exception)
        {
            FailAll(exception);
            return;
        }

        while (NextTurn(access) is { } turn)
        {
            turn.SetResult(access);
        }
    }

    private TaskCompletionSource<DesignAccess>? NextTurn(DesignAccess access)
    {
        lock (_gate)
        {
            if (_waiting.TryDequeue(out var turn))
            {
                return turn;
            }

            _access = access;
            if (_isDisposed)
            {
                access.Dispose();
            }

            return null;
        }
    }

    private void FailAll(Exception exception)
    {
        TaskCompletionSource<DesignAccess>[] turns;
        lock (_gate)
        {
            turns = [.. _waiting];
            _waiting.Clear();
            _isResolving = false;
        }

        foreach (var turn in turns)
        {
            turn.SetException(exception);
        }
    }
}
