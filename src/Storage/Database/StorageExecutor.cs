using System.Data.Common;

namespace Actors.Storage;

/// <summary>Where the simple stores run their statements: reads on pooled connections, writes wherever the dialect wants them.</summary>
internal sealed class StorageExecutor(StorageDatabase database, StorageWriter writer)
{
    public StorageDatabase Database => database;

    public Task<T> ReadAsync<T>(Func<DbConnection, CancellationToken, Task<T>> work, CancellationToken ct) => database.ReadAsync(work, ct);

    public Task<T> WriteAsync<T>(Func<DbConnection, CancellationToken, Task<T>> work, CancellationToken ct) =>
        database.HasSingleWriter ? writer.RunAsync(work, ct) : database.WriteAsync(work, ct);

    /// <summary>Several statements, all or none.</summary>
    /// <param name="work">The statements.</param>
    /// <param name="stream">The stream that they change behind the journal's back; null for none.</param>
    /// <param name="ct">Ends the wait.</param>
    public Task<T> WriteTogetherAsync<T>(Func<DbConnection, Task<T>> work, string? stream, CancellationToken ct) =>
        database.HasSingleWriter
            ? writer.RunAsync((connection, _) => work(connection), ct, stream)
            : database.WriteAsync(
                async (connection, token) =>
                {
                    await using var transaction = await connection.BeginTransactionAsync(token);
                    var result = await work(connection);
                    await transaction.CommitAsync(token);
                    return result;
                },
                ct);
}
