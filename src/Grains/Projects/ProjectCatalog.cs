using System.Collections.Immutable;
using System.Text.Json;
using Actors.Domain.Projects;
using Actors.Grains.Interfaces.Projects;
using Actors.Storage;

namespace Actors.Grains.Projects;

/// <summary>What lists know of projects and who is in them.</summary>
internal static class ProjectCatalog
{
    public const string Kind = "project";

    /// <summary>From a project to an account; its data is the <see cref="Member"/>.</summary>
    public const string MemberLink = "member";

    public static ImmutableArray<CatalogWrite> Writes(ProjectState before, ProjectState after, ProjectEvent @event)
    {
        // What lists show of the project is as it was.
        if (@event is ProjectEvent.InvitationsTold)
            return [];

        var invitations = InvitationCatalog.Writes(before, after, @event);
        if (@event is ProjectEvent.Deleted)
        {
            return
            [
                .. before.Members.Select(member => new CatalogWrite.RemoveLink(MemberLink, before.Id, member.AccountId)),
                .. invitations,
                new CatalogWrite.RemoveEntry(Kind, before.Id),
            ];
        }

        return [new CatalogWrite.PutEntry(Entry(after)), .. Touched(@event).Select(accountId => Link(after, accountId)), .. invitations];
    }

    /// <summary>The accounts whose membership an event changes.</summary>
    private static ImmutableArray<string> Touched(ProjectEvent @event) => @event switch
    {
        ProjectEvent.Created e => [e.By],
        ProjectEvent.MemberAdded e => [e.AccountId],
        ProjectEvent.MemberRoleChanged e => [e.AccountId],
        ProjectEvent.MemberRemoved e => [e.AccountId],
        ProjectEvent.OwnershipTransferred e => [e.AccountId, e.By],
        ProjectEvent.InvitationAccepted e => [e.By],
        _ => [],
    };

    private static CatalogWrite Link(ProjectState after, string accountId) =>
        after.Members.FirstOrDefault(member => member.AccountId == accountId) is { } member
            ? new CatalogWrite.PutLink(new CatalogLink(MemberLink, after.Id, accountId, JsonSerializer.SerializeToUtf8Bytes(member, ProjectsJsonContext.Default.Member)))
            : new CatalogWrite.RemoveLink(MemberLink, after.Id, accountId);

    public static ProjectView View(ProjectState state, ProjectRole role) => new(
        state.Id, state.Name, state.Description, role, state.CreatedBy, state.Members.Length, state.CreatedAt, state.UpdatedAt, state.Version);

    public static ProjectView View(CatalogEntry entry, ProjectRole role) =>
        (JsonSerializer.Deserialize(entry.Data.Span, ProjectsJsonContext.Default.ProjectView)
            ?? throw new InvalidOperationException($"The catalog's entry of project {entry.Id} is empty.")) with { Role = role };

    public static Member Member(CatalogLink link) =>
        JsonSerializer.Deserialize(link.Data.Span, ProjectsJsonContext.Default.Member)
            ?? throw new InvalidOperationException($"The link from {link.From} to {link.To} is empty.");

    private static CatalogEntry Entry(ProjectState state) => new()
    {
        Kind = Kind,
        Id = state.Id,
        Name = state.Name,
        CreatedAt = state.CreatedAt,
        UpdatedAt = state.UpdatedAt,

        // Whose role it is, the reader fills in: an entry is the same for every member.
        Data = JsonSerializer.SerializeToUtf8Bytes(View(state, ProjectRole.Viewer), ProjectsJsonContext.Default.ProjectView),
    };
}
