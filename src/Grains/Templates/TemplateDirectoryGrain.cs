using Actors.Domain.Lists;
using Actors.Domain.Templates;
using Actors.Grains.Interfaces.Templates;
using Actors.Grains.Lists;
using Actors.Storage;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Grains.Templates;

/// <inheritdoc cref="ITemplateDirectoryGrain"/>
[StatelessWorker]
[GrainType("templatedirectory")]
internal sealed class TemplateDirectoryGrain(ICatalog catalog) : Grain, ITemplateDirectoryGrain
{
    public async Task<TemplatePageReply> List(TemplateQuery query)
    {
        try
        {
            var found = (await ReadAsync(query.ProjectId)).Where(template =>
                (query.Kind is null || template.Kind == query.Kind)
                && (query.Category is null || string.Equals(template.Category, query.Category, StringComparison.OrdinalIgnoreCase))
                && (query.List.Finds(template.Name) || query.List.Finds(template.Description)));
            return SortedPages.Take(found, query.List, template => template.Id, Key(query.List.Sort)) is { } page
                ? new TemplatePageReply.Page(page.Items, page.NextCursor)
                : new TemplatePageReply.Refused(CatalogLists.BadCursor());
        }
        catch (StorageUnavailableException)
        {
            return new TemplatePageReply.Refused(CatalogLists.Unavailable());
        }
    }

    private async Task<IEnumerable<TemplateView>> ReadAsync(string? projectId)
    {
        var shipped = ShippedTemplates.All.Select(template => template.View);
        if (projectId is null)
            return shipped;

        var own = await catalog.ListAsync(
            new CatalogQuery { Kind = TemplateCatalog.Kind, Scope = projectId, Limit = CatalogQuery.MaximumLimit }, CancellationToken.None);
        return shipped.Concat(own.Items.Select(TemplateCatalog.Read));
    }

    private static Func<TemplateView, string> Key(string sort) => sort switch
    {
        ListSort.CreatedAt => static template => $"{template.CreatedAt.UtcTicks:D19}",
        ListSort.UpdatedAt => static template => $"{template.UpdatedAt.UtcTicks:D19}",
        _ => static template => template.Name.ToLowerInvariant(),
    };
}
