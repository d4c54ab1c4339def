using Dapper;

namespace Actors.Storage;

internal sealed class BlobStore(StorageExecutor storage) : IBlobStore
{
    public Task PutAsync(string id, string contentType, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        var parameters = new { id, contentType, content = content.ToArray() };
        return storage.WriteAsync(
            (connection, token) => connection.ExecuteAsync(new CommandDefinition(
                """
                INSERT INTO blob (id, content_type, content) VALUES (@id, @contentType, @content)
                ON CONFLICT (id) DO UPDATE SET content_type = excluded.content_type, content = excluded.content
                """,
                parameters,
                cancellationToken: token)),
            ct);
    }

    public async Task<StoredBlob?> GetAsync(string id, CancellationToken ct)
    {
        var row = await storage.ReadAsync(
            (connection, token) => connection.QuerySingleOrDefaultAsync<Row>(
                new CommandDefinition("SELECT content_type AS ContentType, content FROM blob WHERE id = @id", new { id }, cancellationToken: token)),
            ct);
        return row is null ? null : new StoredBlob(id, row.ContentType, row.Content);
    }

    public Task<bool> DeleteAsync(string id, CancellationToken ct) =>
        storage.WriteAsync(
            async (connection, token) => await connection.ExecuteAsync(
                new CommandDefinition("DELETE FROM blob WHERE id = @id", new { id }, cancellationToken: token)) == 1,
            ct);

    public Task<bool> ExistsAsync(string id, CancellationToken ct) =>
        storage.ReadAsync(
            async (connection, token) => await connection.ExecuteScalarAsync<long>(
                new CommandDefinition("SELECT count(*) FROM blob WHERE id = @id", new { id }, cancellationToken: token)) == 1,
            ct);

    public Task<bool> DeleteUnlinkedAsync(string id, string linkKind, CancellationToken ct) => storage.WriteTogetherAsync(
        async connection =>
        {
            // The second statement sees what was committed before the lock was taken; what comes later waits in IsKeptAsync.
            if (!storage.Database.HasSingleWriter)
                await connection.ExecuteAsync("SELECT 1 FROM blob WHERE id = @id FOR UPDATE", new { id });
            return await connection.ExecuteAsync(
                "DELETE FROM blob WHERE id = @id AND NOT EXISTS (SELECT 1 FROM catalog_link WHERE kind = @linkKind AND from_id = @id)", new { id, linkKind }) == 1;
        },
        stream: null,
        ct);

    public Task<bool> IsKeptAsync(string id, CancellationToken ct)
    {
        var sql = "SELECT 1 FROM blob WHERE id = @id" + (storage.Database.HasSingleWriter ? "" : " FOR KEY SHARE");
        return storage.ReadAsync(
            async (connection, token) => await connection.ExecuteScalarAsync<long?>(new CommandDefinition(sql, new { id }, cancellationToken: token)) is not null,
            ct);
    }

    public Task<IReadOnlyList<string>> ListAsync(string prefix, string? after, int limit, CancellationToken ct)
    {
        // '\u007f' is behind every other character of an ASCII id.
        var parameters = new { from = prefix, upTo = prefix + '\u007f', after = after ?? "", limit };
        return storage.ReadAsync<IReadOnlyList<string>>(
            async (connection, token) =>
                [.. await connection.QueryAsync<string>(new CommandDefinition(
                    "SELECT id FROM blob WHERE id >= @from AND id < @upTo AND id > @after ORDER BY id LIMIT @limit",
                    parameters,
                    cancellationToken: token))],
            ct);
    }

    private sealed record Row(string ContentType, byte[] Content);
}
