using Actors.Domain;
using Actors.Domain.Execution;
using Actors.Domain.Identity;
using Actors.Domain.Lists;
using Actors.Domain.Projects;
using Actors.Domain.Triggers;
using Actors.Frontend.Accounts;
using Actors.Frontend.Designs;
using Actors.Frontend.Http;
using Actors.Grains.Interfaces.Triggers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Actors.Frontend.Triggers;

/// <summary>Triggers of a project: <c>/projects/{projectId}/triggers</c>.</summary>
public static class TriggerEndpoints
{
    private static readonly ListRules FiringRules = new(["firedAt"], "-firedAt", "status, reason or run");

    public static IEndpointRouteBuilder MapTriggers(this IEndpointRouteBuilder api)
    {
        var triggers = api.MapGroup("/projects/{projectId}/triggers").WithTags("Triggers").RequireAuthorization();
        triggers.MapGet("/", ListAsync).WithName("ListTriggers").WithSummary("The project's triggers, newest first.").WithList(ListEndpoints.Catalog)
            .Needs(ProjectRole.Viewer).Describes("status", "`enabled` or `disabled`.").Example(response: EndpointDocumentation.PageOf(TriggerExamples.Trigger));
        triggers.MapPost("/", CreateAsync).WithName("CreateTrigger").WithSummary("Has a design run on a schedule, by a webhook, or when something changes.")
            .Needs(ProjectRole.Editor).Refuses(ErrorCodes.LimitReached, ErrorCodes.IdentifierInvalid).Example(TriggerExamples.New, TriggerExamples.Created);
        triggers.MapGet("/{triggerId}", GetAsync).WithName("GetTrigger").WithSummary("One trigger.")
            .Needs(ProjectRole.Viewer).Versioned().Example(response: TriggerExamples.Trigger);
        triggers.MapPatch("/{triggerId}", ChangeAsync).WithName("ChangeTrigger").WithSummary("Changes a trigger, or switches it on and off.")
            .Needs(ProjectRole.Editor).Versioned().Example(TriggerExamples.Patch, TriggerExamples.Trigger);
        triggers.MapDelete("/{triggerId}", DeleteAsync).WithName("DeleteTrigger").WithSummary("Deletes a trigger; runs that it started go on.")
            .Needs(ProjectRole.Editor).Versioned();
        triggers.MapPost("/{triggerId}/fire", FireAsync).WithName("FireTrigger").WithSummary("Fires a trigger by hand, also when it is switched off.")
            .Needs(ProjectRole.Editor).Example(TriggerExamples.Fire, TriggerExamples.Firing);
        triggers.MapPost("/{triggerId}/token", RollAsync).WithName("RollTriggerToken").WithSummary("Gives a webhook another address, shown this once; the one before stops working.")
            .Needs(ProjectRole.Editor).Example(response: TriggerExamples.Rolled);
        triggers.MapGet("/{triggerId}/firings", ListFiringsAsync).WithName("ListFirings").WithSummary("When a trigger fired and what became of it, newest first.").WithList(FiringRules)
            .Needs(ProjectRole.Viewer).Example(response: EndpointDocumentation.PageOf(TriggerExamples.Firing));
        api.MapHooks();
        return api;
    }

    private static async Task<Results<Ok<PageOf<TriggerView>>, RefusalResult>> ListAsync(
        string projectId, [AsParameters] ListQuery query, [FromQuery(Name = "status")] string? status, HttpContext context, DesignGate gate, IGrainFactory grains)
    {
        if ((query.Check(out var list) ?? ListFilters.Choice("status", status, out status, "enabled", "disabled")) is { } invalid)
            return invalid.ToResult();

        if (await gate.RefuseAsync(context, projectId, ProjectRole.Viewer) is { } refusal)
            return refusal.ToResult();

        return await grains.GetGrain<ITriggerDirectoryGrain>(0).List(projectId, status, list) switch
        {
            TriggerPageReply.Page found => TypedResults.Ok(new PageOf<TriggerView>(found.Items, found.NextCursor)),
            TriggerPageReply.Refused refused => refused.Error.ToResult(),
            var reply => throw new InvalidOperationException($"Unknown reply {reply.GetType().Name}."),
        };
    }

    private static async Task<Results<Created<CreatedTrigger>, RefusalResult>> CreateAsync(
        string projectId, NewTriggerBody body, HttpContext context, DesignGate gate, IGrainFactory grains, Identifiers identifiers)
    {
        if (await gate.RefuseAsync(context, projectId, ProjectRole.Editor) is { } refusal)
            return refusal.ToResult();

        var settings = body.ToSettings();
        var token = settings.Kind == TriggerKind.Webhook ? Secret.Create(identifiers) : null;
        var id = identifiers.Create(Identifier.Trigger);
        var reply = await grains.GetGrain<ITriggerGrain>(id).Create(new NewTrigger(
            context.GetCaller().AccountId, projectId, settings, body.Enabled ?? true, token is null ? null : Secret.Hash(token), body.SigningSecret));
        if (reply is not TriggerReply.Done done)
            return Refusal(reply).ToResult();

        if (token is not null)
            context.Response.Headers.CacheControl = "no-store";

        context.Response.SetVersion(done.Trigger.Version);
        return TypedResults.Created(
            $"{ApiPaths.Root}/projects/{projectId}/triggers/{id}",
            new CreatedTrigger(done.Trigger, token, token is null ? null : HookEndpoints.UrlOf(token)));
    }

