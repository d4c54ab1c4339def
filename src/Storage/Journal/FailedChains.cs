using System.Collections.Concurrent;

namespace Actors.Storage;

/// <summary>
/// Remembers, per stream, the last revision that was not committed. A caller with many appends in flight has decided each on top of the one
/// before; when one fails, those behind it must not be committed, not even if another writer has meanwhile moved the head to just where they fit.
/// The append that follows the mark is therefore superseded and moves the mark along, until the caller starts again at another revision.
/// </summary>
/// <remarks>
/// A new activation that happens to start right behind a mark is superseded once and then goes through: it costs a retry, never a wrong commit.
/// </remarks>
internal sealed class FailedChains
{
    /// <summary>Marks are few, as a commit removes its stream's; this only bounds a pathological case.</summary>
    private const int MaximumMarks = 100_000;

    private readonly ConcurrentDictionary<string, long> _marks = new(StringComparer.Ordinal);
    private volatile bool _used;

    public bool Any => _used;

    public long Get(string stream) => _used && _marks.TryGetValue(stream, out var revision) ? revision : 0;

    public void Mark(string stream, long revision)
    {
        if (_marks.Count >= MaximumMarks)
            _marks.Clear();
        _marks[stream] = revision;
        _used = true;
    }

    /// <summary>Forgets the mark unless a later append failed in the meantime.</summary>
    public void Committed(string stream, long revision)
    {
        if (_used && _marks.TryGetValue(stream, out var mark) && mark <= revision)
            _marks.TryRemove(KeyValuePair.Create(stream, mark));
    }
}
