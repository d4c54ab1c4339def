using System.Data.Common;
using Dapper;

namespace Actors.Storage;

/// <inheritdoc cref="IStreamRemoval"/>
/// <remarks>The new name holds the stream's number, so that a stream which is made and removed again has another.</remarks>
internal sealed class StreamRemoval(StorageExecutor storage) : IStreamRemoval
{
    private const string Prefix = "removed/";

    public Task<bool> RemoveAsync(string stream, long head, IReadOnlyList<CatalogWrite> catalog, CancellationToken ct) => storage.WriteTogetherAsync(
        async connection =>
        {
            var renamed = await connection.ExecuteAsync(
                $"UPDATE stream SET name = '{Prefix}' || CAST(id AS text) || '/' || name WHERE name = @stream AND head = @head", new { stream, head });
            if (renamed == 0)
                return false;
            await connection.ExecuteAsync("DELETE FROM snapshot WHERE stream = @stream", new { stream });
            foreach (var write in catalog)
                await RemoveAsync(connection, write);
            return true;
        },
        stream,
        ct);

    public Task<IReadOnlyList<RemovedStream>> ListAsync(int limit, CancellationToken ct)
    {
        // '\u007f' is behind every other character of a name.
        var parameters = new { from = Prefix, upTo = Prefix + '\u007f', limit };
        return storage.ReadAsync<IReadOnlyList<RemovedStream>>(
            async (connection, token) =>
                [.. (await connection.QueryAsync<string>(new CommandDefinition(
                    "SELECT name FROM stream WHERE name >= @from AND name < @upTo ORDER BY name LIMIT @limit", parameters, cancellationToken: token)))
                    .Select(name => new RemovedStream(name, name[(name.IndexOf('/', Prefix.Length) + 1)..]))],
            ct);
    }

    public Task<bool> PurgeAsync(RemovedStream removed, int maximum, CancellationToken ct) => storage.WriteTogetherAsync(
        async connection =>
        {
            if (await connection.ExecuteScalarAsync<long?>("SELECT id FROM stream WHERE name = @Name", new { removed.Name }) is not { } id)
                return true;
            var deleted = await connection.ExecuteAsync(
                """
                DELETE FROM journal WHERE stream_id = @id AND revision IN
                    (SELECT revision FROM journal WHERE stream_id = @id ORDER BY revision LIMIT @maximum)
                """,
                new { id, maximum });
            if (deleted == maximum)
                return false;
            await connection.ExecuteAsync("DELETE FROM stream WHERE id = @id", new { id });

            // A snapshot that was on its way when the stream was removed.
            await connection.ExecuteAsync(
                "DELETE FROM snapshot WHERE stream = @Stream AND NOT EXISTS (SELECT 1 FROM stream WHERE name = @Stream)", new { removed.Stream });
            return true;
        },
        removed.Name,
        ct);

    private static Task<int> RemoveAsync(DbConnection connection, CatalogWrite write) => write switch
    {
        CatalogWrite.RemoveEntry(var kind, var id) => connection.ExecuteAsync("DELETE FROM catalog_entry WHERE kind = @kind AND id = @id", new { kind, id }),
        CatalogWrite.RemoveLink(var kind, var from, var to) => connection.ExecuteAsync(
            "DELETE FROM catalog_link WHERE kind = @kind AND from_id = @from AND to_id = @to", new { kind, from, to }),
        _ => throw new ArgumentException($"A removal only removes; {write.GetType().Name} does not.", nameof(write)),
    };
}
