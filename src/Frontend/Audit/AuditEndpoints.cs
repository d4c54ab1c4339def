using System.Collections.Immutable;
using Actors.Domain;
using Actors.Domain.Audit;
using Actors.Domain.Lists;
using Actors.Domain.Projects;
using Actors.Frontend.Accounts;
using Actors.Frontend.Designs;
using Actors.Frontend.Http;
using Actors.Grains.Interfaces.Accounts;
using Actors.Grains.Interfaces.Audit;
using Actors.Grains.Interfaces.Designs;
using Actors.Grains.Interfaces.Files;
using Actors.Grains.Interfaces.Projects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Orleans;

namespace Actors.Frontend.Audit;

/// <summary>Something that happened in a project, as its members see it: without addresses.</summary>
/// <param name="Action">The operation, as the interface description calls it.</param>
/// <param name="Name">What the account is called now; absent when it is not known.</param>
/// <param name="Count">Calls that this stands for.</param>
/// <param name="FromRevision">The first revision that they made; 0 when they made none.</param>
public sealed record ActivityView(
    string Id, DateTimeOffset At, string AccountId, string? Name, string Action, string SubjectKind, string SubjectId, long Count, long FromRevision, long ToRevision)
{
    internal static ActivityView Of(AuditEntry entry, string? name) => new(
        entry.Id, entry.At, entry.AccountId, name, entry.Action, entry.SubjectKind, entry.SubjectId, entry.Count, entry.FromRevision, entry.ToRevision);
}

/// <summary>What a project takes and how much happens in it.</summary>
/// <param name="FileBytes">Of the newest contents of all files.</param>
/// <param name="EditsInThirtyDays">Successful calls that changed its designs.</param>
public sealed record ProjectUsage(int Members, long Designs, long Nodes, long Connections, int Files, long FileBytes, long EditsInThirtyDays);

/// <summary>The audit log, and what members see of it.</summary>
public static class AuditEndpoints
{
    private static readonly TimeSpan Recently = TimeSpan.FromDays(30);

    private static readonly ListRules ActivityRules = new(["at"], "-at", "action and subject");

    public static IEndpointRouteBuilder MapAudit(this IEndpointRouteBuilder api)
    {
        var project = api.MapGroup("/projects/{projectId}").WithTags("Projects").RequireAuthorization();
        project.MapGet("/audit", ListOfProjectAsync).WithName("ListProjectAudit").WithSummary("Every call that changed something in the project or was refused; ?format=csv or ndjson streams all")
            .Needs(ProjectRole.Owner).DescribesEntries();
        project.MapGet("/activity", ListActivityAsync).WithName("ListProjectActivity").WithSummary("What happened in the project").WithList(ActivityRules).Produces<PageOf<ActivityView>>()
            .Needs(ProjectRole.Viewer).Example(response: EndpointDocumentation.PageOf(AuditExamples.Activity));
        project.MapGet("/usage", GetUsageAsync).WithName("GetProjectUsage").WithSummary("What the project takes and how much happens in it").Produces<ProjectUsage>()
            .Needs(ProjectRole.Viewer).Example(response: AuditExamples.Usage);

        api.MapGet("/admin/audit", ListOfAllAsync).WithTags("Administration").RequireAuthorization(AuthenticationRegistration.AdministratorPolicy)
            .WithName("ListAudit").WithSummary("Every call that changed something or was refused, in the whole installation; ?format=csv or ndjson streams all")
            .DescribesEntries();
        return api;
    }

    private static void DescribesEntries(this RouteHandlerBuilder list) => list
        .WithList(AuditQueryParameters.Rules).Produces<PageOf<AuditEntry>>().AnswersAlso("text/csv", "application/x-ndjson")
        .Describes("account", "Only entries of this account.")
        .Describes("action", "Only entries of this operation, by its operationId.")
        .Describes("subject", "Only entries about the thing with this id.")
        .Describes("result", "`success`, `refused` or `failed`.")
        .Describes("from", "Only entries from this time on: ISO 8601 with offset.")
        .Describes("to", "Only entries before this time: ISO 8601 with offset.")
        .Describes("format", "`csv` or `ndjson`: everything that matches, as a file.")
        .Example(response: EndpointDocumentation.PageOf(AuditExamples.Entry));

