using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;

namespace Actors.Storage;

/// <summary>The journal of one process: appends go to the writer, reads to pooled connections.</summary>
internal sealed class Journal(StorageExecutor storage, StorageWriter writer, JournalOptions options) : IJournal
{
    private const string SelectEntries =
        """
        SELECT revision, batch_id, at, author, payload FROM journal
        WHERE stream_id = (SELECT id FROM stream WHERE name = @stream)
        """;

    public Task<AppendResult> AppendAsync(JournalAppend append)
    {
        AppendRules.Check(append);
        return writer.AppendAsync(append);
    }

    public async IAsyncEnumerable<JournalEntry> ReadAsync(string stream, long afterRevision, int maximum, [EnumeratorCancellation] CancellationToken ct)
    {
        var after = afterRevision;
        for (var left = maximum; left > 0;)
        {
            var limit = Math.Min(left, options.ReadPageSize);
            var page = await ReadPageAsync(stream, after, limit, ct);
            foreach (var entry in page)
                yield return entry;
            if (page.Count < limit)
                yield break;
            after = page[^1].Revision;
            left -= page.Count;
        }
    }

    public async Task<JournalEntry?> FindBatchAsync(string stream, Guid batchId, CancellationToken ct)
    {
        var parameters = new { stream, batch = storage.Database.BatchParameter(batchId) };
        var found = await QueryAsync(stream, SelectEntries + " AND batch_id = @batch", parameters, ct);
        return found.Count == 0 ? null : found[0];
    }

    public Task<long> GetHeadAsync(string stream, CancellationToken ct) =>
        storage.ReadAsync(
            (connection, token) => connection.ExecuteScalarAsync<long>(
                new CommandDefinition("SELECT coalesce((SELECT head FROM stream WHERE name = @stream), 0)", new { stream }, cancellationToken: token)),
            ct);

    private Task<List<JournalEntry>> ReadPageAsync(string stream, long after, int limit, CancellationToken ct) =>
        QueryAsync(stream, SelectEntries + " AND revision > @after ORDER BY revision LIMIT @limit", new { stream, after, limit }, ct);

    private Task<List<JournalEntry>> QueryAsync(string stream, string sql, object parameters, CancellationToken ct) =>
        storage.ReadAsync(
            async (connection, token) =>
            {
                await using var reader = await connection.ExecuteReaderAsync(new CommandDefinition(sql, parameters, cancellationToken: token));
                var entries = new List<JournalEntry>();
                while (await reader.ReadAsync(token))
                    entries.Add(Entry(stream, reader));
                return entries;
            },
            ct);

    private JournalEntry Entry(string stream, DbDataReader reader) =>
        new(
            stream,
            reader.GetInt64(0),
            storage.Database.ReadBatch(reader, 1),
            new DateTimeOffset(reader.GetInt64(2), TimeSpan.Zero),
            reader.GetString(3),
            reader.GetFieldValue<byte[]>(4));
}
