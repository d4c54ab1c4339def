namespace Actors.Storage;

/// <summary>Writes the catalog part of a group on PostgreSQL: one set-based statement for each sort of change that occurs.</summary>
internal static class PostgresCatalogWriter
{
    public static void Write(GroupPlan plan, Action<string, object[]> add)
    {
        WriteKeys(plan, add);
        // In the order of their keys, so that two processes never lock the same rows crosswise.
        var writes = plan.Catalog.OrderBy(pair => pair.Key.Kind, StringComparer.Ordinal).ThenBy(pair => pair.Key.Id, StringComparer.Ordinal)
            .ThenBy(pair => pair.Key.To, StringComparer.Ordinal).Select(pair => pair.Value).ToList();
        PutEntries([.. writes.OfType<CatalogWrite.PutEntry>().Select(write => write.Entry)], add);
        RemoveEntries([.. writes.OfType<CatalogWrite.RemoveEntry>()], add);
        PutLinks([.. writes.OfType<CatalogWrite.PutLink>().Select(write => write.Link)], add);
        RemoveLinks([.. writes.OfType<CatalogWrite.RemoveLink>()], add);
    }

    private static void WriteKeys(GroupPlan plan, Action<string, object[]> add)
    {
        if (plan.Keys.Count == 0)
            return;
        var changed = plan.Keys.Where(pair => pair.Value.Stored != pair.Value.Holder)
            .OrderBy(pair => pair.Key.Kind, StringComparer.Ordinal).ThenBy(pair => pair.Key.Value, StringComparer.Ordinal).ToList();
        var released = changed.Where(pair => pair.Value.Stored is not null).ToList();
        if (released.Count > 0)
        {
            add(
                """
                DELETE FROM catalog_key AS held USING unnest($1::text[], $2::text[], $3::text[]) AS gone (kind, value, id)
                WHERE held.kind = gone.kind AND held.value = gone.value AND held.id = gone.id
                """,
                [released.Select(pair => pair.Key.Kind).ToArray(), released.Select(pair => pair.Key.Value).ToArray(), released.Select(pair => pair.Value.Stored!).ToArray()]);
        }

        var claimed = changed.Where(pair => pair.Value.Holder is not null).ToList();
        if (claimed.Count > 0)
        {
            add(
                "INSERT INTO catalog_key (kind, value, id) SELECT * FROM unnest($1::text[], $2::text[], $3::text[])",
                [claimed.Select(pair => pair.Key.Kind).ToArray(), claimed.Select(pair => pair.Key.Value).ToArray(), claimed.Select(pair => pair.Value.Holder!).ToArray()]);
        }
    }

    private static void PutEntries(CatalogEntry[] entries, Action<string, object[]> add)
    {
        if (entries.Length == 0)
            return;
        add(
            """
            INSERT INTO catalog_entry (kind, id, scope, name, name_key, status, created_at, updated_at, data)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::bigint[], $9::bytea[])
            ON CONFLICT (kind, id) DO UPDATE SET scope = excluded.scope, name = excluded.name, name_key = excluded.name_key,
                status = excluded.status, created_at = excluded.created_at, updated_at = excluded.updated_at, data = excluded.data
            """,
            [
                entries.Select(entry => entry.Kind).ToArray(),
                entries.Select(entry => entry.Id).ToArray(),
                entries.Select(entry => entry.Scope).ToArray(),
                entries.Select(entry => entry.Name).ToArray(),
                entries.Select(entry => CatalogNames.Key(entry.Name)).ToArray(),
                entries.Select(entry => entry.Status).ToArray(),
                entries.Select(entry => entry.CreatedAt.UtcTicks).ToArray(),
                entries.Select(entry => entry.UpdatedAt.UtcTicks).ToArray(),
                entries.Select(entry => PostgresSession.Bytes(entry.Data)).ToArray(),
            ]);
    }

    private static void RemoveEntries(CatalogWrite.RemoveEntry[] removed, Action<string, object[]> add)
    {
        if (removed.Length == 0)
            return;
        add(
            "DELETE FROM catalog_entry AS entry USING unnest($1::text[], $2::text[]) AS gone (kind, id) WHERE entry.kind = gone.kind AND entry.id = gone.id",
            [removed.Select(write => write.Kind).ToArray(), removed.Select(write => write.Id).ToArray()]);
    }

    private static void PutLinks(CatalogLink[] links, Action<string, object[]> add)
    {
        if (links.Length == 0)
            return;
        add(
            """
            INSERT INTO catalog_link (kind, from_id, to_id, data) SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bytea[])
            ON CONFLICT (kind, from_id, to_id) DO UPDATE SET data = excluded.data
            """,
            [
                links.Select(link => link.Kind).ToArray(),
                links.Select(link => link.From).ToArray(),
                links.Select(link => link.To).ToArray(),
                links.Select(link => PostgresSession.Bytes(link.Data)).ToArray(),
            ]);
    }

    private static void RemoveLinks(CatalogWrite.RemoveLink[] removed, Action<string, object[]> add)
    {
        if (removed.Length == 0)
            return;
        add(
            """
            DELETE FROM catalog_link AS link USING unnest($1::text[], $2::text[], $3::text[]) AS gone (kind, from_id, to_id)
            WHERE link.kind = gone.kind AND link.from_id = gone.from_id AND link.to_id = gone.to_id
            """,
            [removed.Select(write => write.Kind).ToArray(), removed.Select(write => write.From).ToArray(), removed.Select(write => write.To).ToArray()]);
    }
}
