using Actors.Grains.Interfaces.Designs;
using Actors.Grains.Lists;
using Actors.Storage;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Grains.Designs;

/// <inheritdoc cref="IDesignDirectoryGrain"/>
[StatelessWorker]
internal sealed class DesignDirectoryGrain(ICatalog catalog) : Grain, IDesignDirectoryGrain
{
    public async Task<DesignPage> List(string projectId, DesignListQuery query)
    {
        try
        {
            var page = await catalog.ListAsync(
                query.List.ToQuery(DesignStreams.CatalogKind, projectId, query.Kind is { } kind ? DesignHeaders.StatusOf(kind) : null),
                CancellationToken.None);
            return new DesignPage([.. page.Items.Select(DesignHeaders.Read)], page.Next);
        }
        catch (InvalidCatalogCursorException)
        {
            return new DesignPage([], null, CatalogLists.BadCursor());
        }
    }
}
