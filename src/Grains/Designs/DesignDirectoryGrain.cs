using Actors.Domain;
using Actors.Grains.Interfaces.Designs;
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
                new CatalogQuery
                {
                    Kind = DesignStreams.CatalogKind,
                    Scope = projectId,
                    Status = query.Kind is { } kind ? DesignHeaders.StatusOf(kind) : null,
                    NameContains = query.NameContains,
                    Descending = true,
                    Cursor = query.Cursor,
                    Limit = query.Limit,
                },
                CancellationToken.None);
            return new DesignPage([.. page.Items.Select(DesignHeaders.Read)], page.Next);
        }
        catch (InvalidCatalogCursorException exception)
        {
            return new DesignPage([], null, Refusal.Field("cursor", exception.Message));
        }
    }
}
