using System.Data.Common;
using Dapper;

namespace Actors.Storage;

internal sealed class GrainStateStore(StorageExecutor storage) : IGrainStateStore
{
    private const string ThisState = "grain_type = @GrainType AND grain_key = @GrainKey AND state_name = @StateName";

    public async Task<StoredGrainState?> ReadAsync(GrainStateKey key, CancellationToken ct)
    {
        var row = await storage.ReadAsync(
            (connection, token) => connection.QuerySingleOrDefaultAsync<Row>(
                new CommandDefinition($"SELECT payload, etag FROM grain_state WHERE {ThisState}", key, cancellationToken: token)),
            ct);
        return row is null ? null : new StoredGrainState(row.Payload, row.Etag);
    }

    public Task<GrainStateResult> WriteAsync(GrainStateKey key, ReadOnlyMemory<byte> payload, string? expectedEtag, CancellationToken ct)
    {
        var etag = NewEtag();
        var parameters = new { key.GrainType, key.GrainKey, key.StateName, payload = payload.ToArray(), etag, expectedEtag };
        var sql = expectedEtag is null
            ? """
              INSERT INTO grain_state (grain_type, grain_key, state_name, payload, etag) VALUES (@GrainType, @GrainKey, @StateName, @payload, @etag)
              ON CONFLICT (grain_type, grain_key, state_name) DO NOTHING
              """
            : $"UPDATE grain_state SET payload = @payload, etag = @etag WHERE {ThisState} AND etag = @expectedEtag";
        return SwapAsync(key, sql, parameters, etag, ct);
    }

    public Task<GrainStateResult> ClearAsync(GrainStateKey key, string? expectedEtag, CancellationToken ct)
    {
        var parameters = new { key.GrainType, key.GrainKey, key.StateName, expectedEtag };
        return expectedEtag is null
            ? storage.WriteAsync((connection, token) => CurrentAsync(connection, key, absentSucceeds: true, token), ct)
            : SwapAsync(key, $"DELETE FROM grain_state WHERE {ThisState} AND etag = @expectedEtag", parameters, newEtag: null, ct);
    }

    private Task<GrainStateResult> SwapAsync(GrainStateKey key, string sql, object parameters, string? newEtag, CancellationToken ct) =>
        storage.WriteAsync(
            async (connection, token) =>
            {
                var changed = await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: token));
                return changed == 1 ? new GrainStateResult(Succeeded: true, newEtag) : await CurrentAsync(connection, key, absentSucceeds: false, token);
            },
            ct);

    private static async Task<GrainStateResult> CurrentAsync(DbConnection connection, GrainStateKey key, bool absentSucceeds, CancellationToken ct)
    {
        var etag = await connection.ExecuteScalarAsync<string?>(
            new CommandDefinition($"SELECT etag FROM grain_state WHERE {ThisState}", key, cancellationToken: ct));
        return new GrainStateResult(absentSucceeds && etag is null, etag);
    }

    /// <summary>Random, so that an etag from before a clear never matches a state written after it.</summary>
    private static string NewEtag() => Guid.NewGuid().ToString("N");

    private sealed record Row(byte[] Payload, string Etag);
}
