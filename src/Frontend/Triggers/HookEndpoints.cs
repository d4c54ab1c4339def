using System.Collections.Immutable;
using Actors.Domain;
using Actors.Domain.Triggers;
using Actors.Frontend.Accounts;
using Actors.Frontend.Audit;
using Actors.Frontend.Http;
using Actors.Grains.Interfaces.Triggers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;
using Orleans;

namespace Actors.Frontend.Triggers;

/// <summary>Webhooks: <c>POST /hooks/{hookToken}</c>, for anybody who knows the token.</summary>
internal static class HookEndpoints
{
    private const int MaximumShown = 50;
    private const int MaximumShownLength = 1_000;

    private static readonly Refusal NoHook = new(ErrorCodes.NotFound, "there is no such hook");

    /// <summary>Ids by which senders tell their deliveries apart, in the order in which they are looked for.</summary>
    private static readonly string[] DeliveryHeaders = ["Idempotency-Key", "X-Delivery-Id", "X-GitHub-Delivery", "Webhook-Id"];

    /// <summary>Headers that may carry credentials or tell of the way here are not the design's business.</summary>
    private static readonly ImmutableHashSet<string> Hidden = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase, "Authorization", "Cookie", "Proxy-Authorization", "X-Signature-256", "Host", "Connection", "Content-Length", "Transfer-Encoding");

    public static void MapHooks(this IEndpointRouteBuilder api) => api.MapPost("/hooks/{hookToken}", ReceiveAsync)
        .WithTags("Triggers").AllowAnonymous().WithName("ReceiveHook").WithSummary("Fires the trigger whose webhook this is.")
        .Takes(typeof(System.Text.Json.JsonElement), "application/json").Describes("hookToken", "The webhook's secret.")
        .Refuses(
            ErrorCodes.NotFound, ErrorCodes.TriggerDisabled, ErrorCodes.SignatureInvalid, ErrorCodes.UnsupportedMediaType, ErrorCodes.BodyTooLarge, ErrorCodes.RateLimited)
        .Example(TriggerExamples.Delivery, TriggerExamples.Received);

    public static string UrlOf(string token) => $"{ApiPaths.Root}/hooks/{token}";

    public static Accepted<FiringView> Accepted(FiringView firing) =>
        TypedResults.Accepted(firing.RunId is null ? null : $"{ApiPaths.Root}/runs/{firing.RunId}", firing);

    public static Refusal Refusal(FiringReply reply) =>
        reply is FiringReply.Refused refused ? refused.Error : throw new InvalidOperationException($"Unknown reply {reply.GetType().Name}.");

    [TakesAnyQuery]
    private static async Task<Results<Accepted<HookAnswer>, RefusalResult>> ReceiveAsync(string hookToken, HttpContext context, IGrainFactory grains)
    {
        if (hookToken.Length != Secret.Length || await grains.GetGrain<ITriggerDirectoryGrain>(0).FindHook(Secret.Hash(hookToken)) is not { } triggerId)
            return NoHook.ToResult();

        var trigger = grains.GetGrain<ITriggerGrain>(triggerId);
        context.SetAuditSubject("trigger", triggerId);
        if (await trigger.GetProject() is { } projectId)
            context.SetAuditProject(projectId);

        if (await ReadAsync(context) is not { } body)
            return new Refusal(ErrorCodes.BodyTooLarge, $"a hook takes at most {HookSettings.GreatestBytes} bytes").ToResult();

        var request = context.Request;
        var reply = await trigger.Receive(new HookDelivery(
            body,
            request.ContentType,
            DeliveryHeaders.Select(name => request.Headers[name].ToString()).FirstOrDefault(value => value.Length > 0),
            request.Headers["X-Signature-256"].ToString(),
            Shown(request.Headers.Where(header => !Hidden.Contains(header.Key)).Select(header => KeyValuePair.Create(header.Key.ToLowerInvariant(), header.Value))),
            Shown(request.Query)));
        return reply is FiringReply.Done done
            ? TypedResults.Accepted((string?)null, new HookAnswer(done.Firing.Status, done.Firing.RunId, done.Firing.Reason))
            : Refusal(reply).ToResult();
    }

    /// <summary>Null when there is more than any hook takes.</summary>
    private static async Task<byte[]?> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > HookSettings.GreatestBytes)
            return null;

        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            if (body.Length + read > HookSettings.GreatestBytes)
                return null;

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    private static ImmutableSortedDictionary<string, string> Shown(IEnumerable<KeyValuePair<string, StringValues>> values)
    {
        var shown = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in values.Take(MaximumShown))
        {
            var text = value.ToString();
            shown[key] = text.Length > MaximumShownLength ? text[..MaximumShownLength] : text;
        }

        return shown.ToImmutable();
    }
}

/// <summary>What became of a request to a webhook.</summary>
/// <param name="RunId">The run that was started or waits; null when none is.</param>
/// <param name="Reason">Why none is: a code.</param>
public sealed record HookAnswer(FiringStatus Status, string? RunId, string? Reason);
