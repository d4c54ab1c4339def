using System.Collections.Immutable;

namespace Actors.Domain.Designs;

/// <summary>What one author can take back and repeat.</summary>
/// <param name="LastRevision">Of the author's newest entry; who has been quiet longest is forgotten first.</param>
internal sealed record AuthorHistory(BoundedStack<UndoEntry> Undo, BoundedStack<UndoEntry> Redo, long LastRevision)
{
    /// <summary>An agent job is reverted as a whole, so more of it is kept.</summary>
    public static int Capacity(Author author) => author.JobId is null ? DesignRetention.UndoDepth : DesignRetention.JobUndoDepth;

    public static AuthorHistory Empty(Author author) => new(new(Capacity(author)), new(Capacity(author)), 0);

    /// <summary>The history after a batch: an edit clears what could be repeated, an undo moves to the redo stack and a redo back.</summary>
    /// <param name="entry">What the batch did; null when it changed nothing.</param>
    public AuthorHistory After(BatchCause cause, int taken, UndoEntry? entry) => cause switch
    {
        BatchCause.Undo => this with { Undo = Undo.Drop(taken), Redo = Push(Redo, entry), LastRevision = entry?.Revision ?? LastRevision },
        BatchCause.Redo => this with { Redo = Redo.Drop(taken), Undo = Push(Undo, entry), LastRevision = entry?.Revision ?? LastRevision },
        _ when entry is null => this,
        _ => new(Undo.Push(entry), Redo.Clear(), entry.Revision),
    };

    private static BoundedStack<UndoEntry> Push(BoundedStack<UndoEntry> stack, UndoEntry? entry) => entry is null ? stack : stack.Push(entry);
}

/// <summary>
/// The authors of a design, each with a place in the table that stamps refer to, and the histories of those who wrote
/// lately. Places are never given anew, so the table grows by one for each person and each agent job that ever edited.
/// </summary>
internal sealed record AuthorTable
{
    public static AuthorTable Empty { get; } = new();

    public ImmutableList<Author> Authors { get; init; } = [];

    public ImmutableDictionary<int, AuthorHistory> Histories { get; private init; } = ImmutableDictionary<int, AuthorHistory>.Empty;

    private ImmutableDictionary<Author, int> Places { get; init; } = ImmutableDictionary<Author, int>.Empty;

    public static AuthorTable Restore(IReadOnlyCollection<Author> authors, ImmutableDictionary<int, AuthorHistory> histories) => new()
    {
        Authors = [.. authors],
        Histories = histories,
        Places = authors.Select((author, place) => (author, place)).ToImmutableDictionary(pair => pair.author, pair => pair.place),
    };

    /// <summary>The author's place; -1 when they never wrote.</summary>
    public int Find(Author author) => Places.GetValueOrDefault(author, -1);

    public AuthorTable With(Author author, out int place)
    {
        if (Places.TryGetValue(author, out place))
        {
            return this;
        }

        place = Authors.Count;
        return this with { Authors = Authors.Add(author), Places = Places.Add(author, place) };
    }

    public AuthorTable Without(IEnumerable<int> places) => this with { Histories = Histories.RemoveRange(places) };

    public AuthorTable Record(int place, BatchCause cause, int taken, UndoEntry? entry)
    {
        var known = Histories.TryGetValue(place, out var history);
        history ??= AuthorHistory.Empty(Authors[place]);
        var after = history.After(cause, taken, entry);
        if (ReferenceEquals(after, history))
        {
            return this;
        }

        var histories = known || Histories.Count < DesignRetention.Authors ? Histories : Histories.Remove(Quietest());
        return this with { Histories = histories.SetItem(place, after) };
    }

    /// <summary>The places of everyone who acted for a job.</summary>
    public IEnumerable<int> OfJob(string jobId) => Histories.Keys.Where(place => Authors[place].JobId == jobId).Order();

    private int Quietest() => Histories.MinBy(pair => (pair.Value.LastRevision, pair.Key)).Key;
}
