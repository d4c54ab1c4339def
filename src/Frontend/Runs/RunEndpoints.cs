using System.Globalization;
using System.Text.Json;
using Actors.Domain;
using Actors.Domain.Execution;
using Actors.Domain.Lists;
using Actors.Domain.Projects;
using Actors.Frontend.Accounts;
using Actors.Frontend.Designs;
using Actors.Frontend.Http;
using Actors.Frontend.Live;
using Actors.Grains.Interfaces.Designs;
using Actors.Grains.Interfaces.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Orleans;
using Json = Actors.Frontend.Runs.RunsFrontendJsonContext;

namespace Actors.Frontend.Runs;

/// <summary>Runs over REST.</summary>
public static class RunEndpoints
{
    private const string StatusMeaning = "Only runs that are `running`, `paused`, `waiting`, `completed`, `failed` or `cancelled`.";
    private const string AfterMeaning = "How many of the first to leave out.";
    private const string CursorMeaning = "`nextCursor` of the page before; it goes before `after`.";

    private static readonly ListRules WaitRules = new(["node", "kind"], "node", "node or kind");
    private static readonly string[] Statuses = ["running", "paused", "waiting", "completed", "failed", "cancelled"];

    public static IEndpointRouteBuilder MapRuns(this IEndpointRouteBuilder api)
    {
        var ofDesign = api.MapGroup("/designs/{designId}/runs").WithTags("Runs").RequireAuthorization();
        ofDesign.MapGet("/", ListOfDesign).WithName("ListDesignRuns").WithSummary("The design's runs, newest first").WithList(ListEndpoints.Catalog).Produces<PageOf<RunHeader>>()
            .Needs(ProjectRole.Viewer).Describes("status", StatusMeaning).Example(response: EndpointDocumentation.PageOf(RunExamples.Header));
        api.MapGet("/projects/{projectId}/runs", ListOfProject).WithTags("Runs").RequireAuthorization()
            .WithName("ListProjectRuns").WithSummary("The project's runs, newest first").WithList(ListEndpoints.Catalog).Produces<PageOf<RunHeader>>()
            .Needs(ProjectRole.Viewer).Describes("status", StatusMeaning).Example(response: EndpointDocumentation.PageOf(RunExamples.Header));

        var run = api.MapGroup("/runs/{runId}").WithTags("Runs").RequireAuthorization();
        run.MapGet("/", Get).WithName("GetRun").WithSummary("A run with its nodes' figures and first outputs").Produces<RunResource>()
            .Needs(ProjectRole.Viewer).Versioned().Example(response: RunExamples.Run);
        run.MapDelete("/", Delete).WithName("DeleteRun").WithSummary("Deletes a run that has ended, with all that it produced")
            .Needs(ProjectRole.Editor).Refuses(ErrorCodes.RunState).Produces(StatusCodes.Status204NoContent);
        run.MapGet("/outputs/{name}", Outputs).WithName("ListRunOutputs").WithSummary("Tokens of an output after a position").Produces<TokenPage>()
            .Needs(ProjectRole.Viewer).Describes("name", "The name of an output of the design.").Describes("after", AfterMeaning).Describes("cursor", CursorMeaning)
            .Example(response: RunExamples.Tokens);
        run.MapGet("/events", Events).WithName("ListRunEvents")
            .WithSummary("Events after a sequence number; follows the run as server-sent events when asked for text/event-stream").Produces<TokenPage>()
            .Needs(ProjectRole.Viewer).Describes("after", AfterMeaning).Describes("cursor", CursorMeaning).AnswersAlso("text/event-stream").Example(response: RunExamples.Events);
        run.MapGet("/waits", Waits).WithName("ListRunWaits").WithSummary("What the run waits for from people and others").WithList(WaitRules).Produces<PageOf<RunWait>>()
            .Needs(ProjectRole.Viewer).Example(response: EndpointDocumentation.PageOf(RunExamples.Wait));
        run.MapPost("/answers/{waitId}", Answer).WithName("AnswerRun").WithSummary("Answers what the run waits for; the first answer counts").Produces(StatusCodes.Status204NoContent)
            .Needs(ProjectRole.Editor).Describes("waitId", "The id of one of the run's waits.").Refuses(ErrorCodes.RunWaitUnknown, ErrorCodes.RunAnswerForbidden).Example(RunExamples.Answer);
        run.MapPost("/cancel", Cancel).WithName("CancelRun").WithSummary("Ends the run").Produces(StatusCodes.Status204NoContent)
            .Needs(ProjectRole.Editor).Refuses(ErrorCodes.RunState);
        run.MapPost("/pause", Pause).WithName("PauseRun").WithSummary("Nothing new starts").Produces(StatusCodes.Status204NoContent)
            .Needs(ProjectRole.Editor).Refuses(ErrorCodes.RunState);
        run.MapPost("/resume", Resume).WithName("ResumeRun").WithSummary("Goes on after a pause").Produces(StatusCodes.Status204NoContent)
            .Needs(ProjectRole.Editor).Refuses(ErrorCodes.RunState);
        run.MapPost("/retry", Retry).WithName("RetryRun").WithSummary("A failed run goes on from the firing that failed").Produces(StatusCodes.Status204NoContent)
            .Needs(ProjectRole.Editor).Refuses(ErrorCodes.RunState);
        api.MapRunStarts();
        return api;
    }

