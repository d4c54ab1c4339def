using System.Data.Common;

namespace Actors.Storage;

/// <summary>Where the simple stores run their statements: reads on pooled connections, writes wherever the dialect wants them.</summary>
internal sealed class StorageExecutor(StorageDatabase database, StorageWriter writer)
{
    public StorageDatabase Database => database;

    public Task<T> ReadAsync<T>(Func<DbConnection, CancellationToken, Task<T>> work, CancellationToken ct) => database.ReadAsync(work, ct);

    public Task<T> WriteAsync<T>(Func<DbConnection, CancellationToken, Task<T>> work, CancellationToken ct) =>
        database.HasSingleWriter ? writer.RunAsync(work, ct) : database.WriteAsync(work, ct);
}
