using System.ComponentModel.DataAnnotations;
using System.Text;
using Actors.Domain;
using Actors.Domain.Lists;
using Actors.Domain.Projects;
using Actors.Domain.Secrets;
using Actors.Frontend.Accounts;
using Actors.Frontend.Designs;
using Actors.Frontend.Http;
using Actors.Grains.Interfaces.Secrets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Actors.Frontend.Secrets;

/// <param name="Value">At most 32 KiB as UTF-8. It is never answered.</param>
internal sealed record SecretBody([property: Required] string? Value)
{
    /// <summary>Whatever prints a body does not print the value.</summary>
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Value = ").Append(Value is null ? "null" : "***");
        return true;
    }
}

/// <summary>Secrets of a project: <c>/projects/{projectId}/secrets</c>. Values go in and never come out.</summary>
public static class SecretEndpoints
{
    private static readonly ListRules Rules = new([ListSort.Name, ListSort.UpdatedAt], ListSort.Name, "name");

    public static IEndpointRouteBuilder MapSecrets(this IEndpointRouteBuilder api)
    {
        var secrets = api.MapGroup("/projects/{projectId}/secrets").WithTags("Secrets").RequireAuthorization();
        secrets.MapGet("/", ListAsync).WithName("ListSecrets").WithSummary("The names of the project's secrets, never their values.").WithList(Rules)
            .Needs(ProjectRole.Editor).Example(response: EndpointDocumentation.PageOf(SecretExamples.Secret));
        secrets.MapGet("/{name}", GetAsync).WithName("GetSecret").WithSummary("When a secret was set and by whom, never its value.")
            .Needs(ProjectRole.Editor).Versioned().Describes("name", "The secret's name.").Example(response: SecretExamples.Secret);
        secrets.MapPut("/{name}", SetAsync).WithName("SetSecret").WithSummary("Creates a secret or gives it another value.")
            .Needs(ProjectRole.Editor).Versioned().Refuses(ErrorCodes.LimitReached)
            .Describes("name", "The secret's name: letters, digits and any of `_ - .`, at most 100.").Example(SecretExamples.New, SecretExamples.Secret);
        secrets.MapDelete("/{name}", RemoveAsync).WithName("RemoveSecret").WithSummary("Removes a secret; designs that refer to it fail from then on.")
            .Needs(ProjectRole.Owner).Versioned().Describes("name", "The secret's name.");
        return api;
    }

    private static async Task<Results<Ok<PageOf<SecretView>>, RefusalResult>> ListAsync(
        string projectId, [AsParameters] ListQuery query, HttpContext context, DesignGate gate, IGrainFactory grains)
    {
        if (query.Check(out var list) is { } invalid)
            return invalid.ToResult();

        if (await gate.RefuseAsync(context, projectId, ProjectRole.Editor) is { } refusal)
            return refusal.ToResult();

        return await grains.GetGrain<ISecretsGrain>(projectId).List(context.GetCaller().AccountId, list) switch
        {
            SecretPageReply.Page found => TypedResults.Ok(new PageOf<SecretView>(found.Items, found.NextCursor)),
            SecretPageReply.Refused refused => refused.Error.ToResult(),
            var reply => throw new InvalidOperationException($"Unknown reply {reply.GetType().Name}."),
        };
    }

    private static async Task<Results<Ok<SecretView>, StatusCodeHttpResult, RefusalResult>> GetAsync(
        string projectId, string name, HttpContext context, DesignGate gate, IGrainFactory grains)
    {
        if (await gate.RefuseAsync(context, projectId, ProjectRole.Editor) is { } refusal)
            return refusal.ToResult();

        switch (await grains.GetGrain<ISecretsGrain>(projectId).Get(context.GetCaller().AccountId, name))
        {
            case SecretReply.Done { Secret: var secret }:
                context.Response.SetVersion(secret.Version);
                return context.Request.HasVersion(secret.Version) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Ok(secret);
            case SecretReply.Refused refused:
                return refused.Error.ToResult();
            case var reply:
                throw new InvalidOperationException($"Unknown reply {reply.GetType().Name}.");
        }
    }

    private static async Task<Results<Ok<SecretView>, Created<SecretView>, RefusalResult>> SetAsync(
        string projectId, string name, SecretBody body, HttpContext context, DesignGate gate, IGrainFactory grains)
    {
        if ((await gate.RefuseAsync(context, projectId, ProjectRole.Editor) ?? SecretsState.CheckName(name)) is { } refusal)
            return refusal.ToResult();

        var setting = new SecretSetting(context.GetCaller().AccountId, name, body.Value ?? "", context.Request.ExpectedVersion());
        switch (await grains.GetGrain<ISecretsGrain>(projectId).Set(setting))
        {
            case SecretReply.Done { Secret: var secret }:
                context.Response.SetVersion(secret.Version);
                return secret.Version == 1 ? TypedResults.Created($"{ApiPaths.Root}/projects/{projectId}/secrets/{name}", secret) : TypedResults.Ok(secret);
            case SecretReply.Refused refused:
                return refused.Error.ToResult();
            case var reply:
                throw new InvalidOperationException($"Unknown reply {reply.GetType().Name}.");
        }
    }

    private static async Task<Results<NoContent, RefusalResult>> RemoveAsync(
        string projectId, string name, HttpContext context, DesignGate gate, IGrainFactory grains)
    {
        if (await gate.RefuseAsync(context, projectId, ProjectRole.Owner) is { } refusal)
            return refusal.ToResult();

        return await grains.GetGrain<ISecretsGrain>(projectId).Remove(context.GetCaller().AccountId, name, context.Request.ExpectedVersion()) is SecretReply.Refused refused
            ? refused.Error.ToResult()
            : TypedResults.NoContent();
    }
}
