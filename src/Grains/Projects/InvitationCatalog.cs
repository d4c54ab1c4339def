using System.Collections.Immutable;
using System.Text.Json;
using Actors.Domain.Projects;
using Actors.Grains.Interfaces.Projects;
using Actors.Storage;

namespace Actors.Grains.Projects;

/// <summary>What lists know of invitations, and how a secret leads to its project.</summary>
internal static class InvitationCatalog
{
    public const string Kind = "invitation";

    /// <summary>From an open invitation to the address that it is for.</summary>
    public const string AddressLink = "invitation.address";

    /// <summary>The hash of an invitation's secret; held by its project.</summary>
    public const string TokenKey = "invitation.token";

    public static IEnumerable<CatalogWrite> Writes(ProjectState before, ProjectState after, ProjectEvent @event) => @event switch
    {
        ProjectEvent.InvitationCreated e =>
        [
            .. e.Forgotten.SelectMany(id => before.FindInvitation(id) is { } forgotten ? Remove(before.Id, forgotten) : []),
            new CatalogWrite.ClaimKey(TokenKey, e.Invitation.TokenHash, after.Id),
            .. Put(after, e.Invitation.Id, e.At),
        ],
        ProjectEvent.InvitationRevoked e => Put(after, e.InvitationId, e.At),
        ProjectEvent.InvitationDeclined e => Put(after, e.InvitationId, e.At),
        ProjectEvent.InvitationAccepted e => Put(after, e.InvitationId, e.At),
        ProjectEvent.Deleted => before.Invitations.SelectMany(invitation => Remove(before.Id, invitation)),
        _ => [],
    };

    public static InvitationView View(string projectId, Invitation invitation, DateTimeOffset at) => new(
        invitation.Id,
        projectId,
        invitation.Email,
        invitation.Role,
        invitation.StatusAt(at),
        invitation.InvitedBy,
        invitation.CreatedAt,
        invitation.ExpiresAt,
        invitation.MaximumUses,
        invitation.UsedBy.Length,
        invitation.Version());

    /// <summary>The entry as of a moment: nobody writes when an invitation expires.</summary>
    public static InvitationView View(CatalogEntry entry, DateTimeOffset at)
    {
        var view = JsonSerializer.Deserialize(entry.Data.Span, ProjectsJsonContext.Default.InvitationView)
            ?? throw new InvalidOperationException($"The catalog's entry of invitation {entry.Id} is empty.");
        return view.Status == InvitationStatus.Open && view.ExpiresAt <= at ? view with { Status = InvitationStatus.Expired } : view;
    }

    private static IEnumerable<CatalogWrite> Put(ProjectState project, string id, DateTimeOffset at)
    {
        var invitation = project.FindInvitation(id)!;
        var view = View(project.Id, invitation, at);
        yield return new CatalogWrite.PutEntry(new CatalogEntry
        {
            Kind = Kind,
            Id = id,
            Scope = project.Id,
            Name = invitation.Email ?? "",
            Status = view.Status == InvitationStatus.Open ? "open" : "ended",
            CreatedAt = invitation.CreatedAt,
            UpdatedAt = at,
            Data = JsonSerializer.SerializeToUtf8Bytes(view, ProjectsJsonContext.Default.InvitationView),
        });
        if (invitation.Email is null)
            yield break;

        yield return view.Status == InvitationStatus.Open
            ? new CatalogWrite.PutLink(new CatalogLink(AddressLink, id, invitation.Email, "{}"u8.ToArray()))
            : new CatalogWrite.RemoveLink(AddressLink, id, invitation.Email);
    }

    private static IEnumerable<CatalogWrite> Remove(string projectId, Invitation invitation)
    {
        yield return new CatalogWrite.ReleaseKey(TokenKey, invitation.TokenHash, projectId);
        yield return new CatalogWrite.RemoveEntry(Kind, invitation.Id);
        if (invitation.Email is not null)
            yield return new CatalogWrite.RemoveLink(AddressLink, invitation.Id, invitation.Email);
    }
}
