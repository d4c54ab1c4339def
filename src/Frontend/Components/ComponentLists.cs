using Actors.Domain;
using Actors.Domain.Components;
using Actors.Domain.Lists;
using Actors.Frontend.Http;

namespace Actors.Frontend.Components;

/// <summary>How every list of components is sorted, searched and paged.</summary>
internal static class ComponentLists
{
    public static ListRules Rules { get; } = new(["id", "title", "category"], "id", "id, title and description");

    /// <summary>The page of <paramref name="components"/> that is asked for, or why there is none.</summary>
    public static Refusal? Take(IEnumerable<ComponentDescriptor> components, ListQuery query, out SortedPage<ComponentDescriptor> page)
    {
        page = new SortedPage<ComponentDescriptor>([], null);
        if (query.Check(out var list) is { } refusal)
            return refusal;

        var found = components.Where(component => list.Finds(component.Id) || list.Finds(component.Title) || list.Finds(component.Description));
        if (SortedPages.Take(found, list, component => component.Id, Key(list.Sort)) is not { } taken)
            return Refusal.Field("cursor", "is not one that this list returned");

        page = taken;
        return null;
    }

    private static Func<ComponentDescriptor, string> Key(string sort) => sort switch
    {
        "title" => static component => component.Title.ToLowerInvariant(),
        "category" => static component => component.Category,
        _ => static component => component.Id,
    };
}
