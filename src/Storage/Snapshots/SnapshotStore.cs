using Dapper;

namespace Actors.Storage;

internal sealed class SnapshotStore(StorageExecutor storage) : ISnapshotStore
{
    public async Task<Snapshot?> LoadAsync(string stream, CancellationToken ct)
    {
        var row = await storage.ReadAsync(
            (connection, token) => connection.QuerySingleOrDefaultAsync<Row>(
                new CommandDefinition("SELECT revision, at, payload FROM snapshot WHERE stream = @stream", new { stream }, cancellationToken: token)),
            ct);
        return row is null ? null : new Snapshot(stream, row.Revision, new DateTimeOffset(row.At, TimeSpan.Zero), row.Payload);
    }

    public Task SaveAsync(Snapshot snapshot, CancellationToken ct)
    {
        var parameters = new { snapshot.Stream, snapshot.Revision, At = snapshot.At.UtcTicks, Payload = snapshot.Payload.ToArray() };
        return storage.WriteAsync(
            (connection, token) => connection.ExecuteAsync(
                new CommandDefinition(
                    """
                    INSERT INTO snapshot (stream, revision, at, payload) VALUES (@Stream, @Revision, @At, @Payload)
                    ON CONFLICT (stream) DO UPDATE SET revision = excluded.revision, at = excluded.at, payload = excluded.payload
                    WHERE excluded.revision > snapshot.revision
                    """,
                    parameters,
                    cancellationToken: token)),
            ct);
    }

    private sealed record Row(long Revision, long At, byte[] Payload);
}
