using Microsoft.AspNetCore.Http;

namespace Actors.Frontend.Audit;

/// <summary>What a handler knows about its request that the address does not say.</summary>
internal sealed class AuditScope
{
    public string? ProjectId { get; set; }

    /// <summary>What it is about, where the address names it by a secret.</summary>
    public (string Kind, string Id)? Subject { get; set; }

    /// <summary>Of who becomes known only by the request, as at a login.</summary>
    public string? AccountId { get; set; }

    /// <summary>The refusal's code.</summary>
    public string? Code { get; set; }
}

internal static class AuditScopes
{
    /// <summary>The project that the request's subject belongs to.</summary>
    public static void SetAuditProject(this HttpContext context, string projectId) => context.AuditScope().ProjectId = projectId;

    public static void SetAuditSubject(this HttpContext context, string kind, string id) => context.AuditScope().Subject = (kind, id);

    public static void SetAuditAccount(this HttpContext context, string accountId) => context.AuditScope().AccountId = accountId;

    public static AuditScope AuditScope(this HttpContext context)
    {
        if (context.Features.Get<AuditScope>() is { } scope)
            return scope;

        scope = new AuditScope();
        context.Features.Set(scope);
        return scope;
    }
}
