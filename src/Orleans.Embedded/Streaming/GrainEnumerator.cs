using System.Threading.Tasks.Sources;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>
/// Both ends of an enumeration. The consumer asks for a batch and waits; the grain advances its enumerator in its own turns and
/// hands over what is at hand, which resumes the consumer in one hop. The two alternate: the batch belongs to the grain while the
/// consumer waits, and to the consumer otherwise. Whoever clears <c>_waiting</c> answers the consumer.
/// </summary>
internal sealed partial class GrainEnumerator<T> : IAsyncEnumerator<T>, IValueTaskSource<bool>, ITurnWork, IActivationResource
{
    private readonly EnumerationRequest<T> _request;
    private readonly int _maxBatchSize;
    private readonly CancellationTokenSource _grainSide = new();
    private readonly CancellationToken _token;
    private readonly CancellationToken _argumentToken;
    private CancellationTokenRegistration _tokenWatch;
    private CancellationTokenRegistration _argumentWatch;
    private ManualResetValueTaskSourceCore<bool> _source = new() { RunContinuationsAsynchronously = true };
    private T[] _batch = [];
    private int _count;
    private int _next;
    private int _waiting;
    private bool _started;
    private bool _atEnd;
    private Exception? _failure;
    private Activation? _activation;
    private bool _disposed;

    public GrainEnumerator(EnumerationRequest<T> request, int maxBatchSize, CancellationToken token)
    {
        _request = request.For(this);
        _maxBatchSize = maxBatchSize;
        _token = token;
        _argumentToken = request.GetCancellationToken();
    }

    public T Current { get; private set; } = default!;

    /// <summary>Cancelled when the consumer cancels or leaves, or the activation ends.</summary>
    public CancellationToken GrainToken => _grainSide.Token;

    /// <summary>Nobody waits for the start any more.</summary>
    public bool IsOver => Volatile.Read(ref _disposed) || Volatile.Read(ref _failure) is not null;

    public ValueTask<bool> MoveNextAsync()
    {
        if (_next < _count)
        {
            Current = _batch[_next++];
            return new ValueTask<bool>(true);
        }

        // An end that came while nobody waited is read here: the turns that would tell of it may be over by now.
        if (_atEnd || _disposed || _ended)
            return new ValueTask<bool>(false);
        _source.Reset();
        Interlocked.Exchange(ref _waiting, 1);
        if (!_started)
        {
            _started = true;
            _tokenWatch = Watch(_token);
            if (_argumentToken != _token)
                _argumentWatch = Watch(_argumentToken);
            if (Volatile.Read(ref _failure) is null)
                _request.Reference.Runtime.Send(_request);
        }
        else
        {
            Volatile.Read(ref _activation)?.Turns.Post(this);
        }

        // It may have failed just before the wait began, and then nobody answers.
        if (Volatile.Read(ref _failure) is { } failure)
            AnswerWith(failure);
        return new ValueTask<bool>(this, _source.Version);
    }

    public ValueTask DisposeAsync()
    {
        if (_disposed)
            return default;
        Volatile.Write(ref _disposed, true);
        Interlocked.MemoryBarrier();
        _tokenWatch.Dispose();
        _argumentWatch.Dispose();
        if (Volatile.Read(ref _activation) is not { } activation || Volatile.Read(ref _failure) is not null)
            return default;
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _left, left);
        activation.Turns.Post(new Leaving(this));

        // Nobody acknowledges twice, and turns that were ended for good acknowledge nothing.
        if (Volatile.Read(ref _failure) is not null || _acknowledged || activation.Turns.IsDead)
            left.TrySetResult();
        return new ValueTask(left.Task);
    }

    /// <summary>Ends the enumeration for the consumer. Any thread.</summary>
    public bool Fail(Exception exception)
    {
        var first = Interlocked.CompareExchange(ref _failure, exception, null) is null;
        AnswerWith(_failure!);
        return first;
    }

    public bool NeedsBeat => true;

    public void Kill(Exception exception)
    {
        Fail(exception);
        Volatile.Read(ref _left)?.TrySetResult();
    }

    bool IValueTaskSource<bool>.GetResult(short token)
    {
        if (!_source.GetResult(token))
            return false;
        Current = _batch[0];
        _next = 1;
        return true;
    }

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    private CancellationTokenRegistration Watch(CancellationToken token) =>
        token.UnsafeRegister(static (state, token) => ((GrainEnumerator<T>)state!).OnCancelled(token), this);

    private void OnCancelled(CancellationToken token)
    {
        Fail(new OperationCanceledException(token));
        Volatile.Read(ref _activation)?.Turns.Post(new Leaving(this));
    }

    private void AnswerWith(Exception exception)
    {
        if (Interlocked.Exchange(ref _waiting, 0) == 1)
            _source.SetException(exception);
    }

    private sealed class Leaving(GrainEnumerator<T> enumerator) : ITurnWork
    {
        public void Run() => enumerator.Close();
    }
}