    private static async Task<IResult> ListOfDesign(
        HttpContext context, string designId, DesignGate gate, IGrainFactory grains, [AsParameters] ListQuery query, [FromQuery(Name = "status")] string? status)
    {
        var pass = await gate.OpenAsync(context, designId, ProjectRole.Viewer);
        return pass.Refusal is { } refusal ? refusal.ToResult() : await ListAsync(grains, pass.Header.ProjectId, designId, query, status);
    }

    private static async Task<IResult> ListOfProject(
        HttpContext context, string projectId, DesignGate gate, IGrainFactory grains, [AsParameters] ListQuery query, [FromQuery(Name = "status")] string? status) =>
        await gate.RefuseAsync(context, projectId, ProjectRole.Viewer) is { } refusal
            ? refusal.ToResult()
            : await ListAsync(grains, projectId, null, query, status);

    private static async Task<IResult> ListAsync(IGrainFactory grains, string projectId, string? designId, ListQuery query, string? status)
    {
        if ((query.Check(out var list) ?? ListFilters.Choice("status", status, out status, Statuses)) is { } refusal)
        {
            return refusal.ToResult();
        }

        var page = await grains.GetGrain<IRunDirectoryGrain>(0).List(projectId, designId, status, list);
        return page.Refusal is { } refused
            ? refused.ToResult()
            : TypedResults.Json(new PageOf<RunHeader>(page.Items, page.NextCursor), Json.Default.PageOfRunHeader);
    }

    private static async Task<IResult> Get(HttpContext context, string runId, RunGate gate, IGrainFactory grains)
    {
        var (grain, header, refusal) = await gate.OpenAsync(context, runId, ProjectRole.Viewer);
        if (refusal is not null)
        {
            return refusal.ToResult();
        }

        var design = await grains.GetGrain<IDesignGrain>(header.DesignId).GetHeader();
        return await grain.Get() is { } view
            ? new Tagged<RunResource>(RunResource.Of(view, design?.Revision), Json.Default.RunResource)
            : RunGate.NoRun.ToResult();
    }

    private static async Task<IResult> Delete(HttpContext context, string runId, RunGate gate, IGrainFactory grains)
    {
        var (_, _, refusal) = await gate.OpenAsync(context, runId, ProjectRole.Editor);
        return (refusal ?? await grains.GetGrain<IRunDirectoryGrain>(0).Delete(runId)) is { } refused ? refused.ToResult() : TypedResults.NoContent();
    }

    private static async Task<IResult> Outputs(
        HttpContext context, string runId, string name, RunGate gate, [AsParameters] PageQuery page, [FromQuery(Name = "after")] string? after)
    {
        var (grain, _, refusal) = await gate.OpenAsync(context, runId, ProjectRole.Viewer);
        var badPosition = ReadPosition(page, after, out var limit, out var from);
        if ((refusal ?? badPosition) is { } refused)
        {
            return refused.ToResult();
        }

        return await grain.GetOutput(name, from, limit) is { } tokens
            ? PageOf(tokens, from)
            : new Refusal(ErrorCodes.NotFound, $"The run has no output '{name}', or none yet.").ToResult();
    }

