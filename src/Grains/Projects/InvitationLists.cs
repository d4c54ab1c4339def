using Actors.Domain.Projects;
using Actors.Grains.Accounts;
using Actors.Grains.Interfaces.Projects;
using Actors.Storage;

namespace Actors.Grains.Projects;

/// <summary>Reads invitations from the catalog.</summary>
internal sealed class InvitationLists(ICatalog catalog, TimeProvider time)
{
    private const int OpenAtATime = 500;

    /// <summary>The invitations of a project, newest first.</summary>
    public async Task<InvitationPageReply.Page> OfProjectAsync(InvitationQuery query)
    {
        var page = await catalog.ListAsync(
            new CatalogQuery { Kind = InvitationCatalog.Kind, Scope = query.ProjectId, Descending = true, Limit = query.Limit, Cursor = query.Cursor },
            CancellationToken.None);
        var now = time.GetUtcNow();
        return new InvitationPageReply.Page([.. page.Items.Select(entry => InvitationCatalog.View(entry, now))], page.Next);
    }

    /// <summary>The open invitations to an address, newest first.</summary>
    public async Task<InvitationOfferPageReply.Page> ForAddressAsync(AddressedQuery query)
    {
        var page = await ListAsync(query.Email, query.Limit, query.Cursor);
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

        return new InvitationOfferPageReply.Page([.. offers], page.Next);
    }

    /// <summary>Whether an address has an open invitation to any project.</summary>
    public async Task<bool> AnyForAddressAsync(string email)
    {
        string? cursor = null;
        do
        {
            var page = await ListAsync(email, OpenAtATime, cursor);
            var now = time.GetUtcNow();
            if (page.Items.Any(entry => InvitationCatalog.View(entry, now).Status == InvitationStatus.Open))
                return true;

            cursor = page.Next;
        }
        while (cursor is not null);
        return false;
    }

    private Task<CatalogPage> ListAsync(string email, int limit, string? cursor) => catalog.ListLinkedAsync(
        new CatalogQuery { Kind = InvitationCatalog.Kind, Descending = true, Limit = limit, Cursor = cursor },
        CatalogLinkFilter.To(InvitationCatalog.AddressLink, email),
        CancellationToken.None);

    private async Task<CatalogEntry?> FindAsync(Dictionary<string, CatalogEntry?> known, string kind, string id)
    {
        if (!known.TryGetValue(id, out var entry))
            known[id] = entry = await catalog.FindAsync(kind, id, CancellationToken.None);

        return entry;
    }
}
