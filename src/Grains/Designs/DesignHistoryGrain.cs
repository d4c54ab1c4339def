using System.Collections.Immutable;
using Actors.Domain.Designs;
using Actors.Domain.Versions;
using Actors.Grains.Interfaces.Designs;
using Actors.Grains.Interfaces.Versions;
using Actors.Grains.Versions;
using Actors.Storage;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Grains.Designs;

/// <inheritdoc cref="IDesignHistoryGrain"/>
[StatelessWorker]
internal sealed class DesignHistoryGrain(IJournal journal, RevisionCache cache, RevisionCheckpoints checkpoints) : Grain, IDesignHistoryGrain
{
    private const int ReplayPage = 1_000;

    /// <summary>Revisions from one state that is kept to the next: the longest replay once a design's past is warm.</summary>
    private const int Stride = 128;

    /// <summary>Revisions from one document that may be stored to the next.</summary>
    private const int CheckpointStride = 4 * Stride;

    /// <summary>Entries of the journal that a page of history reads at once, and at most.</summary>
    private const int HistoryPart = 200;

    /// <inheritdoc cref="HistoryPart"/>
    private const int HistoryReach = 1_000;

    private string Id => this.GetPrimaryKeyString();

    public async Task<ImmutableArray<Change>> GetChanges(long after, int limit)
    {
        var changes = ImmutableArray.CreateBuilder<Change>();
        await foreach (var page in DesignStreams.ReadChangesAsync(journal, Id, after, after + limit, CancellationToken.None))
        {
            changes.AddRange(page);
        }

        return changes.ToImmutable();
    }

    public async Task<ChangePage> FindChanges(long after, ChangeFilter filter, int limit)
    {
        var found = ImmutableArray.CreateBuilder<Change>();
        var read = 0;
        await foreach (var entry in journal.ReadAsync(DesignStreams.NameOf(Id), after, HistoryReach, CancellationToken.None))
        {
            if (found.Count == limit)
            {
                return new ChangePage(found.ToImmutable(), after);
            }

            read++;
            after = entry.Revision;
            var happened = DesignStreams.Read(entry);
            if (filter.Finds(happened) && DesignStreams.ToChange(entry.Revision, entry.BatchId, happened) is { } change)
            {
                found.Add(change);
            }
        }

        return new ChangePage(found.ToImmutable(), read == HistoryReach ? after : null);
    }

    public async Task<long?> FindBatch(Guid batchId) =>
        (await journal.FindBatchAsync(DesignStreams.NameOf(Id), batchId, CancellationToken.None))?.Revision;

    public async Task<DesignDocument?> GetDocument(long revision) => (await StateAtAsync(revision))?.ToDocument();

    public async Task<DesignComparison?> Compare(long from, long to) =>
        await StateAtAsync(from) is { } before && await StateAtAsync(to) is { } after ? Comparing.Compare(before.ToDocument(), after.ToDocument()) : null;

    public async Task<HistoryPage> GetHistory(long newest, ChangeFilter? filter, int limit)
    {
        var grouping = new HistoryGrouping(limit);
        var lowest = Math.Max(0, newest - HistoryReach);
        while (newest > lowest)
        {
            var after = Math.Max(lowest, newest - HistoryPart);
            var entries = new List<JournalEntry>(HistoryPart);
            await foreach (var entry in journal.ReadAsync(DesignStreams.NameOf(Id), after, (int)(newest - after), CancellationToken.None))
            {
                entries.Add(entry);
            }

            for (var i = entries.Count - 1; i >= 0; i--)
            {
                var happened = DesignStreams.Read(entries[i]);
                if (happened.At < filter?.Since)
                {
                    return new HistoryPage(grouping.Entries, null);
                }

                if (filter?.Finds(happened) is not false && !grouping.Take(entries[i].Revision, happened))
                {
                    return new HistoryPage(grouping.Entries, entries[i].Revision);
                }
            }

            newest = after;
        }

        return new HistoryPage(grouping.Entries, newest > 0 ? newest : null);
    }

    /// <summary>The design as it was; null when it was not.</summary>
    private async Task<DesignState?> StateAtAsync(long revision)
    {
        if (revision < 1)
        {
            return null;
        }

        var state = cache.Nearest(Id, revision) ?? await BeginAsync(revision);
        var (from, read, unkept) = (state.Revision, 0L, 0L);
        while (state.Revision < revision)
        {
            var before = state.Revision;
            await foreach (var entry in journal.ReadAsync(DesignStreams.NameOf(Id), before, (int)Math.Min(ReplayPage, revision - before), CancellationToken.None))
            {
                state = state.Apply(DesignStreams.Read(entry));
                read += entry.Payload.Length;
                unkept += entry.Payload.Length;
                if (state.Revision % Stride == 0)
                {
                    cache.Keep(Id, state, unkept);
                    unkept = 0;
                }

                if (state.Revision % CheckpointStride == 0)
                {
                    await checkpoints.OfferAsync(state, (double)read / (state.Revision - from));
                }
            }

            if (state.Revision == before)
            {
                return null;
            }
        }

        return state.Deleted ? null : state;
    }

    private async Task<DesignState> BeginAsync(long revision) =>
        await checkpoints.NearestAsync(Id, revision) is { } document ? DesignState.FromDocument(document) : DesignState.Initial;
}
