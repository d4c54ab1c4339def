using System.Collections.Immutable;
using Actors.Domain.Designs;
using Actors.Grains.Interfaces.Designs;
using Actors.Storage;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Grains.Designs;

/// <inheritdoc cref="IDesignHistoryGrain"/>
[StatelessWorker]
internal sealed class DesignHistoryGrain(IJournal journal) : Grain, IDesignHistoryGrain
{
    private const int ReplayPage = 1_000;

    public async Task<ImmutableArray<Change>> GetChanges(long after, int limit)
    {
        var changes = ImmutableArray.CreateBuilder<Change>();
        await foreach (var page in DesignStreams.ReadChangesAsync(journal, this.GetPrimaryKeyString(), after, after + limit, CancellationToken.None))
        {
            changes.AddRange(page);
        }

        return changes.ToImmutable();
    }

    public async Task<DesignDocument?> GetDocument(long revision)
    {
        var state = DesignState.Initial;
        var stream = DesignStreams.NameOf(this.GetPrimaryKeyString());
        while (state.Revision < revision)
        {
            var before = state.Revision;
            await foreach (var entry in journal.ReadAsync(stream, before, (int)Math.Min(ReplayPage, revision - before), CancellationToken.None))
            {
                state = state.Apply(DesignStreams.Read(entry));
            }

            if (state.Revision == before)
            {
                return null;
            }
        }

        return state.Exists && !state.Deleted ? state.ToDocument() : null;
    }
}
