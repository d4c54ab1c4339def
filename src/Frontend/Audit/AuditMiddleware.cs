using Actors.Domain.Audit;
using Actors.Frontend.Accounts;
using Actors.Frontend.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Actors.Frontend.Audit;

/// <summary>Records every call that would change something, whether it did or was refused.</summary>
internal sealed class AuditMiddleware(RequestDelegate next, AuditWriter writer, ExceptionTranslation errors, TimeProvider time)
{
    private const int ClientClosedRequest = 499;

    public async Task InvokeAsync(HttpContext context)
    {
        if (!Changes(context.Request) || context.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName is not { } action)
        {
            await next(context);
            return;
        }

        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            Record(context, action, ClientClosedRequest, "");
            throw;
        }
        catch (Exception exception)
        {
            var refusal = errors.Translate(exception);
            Record(context, action, RefusalStatus.Of(refusal.Code), refusal.Code);
            throw;
        }

        Record(context, action, context.Response.StatusCode, context.AuditScope().Code ?? "");
    }

    private static bool Changes(HttpRequest request) =>
        (request.Path.StartsWithSegments(ApiPaths.Api) || ApiPaths.IsLinkPage(request.Path))
        && (HttpMethods.IsPost(request.Method) || HttpMethods.IsPut(request.Method) || HttpMethods.IsPatch(request.Method) || HttpMethods.IsDelete(request.Method));

    private void Record(HttpContext context, string action, int status, string code)
    {
        var caller = context.User.TryGetCaller();
        var scope = context.AuditScope();
        var accountId = caller?.AccountId ?? scope.AccountId ?? "";
        if (caller is null && status >= StatusCodes.Status400BadRequest && !writer.AdmitsAnonymous())
        {
            writer.LeaveOut();
            return;
        }

        var now = time.GetUtcNow();
        var (kind, id) = AuditSubject.Of(context);
        writer.Record(new AuditEntry
        {
            Id = writer.NewId(now),
            At = now,
            ProjectId = scope.ProjectId ?? (kind == "project" ? id : context.Request.RouteValues["projectId"] as string ?? ""),
            AccountId = accountId,
            SessionId = caller?.SessionId ?? "",
            Address = context.Connection.RemoteIpAddress?.ToString() ?? "",
            Agent = AuditText.Cut(context.Request.Headers.UserAgent.ToString()),
            Action = action,
            SubjectKind = kind,
            SubjectId = AuditText.Cut(id),
            Status = status,
            Code = code,
            RequestId = context.TraceIdentifier,
        });
    }
}

/// <summary>What a call was about: what it created, or else the last thing that its address names.</summary>
internal static class AuditSubject
{
    private const string Suffix = "Id";

    public static (string Kind, string Id) Of(HttpContext context)
    {
        if (context.AuditScope().Subject is { } known)
            return known;

        if (context.Response.StatusCode == StatusCodes.Status201Created
            && context.Response.Headers.Location.ToString() is { Length: > 0 } location
            && location.Split('/') is [.., var collection, var id])
        {
            return (collection.TrimEnd('s'), Uri.UnescapeDataString(id));
        }

        var last = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.Parameters is [.., var parameter] ? parameter.Name : null;
        return last is not null && !SecretPaths.IsSecret(last) && context.Request.RouteValues[last]?.ToString() is { } value
            ? (last.EndsWith(Suffix, StringComparison.Ordinal) ? last[..^Suffix.Length] : last, value)
            : ("", "");
    }
}

internal static class AuditText
{
    public static string Cut(string text) => text.Length <= AuditEntry.MaximumText ? text : text[..AuditEntry.MaximumText];
}
