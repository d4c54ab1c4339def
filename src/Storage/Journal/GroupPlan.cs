namespace Actors.Storage;

/// <summary>
/// Decides over the appends of one group in order, and gathers what has to be written: the rows, the new heads, the changes of keys, and of each
/// catalog entry and link only the last write. Pure but for the facts it asks for; both dialects share it.
/// </summary>
internal sealed class GroupPlan(FailedChains chains)
{
    private readonly Dictionary<(string Stream, Guid Batch), long> _batches = [];
    private readonly Dictionary<string, long> _marks = new(StringComparer.Ordinal);

    public List<PlannedRow> Rows { get; } = [];

    /// <summary>Streams whose head moves, each once.</summary>
    public List<StreamState> Moved { get; } = [];

    public Dictionary<CatalogKey, KeyChange> Keys { get; } = [];

    public Dictionary<CatalogSlot, CatalogWrite> Catalog { get; } = [];

    public void Clear()
    {
        _batches.Clear();
        _marks.Clear();
        Rows.Clear();
        Moved.Clear();
        Keys.Clear();
        Catalog.Clear();
    }

    public AppendResult Decide(JournalAppend append, IJournalFacts facts)
    {
        var stream = facts.Stream(append.Stream);
        if (FindBatch(append, stream, facts) is { } first)
        {
            // A batch sent again at the revision it has is what its successors build on; at another revision they do not.
            if (first != append.Revision)
                Fail(append);
            return new AppendResult(AppendStatus.Duplicate, first);
        }

        if (MarkOf(append.Stream) == append.Revision - 1 && append.Revision > 1)
            return Reject(append, new AppendResult(AppendStatus.Superseded, append.Revision));
        if (append.Revision != stream.Head + 1)
            return Reject(append, new AppendResult(AppendStatus.Fenced, stream.Head));
        if (TryChangeKeys(append, facts) is { } taken)
            return Reject(append, new AppendResult(AppendStatus.KeyTaken, append.Revision, $"{taken.Kind} '{taken.Value}' is taken."));

        Accept(append, stream);
        return new AppendResult(AppendStatus.Committed, append.Revision);
    }

    /// <summary>The transaction is committed: what was decided is now true.</summary>
    public void Committed()
    {
        foreach (var stream in Moved)
        {
            stream.StoredHead = stream.Head;
            chains.Committed(stream.Name, stream.Head);
        }

        foreach (var (stream, revision) in _marks)
        {
            if (revision > 0)
                chains.Mark(stream, revision);
        }
    }

    private AppendResult Reject(JournalAppend append, AppendResult result)
    {
        Fail(append);
        return result;
    }

    private void Fail(JournalAppend append) => _marks[append.Stream] = append.Revision;

    private long MarkOf(string stream)
    {
        if (_marks.Count == 0 && !chains.Any)
            return 0;
        return _marks.TryGetValue(stream, out var mark) ? mark : chains.Get(stream);
    }

    private long? FindBatch(JournalAppend append, StreamState stream, IJournalFacts facts) =>
        _batches.TryGetValue((append.Stream, append.BatchId), out var revision) ? revision : facts.FindBatch(stream, append.BatchId);

    private void Accept(JournalAppend append, StreamState stream)
    {
        if (stream.Head == stream.StoredHead)
            Moved.Add(stream);
        stream.Head = append.Revision;
        _batches[(append.Stream, append.BatchId)] = append.Revision;
        if (_marks.Count > 0 && _marks.TryGetValue(append.Stream, out var mark) && mark <= append.Revision)
            _marks[append.Stream] = 0;
        Rows.Add(new PlannedRow(stream, append));
        if (append.Catalog.IsDefaultOrEmpty)
            return;
        foreach (var write in append.Catalog)
        {
            if (CatalogSlot.Of(write) is { } slot)
                Catalog[slot] = write;
        }
    }

    /// <summary>Applies the claims and releases of an append, all or none. Returns the key that is taken, or null.</summary>
    private CatalogKey? TryChangeKeys(JournalAppend append, IJournalFacts facts)
    {
        if (append.Catalog.IsDefaultOrEmpty)
            return null;
        Dictionary<CatalogKey, KeyChange>? changes = null;
        foreach (var write in append.Catalog)
        {
            var (key, id, claims) = write switch
            {
                CatalogWrite.ClaimKey claim => (new CatalogKey(claim.Kind, claim.Value), claim.Id, true),
                CatalogWrite.ReleaseKey release => (new CatalogKey(release.Kind, release.Value), release.Id, false),
                _ => (default, "", false),
            };
            if (id.Length == 0)
                continue;
            changes ??= [];
            var change = changes.TryGetValue(key, out var own) ? own : Keys.TryGetValue(key, out var earlier) ? earlier : KeyChange.Unchanged(facts.FindKey(key));
            if (claims && change.Holder is { } holder && holder != id)
                return key;
            if (claims)
                changes[key] = change with { Holder = id };
            else if (change.Holder == id)
                changes[key] = change with { Holder = null };
        }

        foreach (var (key, change) in changes ?? [])
            Keys[key] = change;
        return null;
    }
}

internal readonly record struct PlannedRow(StreamState Stream, JournalAppend Append);

/// <summary>Who holds a key in the database, and who will.</summary>
internal readonly record struct KeyChange(string? Stored, string? Holder)
{
    public static KeyChange Unchanged(string? holder) => new(holder, holder);
}

/// <summary>What a catalog write overwrites: of several writes to one slot only the last counts.</summary>
internal readonly record struct CatalogSlot(string Kind, string Id, string? To)
{
    /// <summary>The slot of an entry or link; null for keys, which are decided one by one.</summary>
    public static CatalogSlot? Of(CatalogWrite write) => write switch
    {
        CatalogWrite.PutEntry(var entry) => new CatalogSlot(entry.Kind, entry.Id, To: null),
        CatalogWrite.RemoveEntry(var kind, var id) => new CatalogSlot(kind, id, To: null),
        CatalogWrite.PutLink(var link) => new CatalogSlot(link.Kind, link.From, link.To),
        CatalogWrite.RemoveLink(var kind, var from, var to) => new CatalogSlot(kind, from, to),
        _ => null,
    };
}
