using System.Data;
using System.Data.Common;
using System.Runtime.InteropServices;
using Npgsql;

namespace Actors.Storage;

/// <summary>The writer's connection on PostgreSQL: a group costs two round trips, one that locks and asks, one that writes and commits.</summary>
internal sealed class PostgresSession(NpgsqlConnection connection) : IWriterSession
{
    private readonly Dictionary<string, StreamState> _streams = new(StringComparer.Ordinal);
    private readonly Dictionary<(long Stream, Guid Batch), long> _batches = [];
    private readonly Dictionary<CatalogKey, string> _keys = [];
    private NpgsqlBatch? _writes;
    private bool _inTransaction;

    public bool IsBroken => connection.FullState is not ConnectionState.Open;

    public void Begin(IReadOnlyList<JournalAppend> appends)
    {
        _streams.Clear();
        _batches.Clear();
        _keys.Clear();
        _inTransaction = true;
        if (appends.Count == 0)
        {
            Execute("BEGIN");
            return;
        }

        using var batch = new NpgsqlBatch(connection);
        Add(batch, "BEGIN");
        var created = appends.Where(append => append.Revision == 1).Select(append => append.Stream).Distinct(StringComparer.Ordinal).ToArray();
        if (created.Length > 0)
            Add(batch, "INSERT INTO stream (name, head) SELECT name, 0 FROM unnest($1::text[]) AS name ORDER BY name COLLATE \"C\" ON CONFLICT (name) DO NOTHING", (object)created);
        var names = appends.Select(append => append.Stream).Distinct(StringComparer.Ordinal).ToArray();
        Add(batch, "SELECT name, id, head FROM stream WHERE name = ANY ($1::text[]) ORDER BY name FOR UPDATE", (object)names);
        Add(
            batch,
            """
            SELECT journal.stream_id, journal.batch_id, journal.revision
            FROM unnest($1::text[], $2::uuid[]) AS asked (name, batch_id)
            JOIN stream ON stream.name = asked.name
            JOIN journal ON journal.stream_id = stream.id AND journal.batch_id = asked.batch_id
            """,
            appends.Select(append => append.Stream).ToArray(),
            appends.Select(append => append.BatchId).ToArray());
        var keys = KeysOf(appends);
        if (keys.Length > 0)
        {
            Add(
                batch,
                """
                SELECT held.kind, held.value, held.id FROM catalog_key AS held
                JOIN unnest($1::text[], $2::text[]) AS asked (kind, value) ON asked.kind = held.kind AND asked.value = held.value
                ORDER BY held.kind, held.value FOR UPDATE OF held
                """,
                keys.Select(key => key.Kind).ToArray(),
                keys.Select(key => key.Value).ToArray());
        }

        using var reader = batch.ExecuteReader();
        ReadFacts(reader, keys.Length > 0);
    }

    public StreamState Stream(string name)
    {
        if (!_streams.TryGetValue(name, out var stream))
            _streams.Add(name, stream = new StreamState(name));
        return stream;
    }

    public long? FindBatch(StreamState stream, Guid batchId) => _batches.TryGetValue((stream.Id, batchId), out var revision) ? revision : null;

    public string? FindKey(CatalogKey key) => _keys.GetValueOrDefault(key);

    public void Write(GroupPlan plan)
    {
        if (plan.Rows.Count == 0)
            return;
        _writes = new NpgsqlBatch(connection);
        var rows = plan.Rows;
        Add(
            _writes,
            """
            INSERT INTO journal (stream_id, revision, batch_id, at, author, payload)
            SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::uuid[], $4::bigint[], $5::text[], $6::bytea[])
            """,
            rows.Select(row => row.Stream.Id).ToArray(),
            rows.Select(row => row.Append.Revision).ToArray(),
            rows.Select(row => row.Append.BatchId).ToArray(),
            rows.Select(row => row.Append.At.UtcTicks).ToArray(),
            rows.Select(row => row.Append.Author).ToArray(),
            rows.Select(row => Bytes(row.Append.Payload)).ToArray());
        Add(
            _writes,
            "UPDATE stream SET head = moved.head FROM unnest($1::bigint[], $2::bigint[]) AS moved (id, head) WHERE stream.id = moved.id",
            plan.Moved.Select(stream => stream.Id).ToArray(),
            plan.Moved.Select(stream => stream.Head).ToArray());
        PostgresCatalogWriter.Write(plan, (sql, parameters) => Add(_writes, sql, (ReadOnlySpan<object>)parameters));
    }

    public void Run(Action<DbConnection> write) => throw new NotSupportedException("On PostgreSQL other writes have connections of their own.");

    /// <summary>Nothing is remembered between transactions.</summary>
    public void Forget(string stream)
    {
    }

    public void Commit()
    {
        if (_writes is null)
        {
            Execute("COMMIT");
        }
        else
        {
            using var writes = _writes;
            _writes = null;
            Add(writes, "COMMIT");
            writes.ExecuteNonQuery();
        }

        _inTransaction = false;
    }

    public void Rollback()
    {
        _writes?.Dispose();
        _writes = null;
        if (!_inTransaction)
            return;
        _inTransaction = false;
        if (IsBroken)
            return;
        try
        {
            Execute("ROLLBACK");
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException or IOException)
        {
            // The failure that led here is the one that matters; closing the connection rolls back as well.
            connection.Close();
        }
    }

    /// <summary>The server looks after its log itself.</summary>
    public void Checkpoint()
    {
    }

    public void Dispose() => connection.Dispose();

    internal static byte[] Bytes(ReadOnlyMemory<byte> memory) =>
        MemoryMarshal.TryGetArray(memory, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length ? segment.Array : memory.ToArray();

    private void ReadFacts(NpgsqlDataReader reader, bool withKeys)
    {
        while (reader.Read())
        {
            var stream = new StreamState(reader.GetString(0)) { Id = reader.GetInt64(1), StoredHead = reader.GetInt64(2), Head = reader.GetInt64(2) };
            _streams.Add(stream.Name, stream);
        }

        reader.NextResult();
        while (reader.Read())
            _batches[(reader.GetInt64(0), reader.GetGuid(1))] = reader.GetInt64(2);
        if (!withKeys)
            return;
        reader.NextResult();
        while (reader.Read())
            _keys[new CatalogKey(reader.GetString(0), reader.GetString(1))] = reader.GetString(2);
    }

    private static CatalogKey[] KeysOf(IReadOnlyList<JournalAppend> appends) =>
    [
        .. appends.Where(append => !append.Catalog.IsDefaultOrEmpty).SelectMany(append => append.Catalog).Select(write => write switch
        {
            CatalogWrite.ClaimKey claim => new CatalogKey(claim.Kind, claim.Value),
            CatalogWrite.ReleaseKey release => new CatalogKey(release.Kind, release.Value),
            _ => default,
        }).Where(key => key.Kind is not null).Distinct(),
    ];

    private void Execute(string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static void Add(NpgsqlBatch batch, string sql, params ReadOnlySpan<object> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        batch.BatchCommands.Add(command);
    }
}
