namespace Orleans.Embedded;

/// <summary>A call with a result.</summary>
internal abstract class TaskRequest<T> : GrainRequest
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override bool IsCompleted => _answer.Task.IsCompleted;

    public abstract Task<T> CallGrain(object grain);

    public Task<T> Send()
    {
        Reference.Runtime.Send(this);
        return _answer.Task;
    }

    public sealed override void Begin(Activation activation, object grain)
    {
        Task<T> task;
        try
        {
            task = CallGrain(grain) ?? throw new InvalidOperationException($"{this} returned null in place of a task.");
        }
        catch (Exception exception)
        {
            task = Task.FromException<T>(exception);
        }

        if (task.IsCompleted)
            Settle(activation, task);
        else
            _ = task.ContinueWith(static (task, state) => ((TaskRequest<T>)state!).Resume(task), this, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, activation.Turns);
    }

    public sealed override async Task<object?> BeginBoxed(Activation? activation, object grain) => await CallGrain(grain);

    public sealed override void SetResult(object? result)
    {
        if (_answer.TrySetResult((T)result!))
            StopWatching();
    }

    public sealed override bool Fail(Exception exception)
    {
        if (!(exception is OperationCanceledException cancelled ? _answer.TrySetCanceled(cancelled.CancellationToken) : _answer.TrySetException(exception)))
            return false;
        StopWatching();
        return true;
    }

    public sealed override bool Cancel(CancellationToken token) => _answer.TrySetCanceled(token);

    private void Resume(Task<T> task) => Settle(RunningOn!, task);

    private void Settle(Activation activation, Task<T> task)
    {
        if (task.IsCompletedSuccessfully ? _answer.TrySetResult(task.Result) : _answer.TrySetFromTask(task))
            StopWatching();
        activation.Finish(this, task.IsFaulted ? task.Exception.InnerException : null);
    }
}

/// <summary>A call without a result. When it is one-way nobody waits, and a failure is only logged.</summary>
internal abstract class VoidRequest : GrainRequest
{
    private TaskCompletionSource? _answer;

    public override bool IsCompleted => _answer is { Task.IsCompleted: true };

    public abstract Task CallGrain(object grain);

    public Task Send()
    {
        if (Shape.OneWay)
        {
            Reference.Runtime.Send(this);
            return Task.CompletedTask;
        }

        var answer = _answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Reference.Runtime.Send(this);
        return answer.Task;
    }

    public sealed override void Begin(Activation activation, object grain)
    {
        Task task;
        try
        {
            task = CallGrain(grain) ?? throw new InvalidOperationException($"{this} returned null in place of a task.");
        }
        catch (Exception exception)
        {
            task = Task.FromException(exception);
        }

        if (task.IsCompleted)
            Settle(activation, task);
        else
            _ = task.ContinueWith(static (task, state) => ((VoidRequest)state!).Resume(task), this, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, activation.Turns);
    }

    public sealed override async Task<object?> BeginBoxed(Activation? activation, object grain)
    {
        await CallGrain(grain);
        return null;
    }

    public sealed override void SetResult(object? result)
    {
        if (_answer?.TrySetResult() == true)
            StopWatching();
    }

    public sealed override bool Fail(Exception exception)
    {
        if (_answer is not { } answer)
        {
            (Reference.Runtime as EmbeddedEngine)?.Log.OneWayFailed(exception, this);
            return true;
        }

        if (!(exception is OperationCanceledException cancelled ? answer.TrySetCanceled(cancelled.CancellationToken) : answer.TrySetException(exception)))
            return false;
        StopWatching();
        return true;
    }

    public sealed override bool Cancel(CancellationToken token) => _answer?.TrySetCanceled(token) ?? false;

    private void Resume(Task task) => Settle(RunningOn!, task);

    private void Settle(Activation activation, Task task)
    {
        if (task.IsFaulted && _answer is null)
            Fail(task.Exception.InnerException!);
        else if (task.IsCompletedSuccessfully ? _answer?.TrySetResult() == true : _answer?.TrySetFromTask(task) == true)
            StopWatching();
        activation.Finish(this, task.IsFaulted ? task.Exception.InnerException : null);
    }
}
