using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Actors.Storage;

/// <summary>The writer's connection on SQLite.</summary>
internal sealed class SqliteSession : IWriterSession
{
    /// <summary>Streams kept in memory so that an append to one needs no look-up. About 150 bytes each.</summary>
    private const int MaximumCachedStreams = 50_000;

    private readonly SqliteConnection _connection;
    private readonly sqlite3 _database;
    private readonly List<SqliteStatement> _statements = [];
    private readonly Dictionary<string, StreamState> _streams = new(StringComparer.Ordinal);
    private readonly SqliteCatalogWriter _catalog;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _dataVersion;
    private readonly SqliteStatement _findStream;
    private readonly SqliteStatement _addStream;
    private readonly SqliteStatement _moveHead;
    private readonly SqliteStatement _findBatch;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _findKey;
    private readonly byte[] _batch = new byte[16];
    private long _seenVersion = -1;

    public SqliteSession(SqliteConnection connection)
    {
        _connection = connection;
        _database = connection.Handle!;
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _dataVersion = Prepare("PRAGMA data_version");
        _findStream = Prepare("SELECT id, head FROM stream WHERE name = ?1");
        _addStream = Prepare("INSERT INTO stream (name, head) VALUES (?1, 0)");
        _moveHead = Prepare("UPDATE stream SET head = ?3 WHERE id = ?1 AND head = ?2");
        _findBatch = Prepare("SELECT revision FROM journal WHERE stream_id = ?1 AND batch_id = ?2");
        _insert = Prepare("INSERT INTO journal (stream_id, revision, batch_id, at, author, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        _findKey = Prepare("SELECT id FROM catalog_key WHERE kind = ?1 AND value = ?2");
        _catalog = new SqliteCatalogWriter(Prepare);
    }

    /// <summary>A failure that is not an outage leaves a connection as it was, once the transaction is rolled back.</summary>
    public bool IsBroken => raw.sqlite3_get_autocommit(_database) == 0;

    public void Begin(IReadOnlyList<JournalAppend> appends)
    {
        _begin.Execute();
        // The version changes when any other connection has written: only then may a stream be other than remembered.
        _dataVersion.Step();
        var version = _dataVersion.Int64(0);
        _dataVersion.Reset();
        if (version != _seenVersion || _streams.Count > MaximumCachedStreams)
            _streams.Clear();
        _seenVersion = version;
    }

    public StreamState Stream(string name)
    {
        if (_streams.TryGetValue(name, out var known))
            return known;
        var stream = new StreamState(name);
        if (_findStream.Bind(1, name).Step())
        {
            stream.Id = _findStream.Int64(0);
            stream.Head = stream.StoredHead = _findStream.Int64(1);
        }

        _findStream.Reset();
        _streams.Add(name, stream);
        return stream;
    }

    public long? FindBatch(StreamState stream, Guid batchId)
    {
        if (stream.Id == 0)
            return null;
        long? revision = _findBatch.Bind(1, stream.Id).Bind(2, Bytes(batchId)).Step() ? _findBatch.Int64(0) : null;
        _findBatch.Reset();
        return revision;
    }

    public string? FindKey(CatalogKey key)
    {
        var holder = _findKey.Bind(1, key.Kind).Bind(2, key.Value).Step() ? _findKey.Text(0) : null;
        _findKey.Reset();
        return holder;
    }

    public void Write(GroupPlan plan)
    {
        foreach (var stream in plan.Moved)
            MoveHead(stream);
        foreach (var (stream, append) in plan.Rows)
        {
            _insert.Bind(1, stream.Id).Bind(2, append.Revision).Bind(3, Bytes(append.BatchId)).Bind(4, append.At.UtcTicks)
                .Bind(5, append.Author).Bind(6, append.Payload.Span).Execute();
        }

        _catalog.Write(plan);
    }

    public void Run(Action<DbConnection> write)
    {
        Execute("SAVEPOINT other_write");
        try
        {
            write(_connection);
        }
        catch
        {
            Execute("ROLLBACK TO other_write");
            Execute("RELEASE other_write");
            throw;
        }

        Execute("RELEASE other_write");
    }

    public void Forget(string stream) => _streams.Remove(stream);

    public void Commit() => _commit.Execute();

    public void Rollback()
    {
        _streams.Clear();
        if (raw.sqlite3_get_autocommit(_database) == 0)
            raw.sqlite3_exec(_database, "ROLLBACK");
    }

    public void Checkpoint() => Execute("PRAGMA wal_checkpoint(TRUNCATE)");

    public void Dispose()
    {
        foreach (var statement in _statements)
            statement.Dispose();
        _connection.Dispose();
    }

    private void MoveHead(StreamState stream)
    {
        if (stream.Id == 0)
        {
            _addStream.Bind(1, stream.Name).Execute();
            stream.Id = raw.sqlite3_last_insert_rowid(_database);
        }

        if (_moveHead.Bind(1, stream.Id).Bind(2, stream.StoredHead).Bind(3, stream.Head).Execute() != 1)
            throw new InvalidOperationException($"The head of stream '{stream.Name}' is not {stream.StoredHead} though its transaction holds the write lock.");
    }

    private ReadOnlySpan<byte> Bytes(Guid batchId)
    {
        batchId.TryWriteBytes(_batch, bigEndian: true, out _);
        return _batch;
    }

    private SqliteStatement Prepare(string sql)
    {
        var statement = new SqliteStatement(_database, sql);
        _statements.Add(statement);
        return statement;
    }

    private void Execute(string sql)
    {
        using var statement = new SqliteStatement(_database, sql);
        statement.Step();
    }
}
