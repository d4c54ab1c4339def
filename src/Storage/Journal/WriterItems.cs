using System.Data.Common;

namespace Actors.Storage;

/// <summary>Something queued for the writer. Continuations never run on the writer's thread.</summary>
internal interface IWriterItem
{
    void Unavailable(string reason, Exception? cause);
}

/// <summary>An append and the task that its caller awaits, in one object.</summary>
internal sealed class PendingAppend(JournalAppend append)
    : TaskCompletionSource<AppendResult>(TaskCreationOptions.RunContinuationsAsynchronously), IWriterItem
{
    public JournalAppend Append { get; } = append;

    public AppendResult Outcome { get; set; }

    public void Unavailable(string reason, Exception? cause) =>
        TrySetResult(new AppendResult(AppendStatus.Unavailable, Append.Revision, reason));
}

/// <summary>A write of another store that shares the group's transaction.</summary>
internal abstract class PendingWrite(CancellationToken ct) : IWriterItem
{
    /// <summary>Cancelled before it was started: it will not be run at all.</summary>
    public bool IsCancelled => ct.IsCancellationRequested;

    /// <summary>The stream that it changes; null for none.</summary>
    public string? Stream { get; init; }

    protected CancellationToken Token => ct;

    public abstract void Execute(DbConnection connection);

    public abstract void Committed();

    public abstract void Fail(Exception exception);

    public void Cancel() => Fail(new OperationCanceledException(ct));

    public void Unavailable(string reason, Exception? cause) =>
        Fail(cause is null ? new StorageUnavailableException(reason) : new StorageUnavailableException(reason, cause));
}

internal sealed class PendingWrite<T>(Func<DbConnection, CancellationToken, Task<T>> work, CancellationToken ct) : PendingWrite(ct)
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Task => _completion.Task;

    /// <summary>The SQLite provider completes its asynchronous methods synchronously, so nothing is waited for here.</summary>
    public override void Execute(DbConnection connection) => _result = work(connection, CancellationToken.None).GetAwaiter().GetResult();

    public override void Committed() => _completion.TrySetResult(_result!);

    public override void Fail(Exception exception)
    {
        if (exception is OperationCanceledException)
            _completion.TrySetCanceled(Token);
        else
            _completion.TrySetException(exception);
    }
}
