using Actors.Domain;
using Actors.Domain.Designs;
using Actors.Domain.Projects;
using Actors.Frontend.Accounts;
using Actors.Frontend.Audit;
using Actors.Frontend.Projects;
using Actors.Grains.Interfaces.Designs;
using Microsoft.AspNetCore.Http;
using Orleans;

namespace Actors.Frontend.Designs;

/// <summary>Lets a request through to a design or a project when the caller's role allows it.</summary>
internal sealed class DesignGate(IGrainFactory grains, IProjectAccess projects)
{
    private static readonly Refusal NoDesign = new(ErrorCodes.NotFound, "There is no such design, or you may not see it.");
    private static readonly Refusal NoProject = new(ErrorCodes.NotFound, "There is no such project, or you may not see it.");

    /// <summary>A stranger learns no more than that there is nothing for them.</summary>
    public async Task<DesignPass> OpenAsync(HttpContext context, string designId, ProjectRole needed)
    {
        var grain = grains.GetGrain<IDesignGrain>(designId);
        if (await grain.GetHeader() is not { } header)
        {
            return DesignPass.Closed(NoDesign);
        }

        context.SetAuditProject(header.ProjectId);
        var caller = context.GetCaller();
        var role = await projects.GetRoleAsync(caller.AccountId, header.ProjectId, context.RequestAborted);
        return Refuse(role, needed, NoDesign) is { } refusal
            ? DesignPass.Closed(refusal)
            : new DesignPass(null, header, grain, CallerOf(caller, role));
    }

    /// <summary>Null when the caller has at least the role that is needed in the project.</summary>
    public async Task<Refusal?> RefuseAsync(HttpContext context, string projectId, ProjectRole needed) => Refuse(
        await projects.GetRoleAsync(context.GetCaller().AccountId, projectId, context.RequestAborted),
        needed,
        NoProject);

    public static DesignCaller CallerOf(Caller caller, ProjectRole? role) =>
        new(new Author(caller.AccountId, AuthorKind.User), role >= ProjectRole.Editor);

    private static Refusal? Refuse(ProjectRole? role, ProjectRole needed, Refusal missing) => role switch
    {
        null => missing,
        { } given when given < needed => new Refusal(
            ErrorCodes.Forbidden,
            $"This needs the role {Name(needed)} in the project; yours is {Name(given)}."),
        _ => null,
    };

    private static string Name(ProjectRole role) => role switch
    {
        ProjectRole.Viewer => "viewer",
        ProjectRole.Commenter => "commenter",
        ProjectRole.Editor => "editor",
        _ => "owner",
    };
}

/// <summary>What a request needs to work with a design, or why it may not.</summary>
internal readonly record struct DesignPass(Refusal? Refusal, DesignHeader Header, IDesignGrain Grain, DesignCaller Caller)
{
    public static DesignPass Closed(Refusal refusal) => new(refusal, null!, null!, null!);
}
