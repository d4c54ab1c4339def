using System.Collections.Immutable;
using System.Text.Json;
using Actors.Domain;
using Actors.Domain.Accounts;
using Actors.Domain.Execution;
using Actors.Domain.Identity;
using Actors.Domain.Projects;
using Actors.Frontend.Accounts;
using Actors.Frontend.Designs;
using Actors.Frontend.Http;
using Actors.Grains.Interfaces.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orleans;
using Json = Actors.Frontend.Runs.RunsFrontendJsonContext;

namespace Actors.Frontend.Runs;

/// <summary>The ways to start a run: of a design, of one of its nodes, and of a run that has ended once more.</summary>
internal static class RunStarts
{
    public static void MapRunStarts(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("").WithTags("Runs").RequireAuthorization();
        group.MapPost("/designs/{designId}/runs", OfDesign).WithName("StartRun").WithSummary("Runs the design")
            .Produces<StartedRun>(StatusCodes.Status202Accepted).Needs(ProjectRole.Editor)
            .Refuses([.. Compiling, ErrorCodes.RunInputUnknown, ErrorCodes.RunInputMissing, ErrorCodes.RunState, ErrorCodes.RunNotRecorded])
            .Example(RunStartExamples.Start, RunStartExamples.Started);
        group.MapPost("/designs/{designId}/nodes/{nodeId}/run", OfNode).WithName("RunNode").WithSummary("Runs one node of the design with sample tokens")
            .WithMetadata(new RequiredScope(TokenScopes.Run)).Produces<StartedRun>(StatusCodes.Status202Accepted).Needs(ProjectRole.Editor)
            .Refuses([.. Compiling, ErrorCodes.PortUnknown, ErrorCodes.RunInputMissing, ErrorCodes.RunState, ErrorCodes.RunNotRecorded])
            .Example(RunStartExamples.StartNode, RunStartExamples.Started);
        group.MapPost("/runs/{runId}/replay", Replay).WithName("ReplayRun").WithSummary("Runs a run that has ended once more, with what it recorded")
            .Produces<StartedRun>(StatusCodes.Status202Accepted).Needs(ProjectRole.Editor)
            .Refuses(ErrorCodes.RunState, ErrorCodes.RunNotRecorded, ErrorCodes.RunNodeUnknown, ErrorCodes.ComponentVersionChanged, ErrorCodes.ComponentDisabled, ErrorCodes.LimitReached)
            .Example(RunStartExamples.Replay, RunStartExamples.Started);
    }

    /// <summary>What a design or a node that cannot run is refused with.</summary>
    private static readonly string[] Compiling =
    [
        ErrorCodes.RevisionUnknown, ErrorCodes.RunNotAProcess, ErrorCodes.RunEmpty, ErrorCodes.RunInputUnconnected, ErrorCodes.RunCycle,
        ErrorCodes.RunRendezvousCycle, ErrorCodes.TypeUnknown, ErrorCodes.PropertyInvalid, ErrorCodes.ConnectionDangling, ErrorCodes.PortMismatch,
        ErrorCodes.LimitReached, ErrorCodes.ComponentDisabled, ErrorCodes.ComponentVersionChanged,
    ];

    private static async Task<IResult> OfDesign(
        HttpContext context, string designId, StartRunBody body, DesignGate gate, IGrainFactory grains, Identifiers identifiers)
    {
        var pass = await gate.OpenAsync(context, designId, ProjectRole.Editor);
        var badInputs = ReadInputs(body.Inputs, out var inputs);
        return (pass.Refusal ?? badInputs ?? CheckFrom(body.DryRun, body.From)) is { } refusal
            ? refusal.ToResult()
            : await StartAsync(context, grains, identifiers, new NewRun(
                designId, context.GetCaller().AccountId, body.Revision, body.Durability ?? RunDurability.Firing, inputs)
            {
                DryRun = body.DryRun ?? false,
                StubsFrom = body.From,
            });
    }

    private static async Task<IResult> OfNode(
        HttpContext context, string designId, string nodeId, RunNodeBody body, DesignGate gate, IGrainFactory grains, Identifiers identifiers)
    {
        var pass = await gate.OpenAsync(context, designId, ProjectRole.Editor);
        var badInputs = ReadInputs(body.Inputs, out var inputs);
        return (pass.Refusal ?? badInputs ?? CheckFrom(body.DryRun, body.From)) is { } refusal
            ? refusal.ToResult()
            : await StartAsync(context, grains, identifiers, new NewRun(
                designId, context.GetCaller().AccountId, body.Revision, RunDurability.Firing, inputs)
            {
                NodeId = nodeId,
                DryRun = body.DryRun ?? false,
                StubsFrom = body.From,
            });
    }

    private static async Task<IResult> Replay(
        HttpContext context, string runId, ReplayRunBody body, RunGate gate, IGrainFactory grains, Identifiers identifiers)
    {
        var (_, header, refusal) = await gate.OpenAsync(context, runId, ProjectRole.Editor);
        return refusal is not null
            ? refusal.ToResult()
            : await StartAsync(context, grains, identifiers, new NewRun(
                header.DesignId, context.GetCaller().AccountId, header.Revision, RunDurability.Firing, ImmutableDictionary<string, ImmutableArray<Token>>.Empty)
            {
                Replay = new RunReplay(runId, body.Node, body.Effects ?? ReplayEffects.Recorded),
            });
    }

    private static async Task<IResult> StartAsync(HttpContext context, IGrainFactory grains, Identifiers identifiers, NewRun newRun)
    {
        var id = identifiers.Create(Identifier.Run);
        var reply = await grains.GetGrain<IRunGrain>(id).Start(newRun with
        {
            AskedAt = context.Features.Get<RequestArrival>()?.At,
        });
        if (reply.Run is not { } run)
        {
            return reply.Refusal!.ToResult();
        }

        context.Response.Headers.Location = $"{ApiPaths.Root}/runs/{id}";
        return TypedResults.Json(new StartedRun(run.Id, run.Status, run.DesignId, run.Revision), Json.Default.StartedRun, statusCode: StatusCodes.Status202Accepted);
    }

    private static Refusal? ReadInputs(ImmutableDictionary<string, ImmutableArray<JsonElement>>? given, out ImmutableDictionary<string, ImmutableArray<Token>> inputs)
    {
        inputs = ImmutableDictionary<string, ImmutableArray<Token>>.Empty;
        foreach (var (name, tokens) in given ?? ImmutableDictionary<string, ImmutableArray<JsonElement>>.Empty)
        {
            if (tokens.IsDefault)
            {
                return Refusal.Field($"inputs.{name}", "must be a list of tokens");
            }

            inputs = inputs.Add(name, [.. tokens.Select(Token.Of)]);
        }

        return null;
    }

    private static Refusal? CheckFrom(bool? dryRun, string? from) => from switch
    {
        null => null,
        _ when dryRun != true => Refusal.Field("from", "goes with dryRun alone"),
        _ when !Identifier.IsValid(Identifier.Run, from) => Refusal.Field("from", "must be the id of a run"),
        _ => null,
    };
}
