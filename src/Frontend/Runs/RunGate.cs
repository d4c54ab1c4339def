using Actors.Domain;
using Actors.Domain.Projects;
using Actors.Frontend.Audit;
using Actors.Frontend.Designs;
using Actors.Grains.Interfaces.Runs;
using Microsoft.AspNetCore.Http;
using Orleans;

namespace Actors.Frontend.Runs;

/// <summary>Lets a request through to a run when the caller's role in its project allows it.</summary>
internal sealed class RunGate(IGrainFactory grains, DesignGate designs)
{
    internal static readonly Refusal NoRun = new(ErrorCodes.NotFound, "There is no such run, or you may not see it.");

    /// <summary>A stranger learns no more than that there is nothing for them.</summary>
    public async Task<(IRunGrain Grain, RunHeader Header, Refusal? Refusal)> OpenAsync(HttpContext context, string runId, ProjectRole needed)
    {
        var grain = grains.GetGrain<IRunGrain>(runId);
        if (await grain.GetHeader() is not { } header)
        {
            return (grain, null!, NoRun);
        }

        context.SetAuditProject(header.ProjectId);
        return await designs.RefuseAsync(context, header.ProjectId, needed) switch
        {
            { Code: ErrorCodes.NotFound } => (grain, header, NoRun),
            var refusal => (grain, header, refusal),
        };
    }

    public async Task<bool> IsOwnerAsync(HttpContext context, RunHeader header) =>
        await designs.RefuseAsync(context, header.ProjectId, ProjectRole.Owner) is null;
}
