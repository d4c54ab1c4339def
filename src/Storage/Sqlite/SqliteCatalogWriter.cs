namespace Actors.Storage;

/// <summary>Writes the catalog part of a group on SQLite.</summary>
internal sealed class SqliteCatalogWriter(Func<string, SqliteStatement> prepare)
{
    // Most writes only say that an entry was changed just now. Naming no other indexed column spares the indexes that do not change.
    private readonly SqliteStatement _touch = prepare(
        """
        UPDATE catalog_entry SET status = ?6, updated_at = ?8, data = ?9
        WHERE kind = ?1 AND id = ?2 AND scope = ?3 AND name = ?4 AND name_key = ?5 AND created_at = ?7
        """);

    private readonly SqliteStatement _put = prepare(
        """
        INSERT INTO catalog_entry (kind, id, scope, name, name_key, status, created_at, updated_at, data)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        ON CONFLICT (kind, id) DO UPDATE SET scope = excluded.scope, name = excluded.name, name_key = excluded.name_key,
            status = excluded.status, created_at = excluded.created_at, updated_at = excluded.updated_at, data = excluded.data
        """);

    private readonly SqliteStatement _remove = prepare("DELETE FROM catalog_entry WHERE kind = ?1 AND id = ?2");

    private readonly SqliteStatement _putLink = prepare(
        """
        INSERT INTO catalog_link (kind, from_id, to_id, data) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (kind, from_id, to_id) DO UPDATE SET data = excluded.data
        """);

    private readonly SqliteStatement _removeLink = prepare("DELETE FROM catalog_link WHERE kind = ?1 AND from_id = ?2 AND to_id = ?3");

    private readonly SqliteStatement _claim = prepare("INSERT INTO catalog_key (kind, value, id) VALUES (?1, ?2, ?3)");

    private readonly SqliteStatement _release = prepare("DELETE FROM catalog_key WHERE kind = ?1 AND value = ?2 AND id = ?3");

    public void Write(GroupPlan plan)
    {
        foreach (var (key, change) in plan.Keys)
            Write(key, change);
        foreach (var write in plan.Catalog.Values)
            Write(write);
    }

    private void Write(CatalogKey key, KeyChange change)
    {
        if (change.Stored == change.Holder)
            return;
        if (change.Stored is { } former)
            _release.Bind(1, key.Kind).Bind(2, key.Value).Bind(3, former).Execute();
        if (change.Holder is { } holder)
            _claim.Bind(1, key.Kind).Bind(2, key.Value).Bind(3, holder).Execute();
    }

    private void Write(CatalogWrite write)
    {
        switch (write)
        {
            case CatalogWrite.PutEntry(var entry):
                if (Bind(_touch, entry).Execute() == 0)
                    Bind(_put, entry).Execute();
                break;
            case CatalogWrite.RemoveEntry(var kind, var id):
                _remove.Bind(1, kind).Bind(2, id).Execute();
                break;
            case CatalogWrite.PutLink(var link):
                _putLink.Bind(1, link.Kind).Bind(2, link.From).Bind(3, link.To).Bind(4, link.Data.Span).Execute();
                break;
            case CatalogWrite.RemoveLink(var kind, var from, var to):
                _removeLink.Bind(1, kind).Bind(2, from).Bind(3, to).Execute();
                break;
        }
    }

    private static SqliteStatement Bind(SqliteStatement statement, CatalogEntry entry) =>
        statement.Bind(1, entry.Kind).Bind(2, entry.Id).Bind(3, entry.Scope).Bind(4, entry.Name).Bind(5, CatalogNames.Key(entry.Name))
            .Bind(6, entry.Status).Bind(7, entry.CreatedAt.UtcTicks).Bind(8, entry.UpdatedAt.UtcTicks).Bind(9, entry.Data.Span);
}
