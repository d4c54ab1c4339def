using System.Collections.Immutable;
using Actors.Domain.Designs;
using Actors.Domain.Notifications;

namespace Actors.Grains.Projects;

/// <summary>
/// How an account learns that its address is invited: from the project, when it is there already, or when it registers. The
/// same invitation is told once, whoever tells it.
/// </summary>
internal static class InvitationNotices
{
    public static NewNotification Of(string projectId, string projectName, string invitationId, string by, string byName) => new(
        $"invitation:{invitationId}",
        NotificationKinds.Invitation,
        $"Invitation to {projectName}",
        $"{byName} invites you to the project {projectName}.",
        projectId,
        ImmutableSortedDictionary<string, string>.Empty.Add("invitationId", invitationId),
        $"/api/v1/auth/invitations/{invitationId}/accept",
        new NotificationAuthor(by, byName, AuthorKind.User));
}
