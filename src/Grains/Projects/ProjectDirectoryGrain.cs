using System.Globalization;
using Actors.Domain.Lists;
using Actors.Domain.Projects;
using Actors.Grains.Accounts;
using Actors.Grains.Interfaces.Projects;
using Actors.Grains.Lists;
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
                query.List.ToQuery(ProjectCatalog.Kind),
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
            return new ProjectPageReply.Refused(CatalogLists.BadCursor());
        }
        catch (StorageUnavailableException)
        {
            return new ProjectPageReply.Refused(CatalogLists.Unavailable());
        }
    }

    public async Task<MemberPageReply> ListMembers(MemberQuery query)
    {
        try
        {
            // A project has at most 500 members, as many as one page of the catalog holds.
            var accounts = await catalog.ListLinkedAsync(
                new CatalogQuery { Kind = AccountCatalog.Kind, Limit = ProjectState.MaximumMembers },
                CatalogLinkFilter.From(ProjectCatalog.MemberLink, query.ProjectId),
                CancellationToken.None);
            var links = await catalog.LinksFromAsync(ProjectCatalog.MemberLink, query.ProjectId, CancellationToken.None);
            var members = links.ToDictionary(link => link.To, ProjectCatalog.Member);
            var found = from entry in accounts.Items
                        where members.ContainsKey(entry.Id)
                        let account = AccountCatalog.View(entry)
                        let member = members[entry.Id]
                        where (query.Role is null || member.Role == query.Role) && (query.List.Finds(account.Name) || query.List.Finds(account.Email))
                        select new MemberView(account.Id, account.Name, account.Email, member.Role, member.Since);
            return SortedPages.Take(found, query.List, member => member.AccountId, MemberKey(query.List.Sort)) is { } page
                ? new MemberPageReply.Page(page.Items, page.NextCursor)
                : new MemberPageReply.Refused(CatalogLists.BadCursor());
        }
        catch (StorageUnavailableException)
        {
            return new MemberPageReply.Refused(CatalogLists.Unavailable());
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
            return new InvitationOfferPageReply.Refused(CatalogLists.BadCursor());
        }
        catch (StorageUnavailableException)
        {
            return new InvitationOfferPageReply.Refused(CatalogLists.Unavailable());
        }
    }

    public async Task<string?> FindInvited(string? invitationId, string? tokenHash) =>
        tokenHash is not null ? await catalog.ResolveKeyAsync(InvitationCatalog.TokenKey, tokenHash, CancellationToken.None)
        : invitationId is not null ? (await catalog.FindAsync(InvitationCatalog.Kind, invitationId, CancellationToken.None))?.Scope
        : null;

    private static Func<MemberView, string> MemberKey(string sort) => sort switch
    {
        "since" => static member => member.Since.UtcTicks.ToString("D19", CultureInfo.InvariantCulture),
        "name" => static member => member.Name.ToLowerInvariant(),
        "role" => static member => ((int)member.Role).ToString(CultureInfo.InvariantCulture),
        _ => throw new ArgumentOutOfRangeException(nameof(sort), sort, "Members are not sorted by this."),
    };
}
