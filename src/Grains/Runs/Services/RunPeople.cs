using System.Collections.Immutable;
using Actors.Domain.Projects;
using Actors.Grains.Projects;
using Actors.Storage;

namespace Actors.Grains.Runs.Services;

/// <summary>Whom a run may tell something: members of its project.</summary>
internal sealed class RunPeople(ICatalog catalog)
{
    /// <summary>Accounts with at least a role.</summary>
    public async Task<ImmutableArray<string>> WithRoleAsync(string projectId, ProjectRole least)
    {
        var links = await catalog.LinksFromAsync(ProjectCatalog.MemberLink, projectId, CancellationToken.None);
        return [.. links.Select(ProjectCatalog.Member).Where(member => member.Role >= least).Select(member => member.AccountId)];
    }
}
