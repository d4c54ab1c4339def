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
internal sealed record SecretBody(string? Value)
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
        secrets.MapGet("/", ListAsync).WithName("ListSecrets").WithSummary("The names of the project's secrets, never their values.").WithList(Rules);
        secrets.MapPut("/{name}", SetAsync).WithName("SetSecret").WithSummary("Creates a secret or gives it another value.");
        secrets.MapDelete("/{name}", RemoveAsync).WithName("RemoveSecret").WithSummary("Removes a secret; designs that refer to it fail from then on.");
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

    private static async Task<Results<Ok<SecretView>, Created<SecretView>, RefusalResult>> SetAsync(
        string projectId, string name, SecretBody body, HttpContext context, DesignGate gate, IGrainFactory grains)
    {
        if ((await gate.RefuseAsync(context, projectId, ProjectRole.Editor) ?? SecretsState.CheckName(name)) is { } refusal)
            return refusal.ToResult();

        return await grains.GetGrain<ISecretsGrain>(projectId).Set(new SecretSetting(context.GetCaller().AccountId, name, body.Value ?? "")) switch
        {
            SecretReply.Done { Secret: { Version: 1 } secret } => TypedResults.Created($"{ApiPaths.Root}/projects/{projectId}/secrets/{name}", secret),
            SecretReply.Done done => TypedResults.Ok(done.Secret),
            SecretReply.Refused refused => refused.Error.ToResult(),
            var reply => throw new InvalidOperationException($"Unknown reply {reply.GetType().Name}."),
        };
    }

    private static async Task<Results<NoContent, RefusalResult>> RemoveAsync(
        string projectId, string name, HttpContext context, DesignGate gate, IGrainFactory grains)
    {
        if (await gate.RefuseAsync(context, projectId, ProjectRole.Owner) is { } refusal)
            return refusal.ToResult();

        return await grains.GetGrain<ISecretsGrain>(projectId).Remove(context.GetCaller().AccountId, name) is SecretReply.Refused refused
            ? refused.Error.ToResult()
            : TypedResults.NoContent();
    }
}
