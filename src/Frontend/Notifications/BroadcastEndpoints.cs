using Actors.Domain;
using Actors.Domain.Designs;
using Actors.Domain.Identity;
using Actors.Domain.Notifications;
using Actors.Frontend.Accounts;
using Actors.Frontend.Http;
using Actors.Grains.Interfaces.Notifications;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Actors.Frontend.Notifications;

/// <summary>What administrators tell everyone: <c>/admin/notifications</c>.</summary>
internal static class BroadcastEndpoints
{
    public static void MapBroadcasts(this IEndpointRouteBuilder api)
    {
        var broadcasts = api.MapGroup("/admin/notifications").WithTags("Administration").RequireAuthorization(AuthenticationRegistration.AdministratorPolicy);
        broadcasts.MapPost("/", StartAsync).WithName("NotifyEveryone").WithSummary("Notifies every account of the installation, or every member of a project")
            .Refuses(ErrorCodes.NotFound).Example(NotificationExamples.ToEveryone, NotificationExamples.Broadcast);
        broadcasts.MapGet("/{notificationId}", GetAsync).WithName("GetNotificationToEveryone").WithSummary("How far a notification to everyone is")
            .Versioned().Refuses(ErrorCodes.NotFound).Example(response: NotificationExamples.Broadcast);
    }

    private static async Task<Results<Accepted<BroadcastView>, RefusalResult>> StartAsync(
        BroadcastBody body, HttpContext context, IGrainFactory grains, Identifiers identifiers)
    {
        if (body.ProjectId is not null && Identifier.Check(Identifier.Project, body.ProjectId, "projectId") is { } refusal)
            return refusal.ToResult();

        var caller = context.GetCaller();
        var id = identifiers.Create(Identifier.Notification);
        var by = new NotificationAuthor(caller.AccountId, caller.Name, AuthorKind.User);
        return await grains.GetGrain<IBroadcastGrain>(id).Start(new NewBroadcast(body.Title ?? "", body.Text ?? "", body.ProjectId, by)) switch
        {
            BroadcastReply.Started started => TypedResults.Accepted($"{ApiPaths.Root}/admin/notifications/{id}", started.Broadcast),
            BroadcastReply.Refused refused => refused.Error.ToResult(),
            var reply => throw new InvalidOperationException($"Unknown reply {reply.GetType().Name}."),
        };
    }

    private static async Task<Results<Ok<BroadcastView>, StatusCodeHttpResult, RefusalResult>> GetAsync(string notificationId, HttpContext context, IGrainFactory grains)
    {
        if (await grains.GetGrain<IBroadcastGrain>(notificationId).Get() is not { } broadcast)
            return new Refusal(ErrorCodes.NotFound, "there is no such notification").ToResult();

        // All that changes of it is how far it is.
        context.Response.SetVersion(broadcast.Reached, broadcast.Status);
        return context.Request.HasVersion(broadcast.Reached, broadcast.Status) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Ok(broadcast);
    }
}

/// <param name="Title">1 to 200 characters.</param>
/// <param name="Text">Up to 2,000 characters.</param>
/// <param name="ProjectId">Only its members; absent for everyone.</param>
internal sealed record BroadcastBody(string? Title, string? Text, string? ProjectId);
