using Actors.Domain;
using Actors.Domain.Lists;
using Actors.Frontend.Http;
using Actors.Grains.Interfaces.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Actors.Frontend.Accounts;

/// <summary>One login of the caller's.</summary>
/// <param name="LastUsedAt">The last request; after a restart of the server, the last refresh until the next request.</param>
/// <param name="Address">The network address that logged in.</param>
/// <param name="Current">Whether it is the one that asks.</param>
public sealed record OwnSession(
    string Id, DateTimeOffset CreatedAt, DateTimeOffset LastUsedAt, DateTimeOffset ExpiresAt, string? Address, string? UserAgent, bool Current);

/// <summary>The caller's logins: <c>/auth/sessions</c>.</summary>
internal static class SessionEndpoints
{
    private static readonly ListRules Rules = new([ListSort.CreatedAt, "lastUsedAt"], "-createdAt", "address and user agent");

    public static void MapSessions(this IEndpointRouteBuilder own)
    {
        var sessions = own.MapGroup("/sessions").WithMetadata(SessionOnly.Instance);
        sessions.MapGet("/", ListAsync).WithName("ListSessions").WithSummary("The caller's logins.").WithList(Rules)
            .Example(response: EndpointDocumentation.PageOf(AccountExamples.Session));
        sessions.MapDelete("/", EndOthersAsync).WithName("EndOtherSessions").WithSummary("Ends every session but this one; their tokens and streams end at once.");
        sessions.MapDelete("/{sessionId}", EndAsync).WithName("EndSession").WithSummary("Ends one session; its tokens and streams end at once.")
            .Refuses(ErrorCodes.NotFound);
    }

    private static async Task<Results<Ok<PageOf<OwnSession>>, RefusalResult>> ListAsync([AsParameters] ListQuery query, HttpContext context, IGrainFactory grains)
    {
        if (query.Check(out var list) is { } refusal)
            return refusal.ToResult();

        var caller = context.GetCaller();
        var sessions = from session in await grains.GetGrain<IAccountGrain>(caller.AccountId).ListSessions()
                       where list.Search is null || list.Finds(session.Address) || list.Finds(session.UserAgent)
                       select new OwnSession(
                           session.Id, session.CreatedAt, session.LastUsedAt, session.ExpiresAt, session.Address, session.UserAgent, session.Id == caller.SessionId);
        return SortedPages.Take(sessions, list, session => session.Id, list.Sort == ListSort.CreatedAt ? session => session.Id : session => session.LastUsedAt.UtcTicks.ToString("D19")) is { } page
            ? TypedResults.Ok(new PageOf<OwnSession>(page.Items, page.NextCursor))
            : Refusal.Field("cursor", "is not one that this list returned").ToResult();
    }

    private static async Task<Results<NoContent, RefusalResult>> EndOthersAsync(HttpContext context, IGrainFactory grains)
    {
        var caller = context.GetCaller();
        return AccountEndpoints.Done(await grains.GetGrain<IAccountGrain>(caller.AccountId).EndSessions(caller.SessionId));
    }

    private static async Task<Results<NoContent, RefusalResult>> EndAsync(string sessionId, HttpContext context, IGrainFactory grains) =>
        AccountEndpoints.Done(await grains.GetGrain<IAccountGrain>(context.GetCaller().AccountId).EndSession(sessionId));
}
