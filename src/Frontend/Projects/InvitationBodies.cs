using System.ComponentModel.DataAnnotations;
using Actors.Domain.Projects;
using Actors.Grains.Interfaces.Projects;

namespace Actors.Frontend.Projects;

/// <param name="Email">Who may accept; without it, whoever has the link.</param>
/// <param name="ExpiresInDays">1 to 30, default 7.</param>
/// <param name="MaximumUses">How many a link lets in: 1 to 100, default 1.</param>
internal sealed record NewInvitationBody(string? Email, [property: Required] string? Role, int? ExpiresInDays, int? MaximumUses);

internal sealed record TransferBody([property: Required] string? AccountId);

/// <summary>A new invitation, with what is shown this once.</summary>
/// <param name="Token">The secret: whoever is to accept needs it, unless the invitation is for their address.</param>
/// <param name="AcceptUrl">The page where a person accepts it, to be sent to them; a program posts the token.</param>
public sealed record CreatedInvitation(
    string Id,
    string ProjectId,
    string? Email,
    ProjectRole Role,
    InvitationStatus Status,
    string InvitedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    int MaximumUses,
    int Uses,
    long Version,
    string Token,
    string AcceptUrl)
{
    internal static CreatedInvitation Of(InvitationView view, string token, string acceptUrl) => new(
        view.Id,
        view.ProjectId,
        view.Email,
        view.Role,
        view.Status,
        view.InvitedBy,
        view.CreatedAt,
        view.ExpiresAt,
        view.MaximumUses,
        view.Uses,
        view.Version,
        token,
        acceptUrl);
}
