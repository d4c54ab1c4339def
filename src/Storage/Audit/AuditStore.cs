using System.Text;
using Dapper;

namespace Actors.Storage;

internal sealed class AuditStore(StorageExecutor storage) : IAuditStore
{
    public Task AppendAsync(IReadOnlyList<AuditRow> rows, CancellationToken ct)
    {
        const string Sql = """
            INSERT INTO audit (id, project, account, action, subject_kind, subject, status, calls, data)
            VALUES (@Id, @Project, @Account, @Action, @SubjectKind, @Subject, @Status, @Calls, @Data)
            ON CONFLICT (id) DO NOTHING
            """;
        return storage.WriteAsync(
            async (connection, token) =>
            {
                var added = 0;
                foreach (var row in rows)
                    added += await connection.ExecuteAsync(new CommandDefinition(Sql, row, cancellationToken: token));
                return added;
            },
            ct);
    }

    public Task<IReadOnlyList<AuditRow>> ListAsync(AuditQuery query, CancellationToken ct)
    {
        var parameters = new DynamicParameters(new { query.LowestStatus, query.HighestStatus, query.Limit });
        var sql = new StringBuilder("SELECT id, project, account, action, subject_kind AS SubjectKind, subject, status, calls, data FROM audit");
        sql.Append(" WHERE status BETWEEN @LowestStatus AND @HighestStatus");
        Where(" AND project = @project", "project", query.Project);
        Where(" AND account = @account", "account", query.Account);
        Where(" AND action = @action", "action", query.Action);
        Where(" AND subject = @subject", "subject", query.Subject);
        Where(
            " AND (lower(action) LIKE @pattern ESCAPE '!' OR lower(subject_kind) LIKE @pattern ESCAPE '!' OR lower(subject) LIKE @pattern ESCAPE '!')",
            "pattern",
            query.Contains is { } text ? LikePattern.Contains(text) : null);
        Where(" AND id >= @fromId", "fromId", query.FromId);
        Where(" AND id < @beforeId", "beforeId", query.BeforeId);
        Where(query.Ascending ? " AND id > @afterId" : " AND id < @afterId", "afterId", query.AfterId);
        sql.Append(query.Ascending ? " ORDER BY id ASC LIMIT @Limit" : " ORDER BY id DESC LIMIT @Limit");
        return storage.ReadAsync<IReadOnlyList<AuditRow>>(
            async (connection, token) =>
            {
                var rows = await connection.QueryAsync<Row>(new CommandDefinition(sql.ToString(), parameters, cancellationToken: token));
                return [.. rows.Select(row => row.ToAudit())];
            },
            ct);

        void Where(string condition, string name, string? value)
        {
            if (value is null)
                return;
            sql.Append(condition);
            parameters.Add(name, value);
        }
    }

    public Task<long> CountAsync(string project, string subjectKind, string fromId, CancellationToken ct) => storage.ReadAsync(
        (connection, token) => connection.ExecuteScalarAsync<long>(new CommandDefinition(
            """
            SELECT CAST(coalesce(sum(calls), 0) AS bigint) FROM audit
            WHERE project = @project AND id >= @fromId AND subject_kind = @subjectKind AND status < 400
            """,
            new { project, subjectKind, fromId },
            cancellationToken: token)),
        ct);

    /// <summary>Filled by property, since the dialects differ in how wide their integers are.</summary>
    private sealed class Row
    {
        public string Id { get; init; } = "";

        public string Project { get; init; } = "";

        public string Account { get; init; } = "";

        public string Action { get; init; } = "";

        public string SubjectKind { get; init; } = "";

        public string Subject { get; init; } = "";

        public long Status { get; init; }

        public long Calls { get; init; }

        public byte[] Data { get; init; } = [];

        public AuditRow ToAudit() => new(Id, Project, Account, Action, SubjectKind, Subject, (int)Status, Calls, Data);
    }
}
