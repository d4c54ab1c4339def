using System.Globalization;
using System.Security.Claims;
using Actors.Domain.Accounts;
using Microsoft.AspNetCore.Http;

namespace Actors.Frontend.Accounts;

/// <summary>Who asks, as their token says and their account confirmed.</summary>
/// <param name="SessionId">The session, or the personal access token.</param>
/// <param name="IsAdministrator">Of the installation, and, with a personal access token, that its scopes say so too.</param>
/// <param name="ExpiresAt">When the access token ends; for a personal one, when at the latest it has to be shown again.</param>
/// <param name="Scopes">What a personal access token may do; null for a session, which may do all that its account may.</param>
public sealed record Caller(
    string AccountId, string SessionId, string Name, bool IsAdministrator, DateTimeOffset ExpiresAt, TokenScopes? Scopes = null);

public static class CallerExtensions
{
    internal const string Subject = "sub";
    internal const string Session = "sid";
    internal const string Name = "name";
    internal const string Role = "role";
    internal const string Expiry = "exp";
    internal const string AdministratorRole = "admin";
    internal const string Scopes = "scp";

    /// <summary>The caller of a request that needed authentication.</summary>
    public static Caller GetCaller(this HttpContext context) => context.User.GetCaller();

    /// <inheritdoc cref="GetCaller(HttpContext)"/>
    public static Caller GetCaller(this ClaimsPrincipal user) =>
        user.TryGetCaller() ?? throw new InvalidOperationException("The request is not authenticated: its address lacks RequireAuthorization().");

    /// <summary>The caller, or null when nobody is authenticated.</summary>
    public static Caller? TryGetCaller(this ClaimsPrincipal user) =>
        user.FindFirst(Subject)?.Value is { } account
        && user.FindFirst(Session)?.Value is { } session
        && long.TryParse(user.FindFirst(Expiry)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var expiry)
            ? new Caller(account, session, user.FindFirst(Name)?.Value ?? "", user.HasClaim(Role, AdministratorRole), DateTimeOffset.FromUnixTimeSeconds(expiry), ScopesOf(user))
            : null;

    private static TokenScopes? ScopesOf(ClaimsPrincipal user) =>
        int.TryParse(user.FindFirst(Scopes)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var scopes) ? (TokenScopes)scopes : null;
}
