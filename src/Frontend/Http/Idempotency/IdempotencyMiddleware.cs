using System.Security.Cryptography;
using Actors.Domain;
using Actors.Domain.Idempotency;
using Actors.Frontend.Accounts;
using Actors.Grains.Interfaces.Idempotency;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Actors.Frontend.Http.Idempotency;

/// <summary>
/// Makes a POST with an <c>Idempotency-Key</c> safe to repeat: it takes effect at most once, and its answer is given again.
/// </summary>
/// <remarks>
/// <list type="number">
/// <item>The key is stored before the request runs, and its answer before the client is told.</item>
/// <item>Whatever the request draws (<see cref="Identifiers"/>) follows from what was stored first, so a repeat of one that
/// was cut short by a crash finds what it has done already.</item>
/// <item>The key is free again only when the first attempt was refused, that is, when it certainly did nothing.</item>
/// </list>
/// Calls without an account have nobody to keep a key for, and streams of events are resumed by position; both ignore it.
/// </remarks>
internal sealed partial class IdempotencyMiddleware(RequestDelegate next, IGrainFactory grains, ILogger<IdempotencyMiddleware> logger)
{
    public const string Header = "Idempotency-Key";
    public const string ReplayedHeader = "Idempotency-Replayed";

    /// <summary>Larger answers are not kept: a repeat makes them again.</summary>
    private const int MaximumAnswerBytes = 256 * 1024;

    private const int BodyBytesInMemory = 64 * 1024;

    public Task InvokeAsync(HttpContext context, Identifiers identifiers)
    {
        var header = context.Request.Headers[Header];
        if (header.Count == 0
            || !HttpMethods.IsPost(context.Request.Method)
            || context.GetEndpoint() is null
            || !context.Request.Path.StartsWithSegments(ApiPaths.Api)
            || context.User.TryGetCaller() is not { } caller
            || WantsEvents(context.Request))
        {
            return next(context);
        }

        return header.Count == 1 && ClientKey.IsValid(header.ToString())
            ? RunAsync(context, identifiers, caller.AccountId, new ClientKey(caller.AccountId, header.ToString()))
            : Problem.WriteAsync(context, Refusal.Field(Header, $"must be one value of 1 to {ClientKey.MaximumLength} visible ASCII characters", ErrorCodes.IdempotencyKeyInvalid));
    }

    private async Task RunAsync(HttpContext context, Identifiers identifiers, string accountId, ClientKey key)
    {
        var request = context.Request;
        request.EnableBuffering(BodyBytesInMemory);
        var fingerprint = await key.FingerprintAsync(
            $"{request.Method}\n{request.Path}{request.QueryString}\n{request.ContentType}\n{request.Headers.IfMatch}", request.Body, context.RequestAborted);
        request.Body.Position = 0;

        var grain = grains.GetGrain<IIdempotencyGrain>(accountId);
        switch (await grain.Begin(new IdempotencyAttempt(key.Hash, fingerprint, RandomNumberGenerator.GetBytes(ClientKey.NonceBytes))))
        {
            case IdempotencyReply.Answered answered:
                await KeptAnswer.Read(key.Open(answered.Nonce, answered.Answer)).SendAsync(context);
                break;
            case IdempotencyReply.Refused refused:
                await Problem.WriteAsync(context, refused.Error, refused.Error.Retryable ? TimeSpan.FromSeconds(1) : null);
                break;
            case IdempotencyReply.Started started:
                var seed = key.Seed(started.Nonce, started.At);
                identifiers.Use(seed);
                RequestContext.Set(RequestSeed.ContextKey, seed.ForGrains());
                await RunAsync(context, grain, key, started);
                break;
            default:
                throw new InvalidOperationException("Unknown reply.");
        }
    }

    private async Task RunAsync(HttpContext context, IIdempotencyGrain grain, ClientKey key, IdempotencyReply.Started started)
    {
        var client = context.Response.Body;
        var held = new HeldBody(context.Response, client, MaximumAnswerBytes);
        context.Response.Body = held;
        var refused = false;
        try
        {
            await next(context);
            context.Response.Body = client;
            refused = context.Response.StatusCode is >= 400 and < 500;
            if (context.Response.StatusCode is >= 200 and < 300 && !held.IsPassing)
                await CompleteAsync(grain, key, key.Seal(started.Nonce, KeptAnswer.Of(context.Response, held.ToArray()).Write()));
            else
                await ReleaseAsync(grain, key, refused && started.IsFirst);
        }
        catch (Exception exception)
        {
            // A request that could not even be read did nothing; of any other failure nobody knows.
            context.Response.Body = client;
            await ReleaseAsync(grain, key, started.IsFirst && exception is RefusalException or BadHttpRequestException { StatusCode: < 500 and not StatusCodes.Status408RequestTimeout });
            throw;
        }

        if (!held.IsPassing && held.ToArray() is { Length: > 0 } body)
            await client.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>What was done is done, so the client is told even when its answer could not be kept: a repeat makes it again.</summary>
    private async Task CompleteAsync(IIdempotencyGrain grain, ClientKey key, byte[] answer)
    {
        try
        {
            await grain.Complete(key.Hash, answer);
        }
        catch (Exception exception)
        {
            LogNotKept(logger, exception);
        }
    }

    private async Task ReleaseAsync(IIdempotencyGrain grain, ClientKey key, bool forget)
    {
        try
        {
            await grain.Release(key.Hash, forget);
        }
        catch (Exception exception)
        {
            // Its lease ends by itself.
            LogNotKept(logger, exception);
        }
    }

    private static bool WantsEvents(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Warning, Message = "The outcome of a request with an idempotency key could not be kept.")]
    private static partial void LogNotKept(ILogger logger, Exception exception);
}
