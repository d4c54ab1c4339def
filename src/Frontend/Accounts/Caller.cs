using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Actors.Frontend.Accounts;

/// <summary>Who asks, as their token says and their account confirmed.</summary>
/// <param name="ExpiresAt">When the access token ends.</param>
public sealed record Caller(string AccountId, string SessionId, string Name, bool IsAdministrator, DateTimeOffset ExpiresAt);

public static class CallerExtensions
{
    internal const string Subject = "sub";
    internal const string Session = "sid";
    internal const string Name = "name";
    internal const string Role = "role";
    internal const string Expiry = "exp";
    internal const string AdministratorRole = "admin";

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
            ? new Caller(account, session, user.FindFirst(Name)?.Value ?? "", user.HasClaim(Role, AdministratorRole), DateTimeOffset.FromUnixTimeSeconds(expiry))
            : null;
}
