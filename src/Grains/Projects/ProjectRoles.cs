using Actors.Domain;
using Actors.Domain.Projects;
using Actors.Grains.Interfaces.Projects;
using Orleans;

namespace Actors.Grains.Projects;

/// <summary>Roles, as grains of what belongs to a project check them once more behind the edge.</summary>
internal static class ProjectRoles
{
    /// <summary>Null when the account has at least the role that is needed; to a stranger the project does not exist.</summary>
    public static async Task<Refusal?> RefuseAsync(this IGrainFactory grains, string projectId, string accountId, ProjectRole needed) =>
        await grains.GetGrain<IProjectGrain>(projectId).GetRole(accountId) switch
        {
            null => new Refusal(ErrorCodes.NotFound, "there is no such project"),
            { } role when role < needed => new Refusal(ErrorCodes.Forbidden, $"this needs the role {needed.ToString().ToLowerInvariant()}"),
            _ => null,
        };
}
