using Actors.Domain.Lists;
using Actors.Grains.Interfaces.Triggers;
using Actors.Grains.Lists;
using Actors.Storage;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Grains.Triggers;

/// <inheritdoc cref="ITriggerDirectoryGrain"/>
[StatelessWorker]
[GrainType("triggerdirectory")]
internal sealed class TriggerDirectoryGrain(ICatalog catalog) : Grain, ITriggerDirectoryGrain
{
    public async Task<TriggerPageReply> List(string projectId, string? status, ListRequest list)
    {
        try
        {
            var page = await catalog.ListAsync(list.ToQuery(TriggerCatalog.Kind, projectId, status), CancellationToken.None);
            return new TriggerPageReply.Page([.. page.Items.Select(TriggerCatalog.View)], page.Next);
        }
        catch (InvalidCatalogCursorException)
        {
            return new TriggerPageReply.Refused(CatalogLists.BadCursor());
        }
        catch (StorageUnavailableException)
        {
            return new TriggerPageReply.Refused(CatalogLists.Unavailable());
        }
    }

    public Task<string?> FindHook(string tokenHash) => catalog.ResolveKeyAsync(TriggerCatalog.TokenKey, tokenHash, CancellationToken.None);
}
