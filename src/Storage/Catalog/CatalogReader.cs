using System.Text;
using Dapper;

namespace Actors.Storage;

internal sealed class CatalogReader(StorageExecutor storage) : ICatalog
{
    private const string Columns =
        "e.kind, e.id, e.scope, e.name, e.status, e.created_at AS CreatedAt, e.updated_at AS UpdatedAt, e.data";

    private const string SelectLinks = "SELECT kind, from_id AS FromId, to_id AS ToId, data FROM catalog_link";

    public async Task<CatalogEntry?> FindAsync(string kind, string id, CancellationToken ct)
    {
        var rows = await QueryAsync($"SELECT {Columns} FROM catalog_entry e WHERE e.kind = @kind AND e.id = @id", new { kind, id }, ct);
        return rows.Count == 0 ? null : rows[0];
    }

    public Task<string?> ResolveKeyAsync(string kind, string value, CancellationToken ct) =>
        storage.ReadAsync(
            (connection, token) => connection.ExecuteScalarAsync<string?>(
                new CommandDefinition("SELECT id FROM catalog_key WHERE kind = @kind AND value = @value", new { kind, value }, cancellationToken: token)),
            ct);

    public Task<CatalogPage> ListAsync(CatalogQuery query, CancellationToken ct) => ListAsync(query, link: null, ct);

    public Task<CatalogPage> ListLinkedAsync(CatalogQuery query, CatalogLinkFilter link, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(link);
        return ListAsync(query, (CatalogLinkFilter?)link, ct);
    }

    public Task<IReadOnlyList<CatalogLink>> LinksFromAsync(string kind, string from, CancellationToken ct) =>
        LinksAsync($"{SelectLinks} WHERE kind = @kind AND from_id = @id ORDER BY to_id", kind, from, ct);

    public Task<IReadOnlyList<CatalogLink>> LinksToAsync(string kind, string to, CancellationToken ct) =>
        LinksAsync($"{SelectLinks} WHERE kind = @kind AND to_id = @id ORDER BY from_id", kind, to, ct);

    public Task<long> CountAsync(string kind, string? scope, CancellationToken ct)
    {
        var sql = "SELECT count(*) FROM catalog_entry WHERE kind = @kind" + (scope is null ? "" : " AND scope = @scope");
        return storage.ReadAsync(
            (connection, token) => connection.ExecuteScalarAsync<long>(new CommandDefinition(sql, new { kind, scope }, cancellationToken: token)),
            ct);
    }

    private async Task<CatalogPage> ListAsync(CatalogQuery query, CatalogLinkFilter? link, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(query);
        var limit = Math.Clamp(query.Limit, 1, CatalogQuery.MaximumLimit);
        var parameters = new DynamicParameters();
        var sql = BuildList(query, link, parameters);
        // One more than asked for tells whether there is another page.
        parameters.Add("limit", limit + 1);
        var rows = await QueryAsync(sql, parameters, ct);
        if (rows.Count <= limit)
            return new CatalogPage(rows, Next: null);
        rows.RemoveAt(limit);
        return new CatalogPage(rows, CatalogCursor.Encode(query, rows[^1]));
    }

    private static string BuildList(CatalogQuery query, CatalogLinkFilter? link, DynamicParameters parameters)
    {
        var sql = new StringBuilder($"SELECT {Columns} FROM catalog_entry e");
        if (link is not null)
        {
            sql.Append(link.Reaches
                ? " JOIN catalog_link l ON l.kind = @linkKind AND l.to_id = @linkId AND l.from_id = e.id"
                : " JOIN catalog_link l ON l.kind = @linkKind AND l.from_id = @linkId AND l.to_id = e.id");
            parameters.Add("linkKind", link.Kind);
            parameters.Add("linkId", link.Id);
        }

        sql.Append(" WHERE e.kind = @kind");
        parameters.Add("kind", query.Kind);
        Filter(query.Scope, "scope", " AND e.scope = @scope");
        Filter(query.Status, "status", " AND e.status = @status");
        AppendNameFilter(sql, query, parameters);
        AppendOrder(sql, query, parameters);
        return sql.Append(" LIMIT @limit").ToString();

        void Filter(string? value, string name, string condition)
        {
            if (value is null)
                return;
            sql.Append(condition);
            parameters.Add(name, value);
        }
    }

    private static void AppendNameFilter(StringBuilder sql, CatalogQuery query, DynamicParameters parameters)
    {
        if (string.IsNullOrEmpty(query.NameContains))
            return;
        sql.Append(" AND e.name_key LIKE @pattern ESCAPE '!'");
        parameters.Add("pattern", LikePattern.Contains(query.NameContains));
    }

    private static void AppendOrder(StringBuilder sql, CatalogQuery query, DynamicParameters parameters)
    {
        var direction = query.Descending ? "DESC" : "ASC";
        var beyond = query.Descending ? '<' : '>';
        var column = query.Sort switch
        {
            CatalogSort.Name => "e.name_key",
            CatalogSort.UpdatedAt => "e.updated_at",
            _ => null,
        };
        if (query.Cursor is not null)
        {
            var cursor = CatalogCursor.Decode(query);
            sql.Append(column is null ? $" AND e.id {beyond} @afterId" : $" AND ({column}, e.id) {beyond} (@afterValue, @afterId)");
            parameters.Add("afterId", cursor.Id);
            if (column is not null)
                parameters.Add("afterValue", cursor.Parameter());
        }

        sql.Append(column is null ? $" ORDER BY e.id {direction}" : $" ORDER BY {column} {direction}, e.id {direction}");
    }

    private Task<List<CatalogEntry>> QueryAsync(string sql, object parameters, CancellationToken ct) =>
        storage.ReadAsync(
            async (connection, token) =>
            {
                var rows = await connection.QueryAsync<Row>(new CommandDefinition(sql, parameters, cancellationToken: token));
                return rows.Select(row => row.Entry()).ToList();
            },
            ct);

    private Task<IReadOnlyList<CatalogLink>> LinksAsync(string sql, string kind, string id, CancellationToken ct) =>
        storage.ReadAsync<IReadOnlyList<CatalogLink>>(
            async (connection, token) =>
            {
                var rows = await connection.QueryAsync<LinkRow>(new CommandDefinition(sql, new { kind, id }, cancellationToken: token));
                return [.. rows.Select(row => new CatalogLink(row.Kind, row.FromId, row.ToId, row.Data))];
            },
            ct);

    private sealed record LinkRow(string Kind, string FromId, string ToId, byte[] Data);

    private sealed record Row(string Kind, string Id, string Scope, string Name, string Status, long CreatedAt, long UpdatedAt, byte[] Data)
    {
        public CatalogEntry Entry() => new()
        {
            Kind = Kind,
            Id = Id,
            Scope = Scope,
            Name = Name,
            Status = Status,
            CreatedAt = new DateTimeOffset(CreatedAt, TimeSpan.Zero),
            UpdatedAt = new DateTimeOffset(UpdatedAt, TimeSpan.Zero),
            Data = Data,
        };
    }
}
