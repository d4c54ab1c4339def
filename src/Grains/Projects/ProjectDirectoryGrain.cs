using Actors.Domain;
using Actors.Grains.Accounts;
using Actors.Grains.Interfaces.Projects;
using Actors.Storage;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Grains.Projects;

[StatelessWorker]
[GrainType("projectdirectory")]
internal sealed class ProjectDirectoryGrain(ICatalog catalog, InvitationLists invitations) : Grain, IProjectDirectoryGrain
{
    public async Task<ProjectPageReply> List(ProjectQuery query)
    {
        try
        {
            var page = await catalog.ListLinkedAsync(
                new CatalogQuery { Kind = ProjectCatalog.Kind, Descending = true, Limit = query.Limit, Cursor = query.Cursor, NameContains = query.NameContains },
                CatalogLinkFilter.To(ProjectCatalog.MemberLink, query.AccountId),
                CancellationToken.None);
            var links = await catalog.LinksToAsync(ProjectCatalog.MemberLink, query.AccountId, CancellationToken.None);
            var roles = links.ToDictionary(link => link.From, link => ProjectCatalog.Member(link).Role);

            // A membership may end between the two reads; such a project is not listed.
            return new ProjectPageReply.Page(
                [.. page.Items.Where(entry => roles.ContainsKey(entry.Id)).Select(entry => ProjectCatalog.View(entry, roles[entry.Id]))],
                page.Next);
        }
        catch (InvalidCatalogCursorException)
        {
            return new ProjectPageReply.Refused(BadCursor());
        }
        catch (StorageUnavailableException)
        {
            return new ProjectPageReply.Refused(Unavailable());
        }
    }

    public async Task<MemberPageReply> ListMembers(MemberQuery query)
    {
        try
        {
            var page = await catalog.ListLinkedAsync(
                new CatalogQuery { Kind = AccountCatalog.Kind, Limit = query.Limit, Cursor = query.Cursor },
                CatalogLinkFilter.From(ProjectCatalog.MemberLink, query.ProjectId),
                CancellationToken.None);
            var links = await catalog.LinksFromAsync(ProjectCatalog.MemberLink, query.ProjectId, CancellationToken.None);
            var members = links.ToDictionary(link => link.To, ProjectCatalog.Member);
            return new MemberPageReply.Page(
                [.. from entry in page.Items
                    where members.ContainsKey(entry.Id)
                    let account = AccountCatalog.View(entry)
                    let member = members[entry.Id]
                    select new MemberView(account.Id, account.Name, account.Email, member.Role, member.Since)],
                page.Next);
        }
        catch (InvalidCatalogCursorException)
        {
            return new MemberPageReply.Refused(BadCursor());
        }
        catch (StorageUnavailableException)
        {
            return new MemberPageReply.Refused(Unavailable());
        }
    }

    public async Task<InvitationPageReply> ListInvitations(InvitationQuery query)
    {
        try
        {
            return await invitations.OfProjectAsync(query);
        }
        catch (InvalidCatalogCursorException)
        {
            return new InvitationPageReply.Refused(BadCursor());
        }
        catch (StorageUnavailableException)
        {
            return new InvitationPageReply.Refused(Unavailable());
        }
    }

    public async Task<InvitationOfferPageReply> ListInvitationsFor(AddressedQuery query)
    {
        try
        {
            return await invitations.ForAddressAsync(query);
        }
        catch (InvalidCatalogCursorException)
        {
            return new InvitationOfferPageReply.Refused(BadCursor());
        }
        catch (StorageUnavailableException)
        {
            return new InvitationOfferPageReply.Refused(Unavailable());
        }
    }

    public async Task<string?> FindInvited(string? invitationId, string? tokenHash) =>
        tokenHash is not null ? await catalog.ResolveKeyAsync(InvitationCatalog.TokenKey, tokenHash, CancellationToken.None)
        : invitationId is not null ? (await catalog.FindAsync(InvitationCatalog.Kind, invitationId, CancellationToken.None))?.Scope
        : null;

    private static Refusal BadCursor() => Refusal.Field("cursor", "is not one that this list returned");

    private static Refusal Unavailable() => new(ErrorCodes.StorageUnavailable, "the storage does not answer: try again in a moment", Retryable: true);
}
