using Dapper;

namespace Actors.Storage;

internal sealed class ReminderTable(StorageExecutor storage) : IReminderTable
{
    private const string Select = "SELECT grain_id AS GrainId, name, start_at AS StartAt, period, etag FROM reminder";

    public Task<IReadOnlyList<ReminderRow>> ReadAllAsync(CancellationToken ct) =>
        QueryAsync($"{Select} ORDER BY grain_id, name", new { }, ct);

    public Task<IReadOnlyList<ReminderRow>> ReadAsync(string grainId, CancellationToken ct) =>
        QueryAsync($"{Select} WHERE grain_id = @grainId ORDER BY name", new { grainId }, ct);

    public async Task<ReminderRow?> FindAsync(string grainId, string name, CancellationToken ct)
    {
        var rows = await QueryAsync($"{Select} WHERE grain_id = @grainId AND name = @name", new { grainId, name }, ct);
        return rows.Count == 0 ? null : rows[0];
    }

    public Task<string> UpsertAsync(ReminderRow row, CancellationToken ct)
    {
        var etag = Guid.NewGuid().ToString("N");
        var parameters = new { row.GrainId, row.Name, StartAt = row.StartAt.UtcTicks, Period = row.Period.Ticks, etag };
        return storage.WriteAsync(
            async (connection, token) =>
            {
                await connection.ExecuteAsync(new CommandDefinition(
                    """
                    INSERT INTO reminder (grain_id, name, start_at, period, etag) VALUES (@GrainId, @Name, @StartAt, @Period, @etag)
                    ON CONFLICT (grain_id, name) DO UPDATE SET start_at = excluded.start_at, period = excluded.period, etag = excluded.etag
                    """,
                    parameters,
                    cancellationToken: token));
                return etag;
            },
            ct);
    }

    public Task<bool> RemoveAsync(string grainId, string name, string? etag, CancellationToken ct)
    {
        var sql = "DELETE FROM reminder WHERE grain_id = @grainId AND name = @name" + (etag is null ? "" : " AND etag = @etag");
        return storage.WriteAsync(
            async (connection, token) => await connection.ExecuteAsync(new CommandDefinition(sql, new { grainId, name, etag }, cancellationToken: token)) == 1,
            ct);
    }

    private Task<IReadOnlyList<ReminderRow>> QueryAsync(string sql, object parameters, CancellationToken ct) =>
        storage.ReadAsync<IReadOnlyList<ReminderRow>>(
            async (connection, token) =>
            {
                var rows = await connection.QueryAsync<Row>(new CommandDefinition(sql, parameters, cancellationToken: token));
                return [.. rows.Select(row => row.Reminder())];
            },
            ct);

    private sealed record Row(string GrainId, string Name, long StartAt, long Period, string Etag)
    {
        public ReminderRow Reminder() => new(GrainId, Name, new DateTimeOffset(StartAt, TimeSpan.Zero), TimeSpan.FromTicks(Period), Etag);
    }
}
