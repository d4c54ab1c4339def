using Actors.Domain;
using Actors.Domain.Identity;
using Actors.Domain.Lists;
using Actors.Frontend.Accounts;
using Actors.Frontend.Http;
using Actors.Frontend.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Actors.Frontend.Administration;

/// <summary>What is live on this server, now and since it began.</summary>
/// <param name="Connections">To the hub, and those that follow events over REST.</param>
/// <param name="Accounts">How many people they are.</param>
/// <param name="Streams">That are being sent, by kind.</param>
/// <param name="Feeds">Designs, rooms and inboxes that somebody watches.</param>
/// <param name="MessagesReceived">From clients over the hub, since the server began.</param>
/// <param name="FramesSent">Of streams, over the hub, since the server began.</param>
/// <param name="AnswersSent">All else over the hub, since the server began.</param>
public sealed record LiveSummary(
    int Connections, int Accounts, IReadOnlyDictionary<string, int> Streams, LiveFeeds Feeds, long MessagesReceived, long FramesSent, long AnswersSent);

/// <summary>How many grains of each kind somebody watches here; each is followed once, however many watch.</summary>
public sealed record LiveFeeds(int Designs, int Rooms, int Inboxes);

/// <summary>A room that somebody here watches.</summary>
/// <param name="Connections">That watch it over this server.</param>
/// <param name="People">How many people they are.</param>
public sealed record LiveRoom(string ProjectId, int Connections, int People);

/// <summary>One connection.</summary>
/// <param name="Streams">That it is being sent.</param>
/// <param name="FramesSent">Since it began.</param>
public sealed record LiveConnectionView(string Id, string AccountId, string Name, DateTimeOffset ConnectedAt, int Streams, long FramesSent);

/// <summary>Who is connected, for the installation's administrators: <c>/admin/live</c>. It tells of the server that answers, not of a cluster.</summary>
internal static class LiveAdministrationEndpoints
{
    private const string ConnectionsKey = "connections";
    private const string PeopleKey = "people";
    private const string ConnectedAtKey = "connectedAt";
    private const string FramesKey = "framesSent";

    private static readonly ListRules RoomRules = new([ConnectionsKey, PeopleKey], "-" + ConnectionsKey, "project's id");
    private static readonly ListRules ConnectionRules = new([ConnectedAtKey, FramesKey], "-" + ConnectedAtKey, "name of the account");

    public static void MapLiveAdministration(this IEndpointRouteBuilder api)
    {
        var live = api.MapGroup("/admin/live").WithTags("Administration").RequireAuthorization(AuthenticationRegistration.AdministratorPolicy);
        live.MapGet("/", Summarize).WithName("GetLive").WithSummary("Connections, streams and messages of this server.").Example(response: LiveExamples.Summary);
        live.MapGet("/rooms", ListRooms).WithName("ListLiveRooms").WithSummary("Rooms that somebody watches, the fullest first.").WithList(RoomRules)
            .Describes("accountId", "Only rooms that this account watches.").Example(response: EndpointDocumentation.PageOf(LiveExamples.Room));
        live.MapGet("/connections", ListConnections).WithName("ListLiveConnections").WithSummary("Connections, the newest first.").WithList(ConnectionRules)
            .Describes("accountId", "Only connections of this account.").Example(response: EndpointDocumentation.PageOf(LiveExamples.Connection));
    }

    private static Ok<LiveSummary> Summarize(LiveServices live, LiveInstruments instruments)
    {
        var connections = live.Connections();
        return TypedResults.Ok(new LiveSummary(
            connections.Length,
            connections.Select(connection => connection.Caller.AccountId).Distinct(StringComparer.Ordinal).Count(),
            live.CountStreams(),
            new LiveFeeds(live.Designs.Count, live.Rooms.Count, live.Inboxes.Count),
            instruments.MessagesReceived,
            instruments.FramesSent,
            instruments.AnswersSent));
    }

    private static Results<Ok<PageOf<LiveRoom>>, RefusalResult> ListRooms(
        [AsParameters] ListQuery query, [FromQuery(Name = "accountId")] string? accountId, LiveServices live)
    {
        if ((query.Check(out var list) ?? CheckAccount(accountId)) is { } refusal)
            return refusal.ToResult();

        var rooms = live.Rooms.All()
            .Where(feed => list.Finds(feed.ProjectId) && (string.IsNullOrEmpty(accountId) || feed.IsWatchedBy(accountId)))
            .Select(feed => (feed.ProjectId, Count: feed.Count()))
            .Where(room => room.Count.Connections > 0)
            .Select(room => new LiveRoom(room.ProjectId, room.Count.Connections, room.Count.People));
        return Page(SortedPages.Take(rooms, list, room => room.ProjectId, room => list.Sort == PeopleKey ? $"{room.People:D10}" : $"{room.Connections:D10}"));
    }

    private static Results<Ok<PageOf<LiveConnectionView>>, RefusalResult> ListConnections(
        [AsParameters] ListQuery query, [FromQuery(Name = "accountId")] string? accountId, LiveServices live)
    {
        if ((query.Check(out var list) ?? CheckAccount(accountId)) is { } refusal)
            return refusal.ToResult();

        var connections = live.Connections()
            .Where(connection => list.Finds(connection.Caller.Name) && (string.IsNullOrEmpty(accountId) || connection.Caller.AccountId == accountId))
            .Select(connection => new LiveConnectionView(
                connection.Id, connection.Caller.AccountId, connection.Caller.Name, connection.ConnectedAt, connection.StreamCount, connection.Frames));
        return Page(SortedPages.Take(connections, list, connection => connection.Id, connection => list.Sort == FramesKey ? $"{connection.FramesSent:D19}" : $"{connection.ConnectedAt:O}"));
    }

    private static Refusal? CheckAccount(string? accountId) => string.IsNullOrEmpty(accountId) ? null : Identifier.Check(Identifier.Account, accountId, "accountId");

    private static Results<Ok<PageOf<T>>, RefusalResult> Page<T>(SortedPage<T>? page) => page is null
        ? Refusal.Field("cursor", "is not one that this list gave, in this order").ToResult()
        : TypedResults.Ok(new PageOf<T>(page.Items, page.NextCursor));
}