    private static async Task<IResult> ListOfProjectAsync(
        string projectId,
        [AsParameters] ListQuery query,
        [AsParameters] AuditQueryParameters parameters,
        [FromQuery(Name = "format")] string? format,
        HttpContext context,
        DesignGate gate,
        IGrainFactory grains,
        IOptions<AuditOptions> options)
    {
        var refused = await gate.RefuseAsync(context, projectId, ProjectRole.Owner);
        return refused is null
            ? await AnswerAsync(grains.GetGrain<IAuditGrain>(projectId), query, parameters, format, options.Value.MaximumExport)
            : refused.ToResult();
    }

    private static Task<IResult> ListOfAllAsync(
        [AsParameters] ListQuery query,
        [AsParameters] AuditQueryParameters parameters,
        [FromQuery(Name = "format")] string? format,
        IGrainFactory grains,
        IOptions<AuditOptions> options) =>
        AnswerAsync(grains.GetGrain<IAuditGrain>(IAuditGrain.Installation), query, parameters, format, options.Value.MaximumExport);

    private static async Task<IResult> AnswerAsync(IAuditGrain log, ListQuery query, AuditQueryParameters parameters, string? format, int maximum)
    {
        var badFormat = ListFilters.Choice("format", format, out var file, "csv", "ndjson");
        if ((parameters.Check(query, out var filter) ?? badFormat) is { } refusal)
            return refusal.ToResult();

        if (file is not null)
            return new AuditExport(log, filter, file, maximum);

        var page = await log.List(filter);
        return page.Refusal is { } unavailable
            ? unavailable.ToResult()
            : TypedResults.Ok(new PageOf<AuditEntry>(page.Items, page.HasMore ? page.Items[^1].Id : null));
    }

    private static async Task<IResult> ListActivityAsync(
        string projectId, [AsParameters] ListQuery query, HttpContext context, DesignGate gate, IGrainFactory grains)
    {
        if (await gate.RefuseAsync(context, projectId, ProjectRole.Viewer) is { } refused)
            return refused.ToResult();

        if (default(AuditQueryParameters).Check(query, out var filter) is { } bad)
            return bad.ToResult();

        var page = await grains.GetGrain<IAuditGrain>(projectId).List(filter with { Result = AuditResult.Success });
        if (page.Refusal is { } unavailable)
            return unavailable.ToResult();

        var names = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var accountId in page.Items.Select(entry => entry.AccountId).Where(id => id.Length > 0).Distinct(StringComparer.Ordinal))
            names[accountId] = (await grains.GetGrain<IAccountGrain>(accountId).Get())?.Name;

        ImmutableArray<ActivityView> items = [.. page.Items.Select(entry => ActivityView.Of(entry, names.GetValueOrDefault(entry.AccountId)))];
        return TypedResults.Ok(new PageOf<ActivityView>(items, page.HasMore ? page.Items[^1].Id : null));
    }

    private static async Task<IResult> GetUsageAsync(string projectId, HttpContext context, IGrainFactory grains, TimeProvider time)
    {
        var seen = await grains.GetGrain<IProjectGrain>(projectId).Get(context.GetCaller().AccountId);
        if (seen is not ProjectReply.Done { Project: var project })
        {
            return (seen is ProjectReply.Refused refused ? refused.Error : new Refusal(ErrorCodes.NotFound, "there is no such project")).ToResult();
        }

        var (designs, nodes, connections) = await CountAsync(projectId, grains);
        var files = await grains.GetGrain<IFilesGrain>(projectId).Usage();
        var edits = await grains.GetGrain<IAuditGrain>(projectId).CountEdits(time.GetUtcNow() - Recently);
        return TypedResults.Ok(new ProjectUsage(project.MemberCount, designs, nodes, connections, files.Files, files.Bytes, edits));
    }

    private static async Task<(long Designs, long Nodes, long Connections)> CountAsync(string projectId, IGrainFactory grains)
    {
        var (designs, nodes, connections) = (0L, 0L, 0L);
        for (string? cursor = null; ;)
        {
            var page = await grains.GetGrain<IDesignDirectoryGrain>(0).List(projectId, new DesignListQuery(new ListRequest(PageQuery.Maximum, cursor)));
            if (page.Refusal is { } refusal)
                throw new RefusalException(refusal);

            designs += page.Items.Length;
            nodes += page.Items.Sum(design => (long)design.Nodes);
            connections += page.Items.Sum(design => (long)design.Connections);
            if ((cursor = page.NextCursor) is null)
                return (designs, nodes, connections);
        }
    }
}