    private static async Task<IResult> Events(
        HttpContext context, string runId, RunGate gate, RunStream stream, [AsParameters] PageQuery page, [FromQuery(Name = "after")] string? after)
    {
        var (grain, header, refusal) = await gate.OpenAsync(context, runId, ProjectRole.Viewer);
        var badPosition = ReadPosition(page, after, out var limit, out var from);
        if ((refusal ?? badPosition) is { } refused)
        {
            return refused.ToResult();
        }

        if (EventStreams.AreWanted(context.Request))
        {
            return stream.Follow(header, from);
        }

        return PageOf(await grain.GetOutput("", from, limit) ?? new RunTokens([], 0), from);
    }

    private static async Task<IResult> Waits(HttpContext context, string runId, RunGate gate, [AsParameters] ListQuery query)
    {
        var (grain, _, refusal) = await gate.OpenAsync(context, runId, ProjectRole.Viewer);
        var badQuery = query.Check(out var list);
        if ((refusal ?? badQuery) is { } refused)
        {
            return refused.ToResult();
        }

        var waits = (await grain.GetWaits()).Where(wait => list.Finds(wait.Node) || list.Finds(wait.Kind));
        return SortedPages.Take(waits, list, wait => wait.Id, list.Sort == "kind" ? wait => wait.Kind : wait => wait.Node) is { } page
            ? TypedResults.Json(new PageOf<RunWait>(page.Items, page.NextCursor), Json.Default.PageOfRunWait)
            : Refusal.Field("cursor", "is not one that this list returned").ToResult();
    }

    private static async Task<IResult> Answer(HttpContext context, string runId, string waitId, JsonElement answer, RunGate gate)
    {
        var (grain, header, refusal) = await gate.OpenAsync(context, runId, ProjectRole.Editor);
        if (refusal is not null)
        {
            return refusal.ToResult();
        }

        var isOwner = await gate.IsOwnerAsync(context, header);
        return await grain.AnswerAs(new PersonAnswer(waitId, Token.Of(answer), context.GetCaller().AccountId, isOwner)) is { } refused
            ? refused.ToResult()
            : TypedResults.NoContent();
    }

    private static Task<IResult> Cancel(HttpContext context, string runId, RunGate gate) => ActAsync(context, runId, gate, grain => grain.Cancel());

    private static Task<IResult> Pause(HttpContext context, string runId, RunGate gate) => ActAsync(context, runId, gate, grain => grain.Pause());

    private static Task<IResult> Resume(HttpContext context, string runId, RunGate gate) => ActAsync(context, runId, gate, grain => grain.Resume());

    private static Task<IResult> Retry(HttpContext context, string runId, RunGate gate) => ActAsync(context, runId, gate, grain => grain.Retry());

    private static async Task<IResult> ActAsync(HttpContext context, string runId, RunGate gate, Func<IRunGrain, Task<Refusal?>> act)
    {
        var (grain, _, refusal) = await gate.OpenAsync(context, runId, ProjectRole.Editor);
        return (refusal ?? await act(grain)) is { } refused ? refused.ToResult() : TypedResults.NoContent();
    }

    private static Refusal? ReadPosition(PageQuery page, string? after, out int limit, out long from)
    {
        from = 0;
        if (page.Check(out limit, out var cursor) is { } refusal)
        {
            return refusal;
        }

        var position = cursor ?? after;
        return string.IsNullOrEmpty(position) || long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out from)
            ? null
            : Refusal.Field(cursor is null ? "after" : "cursor", "must be a position, a whole number from 0");
    }

    private static JsonHttpResult<TokenPage> PageOf(RunTokens tokens, long from)
    {
        var next = from + tokens.Items.Length;
        return TypedResults.Json(
            new TokenPage(tokens.Items, next < tokens.Total ? next.ToString(CultureInfo.InvariantCulture) : null, tokens.Total), Json.Default.TokenPage);
    }
}