    private static async Task<Results<Ok<TriggerView>, StatusCodeHttpResult, RefusalResult>> GetAsync(
        string projectId, string triggerId, HttpContext context, DesignGate gate, IGrainFactory grains)
    {
        var (trigger, view, refusal) = await OpenAsync(projectId, triggerId, ProjectRole.Viewer, context, gate, grains);
        if (trigger is null)
            return refusal!.ToResult();

        context.Response.SetVersion(view!.Version);
        return context.Request.HasVersion(view.Version) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Ok(view);
    }

    private static async Task<Results<Ok<TriggerView>, RefusalResult>> ChangeAsync(
        string projectId, string triggerId, TriggerPatchBody body, HttpContext context, DesignGate gate, IGrainFactory grains)
    {
        var (trigger, _, refusal) = await OpenAsync(projectId, triggerId, ProjectRole.Editor, context, gate, grains);
        if (trigger is null)
            return refusal!.ToResult();

        var reply = await trigger.Change(body.ToChange(context.GetCaller().AccountId, context.Request.ExpectedVersion()));
        if (reply is not TriggerReply.Done done)
            return Refusal(reply).ToResult();

        context.Response.SetVersion(done.Trigger.Version);
        return TypedResults.Ok(done.Trigger);
    }

    private static async Task<Results<NoContent, RefusalResult>> DeleteAsync(
        string projectId, string triggerId, HttpContext context, DesignGate gate, IGrainFactory grains)
    {
        var (trigger, _, refusal) = await OpenAsync(projectId, triggerId, ProjectRole.Editor, context, gate, grains);
        if (trigger is null)
            return refusal!.ToResult();

        return await trigger.Delete(context.GetCaller().AccountId, context.Request.ExpectedVersion()) is TriggerReply.Refused refused
            ? refused.Error.ToResult()
            : TypedResults.NoContent();
    }

    private static async Task<Results<Accepted<FiringView>, RefusalResult>> FireAsync(
        string projectId, string triggerId, FireBody body, HttpContext context, DesignGate gate, IGrainFactory grains, Identifiers identifiers)
    {
        var (trigger, _, refusal) = await OpenAsync(projectId, triggerId, ProjectRole.Editor, context, gate, grains);
        if (trigger is null)
            return refusal!.ToResult();

        var reply = await trigger.Fire(context.GetCaller().AccountId, body.Payload is { } payload ? Token.Of(payload) : null, identifiers.NewBatchId().ToString("N"));
        return reply is FiringReply.Done done ? HookEndpoints.Accepted(done.Firing) : HookEndpoints.Refusal(reply).ToResult();
    }

    private static async Task<Results<Ok<RolledToken>, RefusalResult>> RollAsync(
        string projectId, string triggerId, HttpContext context, DesignGate gate, IGrainFactory grains, Identifiers identifiers)
    {
        var (trigger, _, refusal) = await OpenAsync(projectId, triggerId, ProjectRole.Editor, context, gate, grains);
        if (trigger is null)
            return refusal!.ToResult();

        var token = Secret.Create(identifiers);
        var reply = await trigger.RollToken(context.GetCaller().AccountId, Secret.Hash(token));
        if (reply is not TriggerReply.Done)
            return Refusal(reply).ToResult();

        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new RolledToken(token, HookEndpoints.UrlOf(token)));
    }

    private static async Task<Results<Ok<PageOf<FiringView>>, RefusalResult>> ListFiringsAsync(
        string projectId, string triggerId, [AsParameters] ListQuery query, HttpContext context, DesignGate gate, IGrainFactory grains)
    {
        if (query.Check(out var list) is { } invalid)
            return invalid.ToResult();

        var (trigger, _, refusal) = await OpenAsync(projectId, triggerId, ProjectRole.Viewer, context, gate, grains);
        if (trigger is null)
            return refusal!.ToResult();

        return await trigger.ListFirings(context.GetCaller().AccountId, list) switch
        {
            FiringPageReply.Page found => TypedResults.Ok(new PageOf<FiringView>(found.Items, found.NextCursor)),
            FiringPageReply.Refused refused => refused.Error.ToResult(),
            var reply => throw new InvalidOperationException($"Unknown reply {reply.GetType().Name}."),
        };
    }

    /// <summary>The trigger when it is of this project and the caller's role is enough.</summary>
    private static async Task<(ITriggerGrain? Trigger, TriggerView? View, Refusal? Refusal)> OpenAsync(
        string projectId, string triggerId, ProjectRole needed, HttpContext context, DesignGate gate, IGrainFactory grains)
    {
        if (await gate.RefuseAsync(context, projectId, needed) is { } refusal)
            return (null, null, refusal);

        var trigger = grains.GetGrain<ITriggerGrain>(triggerId);
        return await trigger.Get(context.GetCaller().AccountId) switch
        {
            TriggerReply.Done { Trigger: var view } when view.ProjectId == projectId => (trigger, view, null),
            TriggerReply.Done or TriggerReply.Gone => (null, null, NoTrigger),
            var reply => (null, null, Refusal(reply)),
        };
    }

    private static readonly Refusal NoTrigger = new(ErrorCodes.NotFound, "there is no such trigger");

    private static Refusal Refusal(TriggerReply reply) => reply is TriggerReply.Refused refused ? refused.Error : NoTrigger;
}
