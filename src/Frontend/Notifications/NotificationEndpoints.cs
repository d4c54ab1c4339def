using System.Collections.Immutable;
using Actors.Domain;
using Actors.Domain.Identity;
using Actors.Domain.Lists;
using Actors.Domain.Notifications;
using Actors.Frontend.Accounts;
using Actors.Frontend.Http;
using Actors.Grains.Interfaces.Notifications;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Actors.Frontend.Notifications;

/// <summary>The caller's own inbox: <c>/notifications</c>.</summary>
public static class NotificationEndpoints
{
    private static readonly ListRules Rules = new([ListSort.CreatedAt], "-createdAt", "title and text");

    public static IEndpointRouteBuilder MapNotifications(this IEndpointRouteBuilder api)
    {
        var inbox = api.MapGroup("/notifications").WithTags("Notifications").RequireAuthorization();
        inbox.MapGet("/", ListAsync).WithName("ListNotifications").WithSummary("Your notifications, newest first").WithList(Rules)
            .Describes("unread", "`true`: only unread ones; `false`: only read ones.").Describes("kind", "Only this kind, such as `mention` or `system`.")
            .Describes("projectId", "Only those about this project.").Example(response: EndpointDocumentation.PageOf(NotificationExamples.Notification));
        inbox.MapGet("/unread-count", CountAsync).WithName("CountUnreadNotifications").WithSummary("How many you have not read")
            .Example(response: NotificationExamples.Summary);
        inbox.MapPost("/read", MarkReadAsync).WithName("MarkNotificationsRead").WithSummary("Marks some, or all up to a sequence, as read")
            .Refuses(ErrorCodes.LimitReached).Example(NotificationExamples.Read, NotificationExamples.Summary);
        inbox.MapDelete("/{notificationId}", DeleteAsync).WithName("DeleteNotification").WithSummary("Removes one from your inbox")
            .Refuses(ErrorCodes.NotFound);
        api.MapBroadcasts();
        return api;
    }

    private static async Task<Results<Ok<PageOf<Notification>>, RefusalResult>> ListAsync(
        [AsParameters] ListQuery query,
        [FromQuery(Name = "unread")] string? unread,
        [FromQuery(Name = "kind")] string? kind,
        [FromQuery(Name = "projectId")] string? projectId,
        HttpContext context,
        IGrainFactory grains)
    {
        var badUnread = ListFilters.Flag("unread", unread, out var isUnread);
        var badKind = ListFilters.Choice("kind", kind, out var ofKind, NotificationKinds.All.AsSpan());
        var badProject = string.IsNullOrEmpty(projectId) ? null : Identifier.Check(Identifier.Project, projectId, "projectId");
        if ((query.Check(out var list) ?? badUnread ?? badKind ?? badProject) is { } refusal)
            return refusal.ToResult();

        return await Inbox(context, grains).List(new NotificationQuery(list, isUnread, ofKind, string.IsNullOrEmpty(projectId) ? null : projectId)) switch
        {
            NotificationPageReply.Page found => TypedResults.Ok(new PageOf<Notification>(found.Items, found.NextCursor)),
            NotificationPageReply.Refused refused => refused.Error.ToResult(),
            var reply => throw Unknown(reply),
        };
    }

    private static async Task<Ok<InboxSummary>> CountAsync(HttpContext context, IGrainFactory grains) =>
        TypedResults.Ok(await Inbox(context, grains).GetSummary());

    private static async Task<Results<Ok<InboxSummary>, RefusalResult>> MarkReadAsync(ReadBody body, HttpContext context, IGrainFactory grains)
    {
        if (body.Ids is { } ids)
        {
            foreach (var id in ids)
            {
                if (Identifier.Check(Identifier.Notification, id, "ids") is { } refusal)
                    return refusal.ToResult();
            }
        }

        return await Inbox(context, grains).MarkRead(new ReadMark(body.Ids, body.Through)) switch
        {
            InboxReply.Done done => TypedResults.Ok(done.Summary),
            InboxReply.Refused refused => refused.Error.ToResult(),
            var reply => throw Unknown(reply),
        };
    }

    private static async Task<Results<NoContent, RefusalResult>> DeleteAsync(string notificationId, HttpContext context, IGrainFactory grains) =>
        await Inbox(context, grains).Delete(notificationId) is InboxReply.Refused refused ? refused.Error.ToResult() : TypedResults.NoContent();

    private static IInboxGrain Inbox(HttpContext context, IGrainFactory grains) => grains.GetGrain<IInboxGrain>(context.GetCaller().AccountId);

    private static InvalidOperationException Unknown(object reply) => new($"Unknown reply {reply.GetType().Name}.");
}

/// <summary>Either ids, at most 500, or everything up to a sequence.</summary>
internal sealed record ReadBody(ImmutableArray<string>? Ids, long? Through);
