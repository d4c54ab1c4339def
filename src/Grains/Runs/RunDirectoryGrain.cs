using Actors.Domain;
using Actors.Domain.Lists;
using Actors.Grains.Interfaces.Runs;
using Actors.Grains.Lists;
using Actors.Storage;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Grains.Runs;

/// <inheritdoc cref="IRunDirectoryGrain"/>
[StatelessWorker]
internal sealed class RunDirectoryGrain(ICatalog catalog, RunRemoval removal, RunSweeper sweeper) : Grain, IRunDirectoryGrain
{
    public async Task<RunPage> List(string projectId, string? designId, string? status, ListRequest list)
    {
        try
        {
            var query = list.ToQuery(RunGrain.CatalogKind, projectId, status);
            var page = designId is null
                ? await catalog.ListAsync(query, CancellationToken.None)
                : await catalog.ListLinkedAsync(query, CatalogLinkFilter.From(RunGrain.DesignLink, designId), CancellationToken.None);
            return new RunPage([.. page.Items.Select(RunHeaders.Read)], page.Next);
        }
        catch (InvalidCatalogCursorException)
        {
            return new RunPage([], null, CatalogLists.BadCursor());
        }
    }

    public async Task<Refusal?> Delete(string runId)
    {
        try
        {
            if (await removal.RemoveAsync(runId, CancellationToken.None) is { } refusal)
            {
                return refusal;
            }
        }
        catch (StorageUnavailableException)
        {
            return CatalogLists.Unavailable();
        }

        await GrainFactory.GetGrain<IRunGrain>(runId).Forget();
        sweeper.Ask();
        return null;
    }
}
