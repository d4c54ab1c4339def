using System.Diagnostics;
using Dapper;

namespace Actors.Storage;

internal sealed class StorageHealthCheck(StorageDatabase database, StorageWriter writer) : IStorageHealth
{
    public async Task<StorageHealth> CheckAsync(CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        var problem = await ProbeAsync(ct) ?? writer.Problem;
        return new StorageHealth(problem is null, database.Provider, Stopwatch.GetElapsedTime(started), writer.Pending, problem);
    }

    private async Task<string?> ProbeAsync(CancellationToken ct)
    {
        try
        {
            await database.ReadAsync(
                (connection, token) => connection.ExecuteScalarAsync<long>(new CommandDefinition("SELECT count(*) FROM schema_version", cancellationToken: token)),
                ct);
            return null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return exception.Message;
        }
    }
}
