using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using Actors.Domain;
using Actors.Domain.Projects;
using Actors.Frontend.Http;

namespace Actors.Frontend.Projects;

internal sealed record ProjectBody([property: Required] string? Name, string? Description);

/// <summary>A merge patch: what is absent stays.</summary>
internal sealed record ProjectPatchBody(string? Name, Patched<string?> Description);

/// <summary>A member is named by address or by account id.</summary>
internal sealed record NewMemberBody(string? Email, string? AccountId, [property: Required] string? Role);

internal sealed record MemberRoleBody([property: Required] string? Role);

internal static class RoleText
{
    /// <summary>Reads a role by its exact name: a number would pass through the enum unchecked.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ProjectRole? role, [NotNullWhen(false)] out Refusal? refusal)
    {
        role = text switch
        {
            "viewer" => ProjectRole.Viewer,
            "commenter" => ProjectRole.Commenter,
            "editor" => ProjectRole.Editor,
            "owner" => ProjectRole.Owner,
            _ => null,
        };
        refusal = role is null ? Refusal.Field("role", "must be viewer, commenter, editor or owner") : null;
        return role is not null;
    }
}
