using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Actors.Domain;
using Actors.Domain.Accounts;
using Actors.Domain.Identity;
using Actors.Domain.Lists;
using Actors.Frontend.Http;
using Actors.Grains.Interfaces.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Actors.Frontend.Accounts;

/// <param name="Scopes">Some of <c>read</c>, <c>write</c>, <c>run</c>, <c>admin</c>.</param>
/// <param name="ExpiresInDays">1 to 3650; without it the token lives until it is revoked.</param>
internal sealed record NewTokenBody([property: Required] string? Name, [property: Required] IReadOnlyList<string?>? Scopes, int? ExpiresInDays);

/// <summary>A personal access token without its secret.</summary>
/// <param name="LastUsedAt">To the minute; null when it was never used.</param>
public sealed record OwnToken(
    string Id, string Name, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt)
{
    internal static OwnToken Of(PersonalTokenView view) =>
        new(view.Id, view.Name, ScopeRules.Names(view.Scopes), view.CreatedAt, view.ExpiresAt, view.LastUsedAt);
}

/// <summary>A new personal access token.</summary>
/// <param name="Token">The secret, shown this once: send it as <c>Authorization: Bearer</c>.</param>
public sealed record CreatedToken(string Id, string Name, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, string Token);

/// <summary>Tokens for scripts: <c>/auth/tokens</c>. No token can manage tokens.</summary>
internal static class PersonalTokenEndpoints
{
    private const long FirstVersion = 1;

    private static readonly ListRules Rules = new([ListSort.CreatedAt, ListSort.Name], "-createdAt", "name");

    public static void MapPersonalTokens(this IEndpointRouteBuilder own)
    {
        var tokens = own.MapGroup("/tokens").WithMetadata(SessionOnly.Instance);
        tokens.MapGet("/", ListAsync).WithName("ListTokens").WithSummary("The caller's personal access tokens, without their secrets.").WithList(Rules)
            .Example(response: EndpointDocumentation.PageOf(AccountExamples.Token));
        tokens.MapPost("/", CreateAsync).WithName("CreateToken").WithSummary("Makes a token for scripts; its secret is shown this once.")
            .Refuses(ErrorCodes.Forbidden, ErrorCodes.LimitReached).Example(AccountExamples.NewToken, AccountExamples.CreatedToken);
        tokens.MapGet("/{tokenId}", GetAsync).WithName("GetToken").WithSummary("One personal access token, without its secret.")
            .Versioned().Refuses(ErrorCodes.NotFound).Example(response: AccountExamples.Token);
        tokens.MapDelete("/{tokenId}", RevokeAsync).WithName("RevokeToken").WithSummary("Revokes a token at once; its streams end.")
            .Refuses(ErrorCodes.NotFound);
    }

    private static async Task<Results<Ok<PageOf<OwnToken>>, RefusalResult>> ListAsync([AsParameters] ListQuery query, HttpContext context, IGrainFactory grains)
    {
        if (query.Check(out var list) is { } refusal)
            return refusal.ToResult();

        var tokens = (await Account(context, grains).ListTokens()).Where(token => list.Finds(token.Name)).Select(OwnToken.Of);
        return SortedPages.Take(tokens, list, token => token.Id, list.Sort == ListSort.Name ? token => token.Name.ToLowerInvariant() : token => token.Id) is { } page
            ? TypedResults.Ok(new PageOf<OwnToken>(page.Items, page.NextCursor))
            : Refusal.Field("cursor", "is not one that this list returned").ToResult();
    }

    private static async Task<Results<Created<CreatedToken>, RefusalResult>> CreateAsync(
        NewTokenBody body, HttpContext context, IGrainFactory grains, Identifiers identifiers)
    {
        var scopes = TokenScopes.None;
        foreach (var name in body.Scopes ?? [])
        {
            if (ScopeRules.Parse(name) is not { } scope)
                return Refusal.Field("scopes", "must be some of read, write, run, admin").ToResult();

            scopes |= scope;
        }

        // An absurd number of days is refused by the rule, not by the arithmetic.
        TimeSpan? lifetime = body.ExpiresInDays is { } days ? TimeSpan.FromDays(Math.Clamp(days, 0, PersonalToken.LongestLife.Days + 1)) : null;
        var text = PersonalTokenText.Create(context.GetCaller().AccountId, identifiers.Create(Identifier.PersonalToken), identifiers);
        return await Account(context, grains).CreateToken(new NewPersonalToken(text.TokenId, body.Name, text.SecretHash, scopes, lifetime)) switch
        {
            PersonalTokenReply.Done { Token: var token } => TypedResults.Created(
                $"{ApiPaths.Root}/auth/tokens/{token.Id}",
                new CreatedToken(token.Id, token.Name, ScopeRules.Names(token.Scopes), token.CreatedAt, token.ExpiresAt, text.Text)),
            PersonalTokenReply.Refused refused => refused.Error.ToResult(),
            var reply => throw new InvalidOperationException($"Unknown reply {reply.GetType().Name}."),
        };
    }

    private static async Task<Results<Ok<OwnToken>, StatusCodeHttpResult, RefusalResult>> GetAsync(string tokenId, HttpContext context, IGrainFactory grains)
    {
        if ((await Account(context, grains).ListTokens()).FirstOrDefault(token => token.Id == tokenId) is not { } found)
            return new Refusal(ErrorCodes.NotFound, "there is no such token").ToResult();

        // A token is never changed; only its use is noted.
        var used = found.LastUsedAt?.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        context.Response.SetVersion(FirstVersion, used);
        return context.Request.HasVersion(FirstVersion, used) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Ok(OwnToken.Of(found));
    }

    private static async Task<Results<NoContent, RefusalResult>> RevokeAsync(string tokenId, HttpContext context, IGrainFactory grains) =>
        AccountEndpoints.Done(await Account(context, grains).RevokeToken(tokenId));

    private static IAccountGrain Account(HttpContext context, IGrainFactory grains) => grains.GetGrain<IAccountGrain>(context.GetCaller().AccountId);
}
