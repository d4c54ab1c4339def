using System.Globalization;
using Actors.Domain.Lists;
using Actors.Domain.Projects;
using Actors.Grains.Accounts;
using Actors.Grains.Interfaces.Projects;
using Actors.Grains.Lists;
using Actors.Storage;

namespace Actors.Grains.Projects;

/// <summary>What an address is invited to, from the catalog: its projects know of each other nothing.</summary>
internal sealed class InvitationLists(ICatalog catalog, TimeProvider time)
{
    /// <summary>Invitations of one address that are looked at: the newest. Nobody has as many who was not flooded with them.</summary>
    private const int OpenAtATime = 500;

    /// <summary>A page of the open invitations to an address.</summary>
    public async Task<InvitationOfferPageReply> ForAddressAsync(AddressedQuery query)
    {
        var list = query.List;
        var found = (await OpenAsync(query.Email))
            .Where(offer => query.Role is null || offer.Role == query.Role)
            .Where(offer => list.Finds(offer.ProjectName) || list.Finds(offer.InvitedByName));
        return SortedPages.Take(found, list, offer => offer.Id, KeyOf(list.Sort)) is { } page
            ? new InvitationOfferPageReply.Page(page.Items, page.NextCursor)
            : new InvitationOfferPageReply.Refused(CatalogLists.BadCursor());
    }

    /// <summary>All that an address is invited to, newest first.</summary>
    public async Task<IReadOnlyList<InvitationOffer>> OpenAsync(string email)
    {
        var page = await ListAsync(email, new ListRequest(OpenAtATime));
        var now = time.GetUtcNow();
        var projects = new Dictionary<string, CatalogEntry?>(StringComparer.Ordinal);
        var inviters = new Dictionary<string, CatalogEntry?>(StringComparer.Ordinal);
        var offers = new List<InvitationOffer>();
        foreach (var view in page.Items.Select(entry => InvitationCatalog.View(entry, now)).Where(view => view.Status == InvitationStatus.Open))
        {
            if (await FindAsync(projects, ProjectCatalog.Kind, view.ProjectId) is not { } project)
                continue;

            var inviter = await FindAsync(inviters, AccountCatalog.Kind, view.InvitedBy);
            offers.Add(new InvitationOffer(
                view.Id, view.ProjectId, project.Name, view.Role, view.Email, view.InvitedBy, inviter is null ? null : AccountCatalog.View(inviter).Name, view.ExpiresAt));
        }

        return offers;
    }

    /// <summary>Whether an address has an open invitation to any project.</summary>
    public async Task<bool> AnyForAddressAsync(string email)
    {
        var list = new ListRequest(OpenAtATime);
        do
        {
            var page = await ListAsync(email, list);
            var now = time.GetUtcNow();
            if (page.Items.Any(entry => InvitationCatalog.View(entry, now).Status == InvitationStatus.Open))
                return true;

            list = list with { Cursor = page.Next };
        }
        while (list.Cursor is not null);
        return false;
    }

    private static Func<InvitationOffer, string> KeyOf(string sort) => sort switch
    {
        "expiresAt" => static offer => offer.ExpiresAt.UtcTicks.ToString("D19", CultureInfo.InvariantCulture),
        "projectName" => static offer => offer.ProjectName.ToLowerInvariant(),
        _ => static offer => offer.Id,
    };

    private Task<CatalogPage> ListAsync(string email, ListRequest list) => catalog.ListLinkedAsync(
        list.ToQuery(InvitationCatalog.Kind),
        CatalogLinkFilter.To(InvitationCatalog.AddressLink, email),
        CancellationToken.None);

    private async Task<CatalogEntry?> FindAsync(Dictionary<string, CatalogEntry?> known, string kind, string id)
    {
        if (!known.TryGetValue(id, out var entry))
            known[id] = entry = await catalog.FindAsync(kind, id, CancellationToken.None);

        return entry;
    }
}
