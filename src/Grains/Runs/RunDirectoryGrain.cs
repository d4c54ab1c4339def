using Actors.Domain.Lists;
using Actors.Grains.Interfaces.Runs;
using Actors.Grains.Lists;
using Actors.Storage;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Grains.Runs;

/// <inheritdoc cref="IRunDirectoryGrain"/>
[StatelessWorker]
internal sealed class RunDirectoryGrain(ICatalog catalog) : Grain, IRunDirectoryGrain
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
}
