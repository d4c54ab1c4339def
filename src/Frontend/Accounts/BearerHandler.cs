using System.Text.Encodings.Web;
using Actors.Domain;
using Actors.Frontend.Http;
using Actors.Grains.Interfaces.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;

namespace Actors.Frontend.Accounts;

/// <summary>
/// Bearer tokens (RFC 6750). Each request asks the account whether the session lives, so that logging out, a new
/// password or a disabled account takes effect with the next request.
/// </summary>
internal sealed class BearerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    AccessTokens tokens,
    IGrainFactory grains) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Bearer";

    private const string Prefix = "Bearer ";

    private static readonly TimeSpan LongestConnection = TimeSpan.FromDays(1);

    private bool _isExpired;
    private bool _isGiven;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (ReadToken() is not { } token)
            return AuthenticateResult.NoResult();

        _isGiven = true;
        if (PersonalTokenText.IsOne(token))
            return await AuthenticatePersonalAsync(token);

        var reading = tokens.Read(token);
        if (reading.Status != TokenStatus.Valid)
        {
            _isExpired = reading.Status == TokenStatus.Expired;
            return AuthenticateResult.Fail("The token is expired or not one of ours.");
        }

        return await grains.GetGrain<IAccountGrain>(reading.AccountId).CheckSession(reading.SessionId) is { } session
            ? AuthenticateResult.Success(new AuthenticationTicket(AccessTokens.Principal(reading, session.Name, session.Role, SchemeName), SchemeName))
            : AuthenticateResult.Fail("The session has ended.");
    }

    private async Task<AuthenticateResult> AuthenticatePersonalAsync(string text)
    {
        if (PersonalTokenText.Parse(text) is not { } token
            || await grains.GetGrain<IAccountGrain>(token.AccountId).CheckToken(token.TokenId, token.SecretHash) is not { } check)
        {
            return AuthenticateResult.Fail("The personal access token is unknown, expired or revoked.");
        }

        // A connection lives no longer than a day on one showing of the token; it may be shown again.
        var reshow = TimeProvider.GetUtcNow() + LongestConnection;
        var expiresAt = check.ExpiresAt is { } end && end < reshow ? end : reshow;
        return AuthenticateResult.Success(new AuthenticationTicket(AccessTokens.Principal(token, check, expiresAt, SchemeName), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var refusal = _isExpired ? new Refusal(ErrorCodes.TokenExpired, "the access token has expired: refresh it")
            : _isGiven ? new Refusal(ErrorCodes.Unauthenticated, "the access token is not valid, or its session has ended or it was revoked: log in again")
            : new Refusal(ErrorCodes.Unauthenticated, "this needs an access token: send 'Authorization: Bearer …'");
        Response.Headers.WWWAuthenticate = _isGiven ? "Bearer error=\"invalid_token\"" : SchemeName;
        return Problem.WriteAsync(Context, refusal);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problem.WriteAsync(Context, ScopeHandler.RefusalOf(Context) ?? new Refusal(ErrorCodes.Forbidden, "this is for administrators of the installation"));

    /// <summary>Browsers cannot set headers on a WebSocket, so for hubs alone the token may come in the address.</summary>
    private string? ReadToken()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return header[Prefix.Length..].Trim();

        return ApiPaths.IsHub(Request.Path) && Request.Query["access_token"].ToString() is { Length: > 0 } query ? query : null;
    }
}
