using Actors.Domain;
using Actors.Domain.Accounts;
using Actors.Frontend.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Actors.Frontend.Accounts;

/// <summary>On an endpoint whose scope is another than its method and path say.</summary>
public sealed record RequiredScope(TokenScopes Scope);

/// <summary>On an endpoint that takes sessions only: a token that leaks must not be able to make itself at home.</summary>
internal sealed class SessionOnly
{
    public static readonly SessionOnly Instance = new();
}

/// <summary>What a personal access token must be allowed to do for a request.</summary>
public static class ScopeRules
{
    /// <summary>Where a write starts or steers work instead of changing what is kept.</summary>
    private static readonly string[] RunSegments = ["runs", "jobs", "generate"];

    /// <summary>The scope that a request needs: <c>admin</c> under <c>/admin</c>, else <c>read</c> to read and watch, <c>run</c> for runs and jobs, <c>write</c>.</summary>
    internal static TokenScopes Needed(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint?.Metadata.GetMetadata<RequiredScope>() is { } declared)
            return declared.Scope;

        var path = context.Request.Path;
        if (path.StartsWithSegments($"{ApiPaths.Root}/admin"))
            return TokenScopes.Admin;

        // The hub's own calls are judged one by one; connecting only allows to watch.
        if (ApiPaths.IsHub(path) || HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
            return TokenScopes.Read;

        return endpoint is RouteEndpoint { RoutePattern: var pattern }
            && pattern.PathSegments.Any(segment => segment.Parts is [RoutePatternLiteralPart literal] && RunSegments.Contains(literal.Content))
                ? TokenScopes.Run
                : TokenScopes.Write;
    }

    /// <summary>Null when the caller may do what needs a scope: a session may do everything that its account may.</summary>
    public static Refusal? RefuseScope(this Caller caller, TokenScopes needed) => caller.Scopes is { } scopes && (scopes & needed) != needed
        ? new Refusal(ErrorCodes.ScopeMissing, $"this needs a token with the scope {Name(needed)}")
        : null;

    /// <summary>A scope by its exact name; null for any other text.</summary>
    internal static TokenScopes? Parse(string? text) => text switch
    {
        "read" => TokenScopes.Read,
        "write" => TokenScopes.Write,
        "run" => TokenScopes.Run,
        "admin" => TokenScopes.Admin,
        _ => null,
    };

    internal static string[] Names(TokenScopes scopes) =>
        [.. new[] { TokenScopes.Read, TokenScopes.Write, TokenScopes.Run, TokenScopes.Admin }.Where(scope => scopes.HasFlag(scope)).Select(Name)];

    private static string Name(TokenScopes scope) => scope switch
    {
        TokenScopes.Read => "read",
        TokenScopes.Write => "write",
        TokenScopes.Run => "run",
        _ => "admin",
    };
}

/// <summary>Part of every policy: the caller's token, when it is a personal one, reaches this far.</summary>
internal sealed class ScopeRequirement : IAuthorizationRequirement;

/// <summary>Leaves the refusal behind for <see cref="BearerHandler"/> to answer with.</summary>
internal sealed class ScopeHandler : AuthorizationHandler<ScopeRequirement>
{
    private static readonly object RefusalKey = new();
    private static readonly Refusal NoSession = new(ErrorCodes.SessionRequired, "a personal access token cannot do this: log in");

    public static Refusal? RefusalOf(HttpContext context) => context.Items.TryGetValue(RefusalKey, out var refusal) ? (Refusal?)refusal : null;

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
    {
        // The hub authorizes each call once more with the call as the resource; what it needs, the hub says itself.
        if (context.Resource is not HttpContext http || context.User.TryGetCaller() is not { Scopes: not null } caller)
        {
            context.Succeed(requirement);
            return Task.CompletedTask;
        }

        var refusal = http.GetEndpoint()?.Metadata.GetMetadata<SessionOnly>() is not null ? NoSession : caller.RefuseScope(ScopeRules.Needed(http));
        if (refusal is null)
        {
            context.Succeed(requirement);
        }
        else
        {
            http.Items[RefusalKey] = refusal;
            context.Fail();
        }

        return Task.CompletedTask;
    }
}
