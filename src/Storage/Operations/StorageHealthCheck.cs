using System.Data.Common;
using System.Diagnostics;
using Dapper;
using Microsoft.Extensions.Options;

namespace Actors.Storage;

internal sealed class StorageHealthCheck(StorageExecutor storage, StorageWriter writer, IOptions<JournalOptions> options) : IStorageHealth
{
    /// <summary>A row that no grain has: it is overwritten by each probe, so that the disk has something to write.</summary>
    private const string Touch = """
        INSERT INTO grain_state (grain_type, grain_key, state_name, payload, etag) VALUES ('storage.health', 'probe', 'written', @payload, @etag)
        ON CONFLICT (grain_type, grain_key, state_name) DO UPDATE SET etag = excluded.etag
        """;

    public async Task<StorageHealth> CheckAsync(CancellationToken ct)
    {
        var (read, unread) = await MeasureAsync(() => storage.ReadAsync(ReadAsync, ct));
        var (write, unwritten) = await MeasureAsync(() => storage.WriteAsync(WriteAsync, ct));
        var problem = unread ?? unwritten ?? writer.Problem;
        return new StorageHealth(problem is null, storage.Database.Provider, read, write, writer.Pending, options.Value.MaximumPendingAppends, problem);
    }

    private static Task<long> ReadAsync(DbConnection connection, CancellationToken ct) =>
        connection.ExecuteScalarAsync<long>(new CommandDefinition("SELECT count(*) FROM schema_version", cancellationToken: ct));

    private static Task<int> WriteAsync(DbConnection connection, CancellationToken ct) =>
        connection.ExecuteAsync(new CommandDefinition(Touch, new { payload = Array.Empty<byte>(), etag = Guid.NewGuid().ToString("N") }, cancellationToken: ct));

    private static async Task<(TimeSpan? Took, string? Problem)> MeasureAsync<T>(Func<Task<T>> probe)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            await probe();
            return (Stopwatch.GetElapsedTime(started), null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return (null, exception.Message);
        }
    }
}
