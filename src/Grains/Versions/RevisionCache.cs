using Actors.Domain.Designs;

namespace Actors.Grains.Versions;

/// <summary>
/// Designs as they were at some revisions, so that any revision is a short replay away. States share all that did not
/// change between them; what each costs is estimated by the changes that lie between. When all together cost too much,
/// the design that was asked for longest ago is forgotten, and a design that is too large alone keeps every other state.
/// </summary>
/// <remarks>Safe for concurrent use. The journal only ever grows, so that nothing in here becomes wrong.</remarks>
internal sealed class RevisionCache(VersionOptions options)
{
    /// <summary>A change takes that many times its bytes in the journal when it is part of a state.</summary>
    private const int BytesPerJournalByte = 4;

    /// <summary>What a node or connection takes, with its places in the indexes.</summary>
    private const int BytesPerElement = 1_000;

    private const int BytesPerState = 4_096;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Kept> _designs = new(StringComparer.Ordinal);
    private long _bytes;
    private long _uses;

    /// <summary>The newest state that is kept and not newer than the revision; null when there is none.</summary>
    public DesignState? Nearest(string designId, long revision)
    {
        lock (_lock)
        {
            if (!_designs.TryGetValue(designId, out var kept))
            {
                return null;
            }

            kept.LastUse = ++_uses;
            var (low, high) = (0, kept.States.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = kept.States.Keys[middle] <= revision ? (middle + 1, high) : (low, middle);
            }

            return low == 0 ? null : kept.States.Values[low - 1].State;
        }
    }

    /// <summary>Keeps a state.</summary>
    /// <param name="journalBytes">Of the changes since the state that was kept before it, in the same replay.</param>
    public void Keep(string designId, DesignState state, long journalBytes)
    {
        lock (_lock)
        {
            if (!_designs.TryGetValue(designId, out var kept))
            {
                _designs[designId] = kept = new Kept();
            }

            kept.LastUse = ++_uses;
            var whole = BytesPerElement * (long)(state.NodeCount + state.ConnectionCount);
            var bytes = BytesPerState + (kept.States.Count == 0 ? whole : Math.Min(whole, BytesPerJournalByte * journalBytes));
            if (kept.States.TryAdd(state.Revision, (state, bytes)))
            {
                kept.Bytes += bytes;
                _bytes += bytes;
                Shrink(kept);
            }
        }
    }

    private void Shrink(Kept newest)
    {
        while (_bytes > options.RevisionCacheBytes)
        {
            var (id, oldest) = _designs.MinBy(pair => pair.Value.LastUse);
            if (oldest != newest || newest.States.Count <= 1)
            {
                _designs.Remove(id);
                _bytes -= oldest.Bytes;
                continue;
            }

            for (var i = newest.States.Count - 2; i >= 0; i -= 2)
            {
                var bytes = newest.States.Values[i].Bytes;
                newest.States.RemoveAt(i);
                newest.Bytes -= bytes;
                _bytes -= bytes;
            }
        }
    }

    private sealed class Kept
    {
        public SortedList<long, (DesignState State, long Bytes)> States { get; } = [];

        public long Bytes { get; set; }

        public long LastUse { get; set; }
    }
}
