using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Actors.Domain;
using Actors.Domain.Comments;
using Actors.Domain.Designs;
using Actors.Domain.Identity;
using Actors.Domain.Lists;
using Actors.Domain.Projects;
using Actors.Frontend.Accounts;
using Actors.Frontend.Designs;
using Actors.Frontend.Http;
using Actors.Frontend.Projects;
using Actors.Grains.Interfaces.Comments;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Actors.Frontend.Comments;

/// <summary>Comments: <c>/designs/{designId}/comments</c>.</summary>
public static class CommentEndpoints
{
    private static readonly ListRules Rules = new([ListSort.CreatedAt, ListSort.UpdatedAt], "-createdAt", "the comments' texts");

    public static IEndpointRouteBuilder MapComments(this IEndpointRouteBuilder api)
    {
        var comments = api.MapGroup("/designs/{designId}/comments").WithTags("Comments").RequireAuthorization();
        comments.MapGet("/", ListAsync).WithName("ListThreads").WithSummary("The design's threads of comments").WithList(Rules)
            .Needs(ProjectRole.Viewer).Describes("resolved", "`true`: only settled threads; `false`: only open ones.").Describes("nodeId", "Only threads about this node.")
            .Describes("author", "Only threads in which this account wrote something.").Describes("mention", "Only threads in which this account is mentioned.")
            .Describes("since", "Only threads that changed after this `version`, which a list answered; `removed` then names those that are gone.")
            .Example(response: CommentExamples.Page);
        comments.MapPost("/", StartAsync).WithName("StartThread").WithSummary("Begins a thread about a node, a point or the design")
            .Needs(ProjectRole.Commenter).Refuses(ErrorCodes.LimitReached).Example(CommentExamples.NewThread, CommentExamples.Thread);
        comments.MapGet("/{threadId}", GetAsync).WithName("GetThread").WithSummary("One thread")
            .Needs(ProjectRole.Viewer).Versioned().Example(response: CommentExamples.Thread);
        comments.MapPost("/{threadId}/replies", ReplyAsync).WithName("ReplyToThread").WithSummary("Adds a comment to a thread")
            .Needs(ProjectRole.Commenter).Versioned().Refuses(ErrorCodes.LimitReached).Example(CommentExamples.Reply, CommentExamples.Thread);
        comments.MapPatch("/{threadId}/replies/{commentId}", EditAsync).WithName("EditComment").WithSummary("Changes one's own comment, the first one as well")
            .Needs(ProjectRole.Commenter).Versioned().Refuses(ErrorCodes.LimitReached).Example(CommentExamples.Reply, CommentExamples.Thread);
        comments.MapDelete("/{threadId}/replies/{commentId}", DeleteAsync).WithName("DeleteComment").WithSummary("Deletes one's own comment; an owner deletes any. The last one takes its thread along")
            .Needs(ProjectRole.Commenter).Versioned();
        comments.MapPost("/{threadId}/resolve", ResolveAsync).WithName("ResolveThread").WithSummary("Settles a thread")
            .Needs(ProjectRole.Commenter).Versioned().Example(response: CommentExamples.Settled);
        comments.MapPost("/{threadId}/reopen", ReopenAsync).WithName("ReopenThread").WithSummary("Opens a settled thread again")
            .Needs(ProjectRole.Commenter).Versioned().Example(response: CommentExamples.Thread);
        return api;
    }

    private static async Task<Results<Ok<ThreadPage>, RefusalResult>> ListAsync(
        string designId,
        [AsParameters] ListQuery query,
        [FromQuery(Name = "resolved")] string? resolved,
        [FromQuery(Name = "nodeId")] string? nodeId,
        [FromQuery(Name = "author")] string? author,
        [FromQuery(Name = "mention")] string? mention,
        [FromQuery(Name = "since")] string? since,
        HttpContext context,
        DesignGate gate,
        IGrainFactory grains)
    {
        var badList = query.Check(out var list);
        var badResolved = ListFilters.Flag("resolved", resolved, out var isResolved);
        var badSince = ReadSince(since, out var after);
        var badAccount = CheckAccount("author", author) ?? CheckAccount("mention", mention);
        var pass = await gate.OpenAsync(context, designId, ProjectRole.Viewer);
        if ((pass.Refusal ?? badList ?? badResolved ?? badSince ?? badAccount) is { } refusal)
            return refusal.ToResult();

        return await Comments(grains, designId).List(new ThreadQuery(list, isResolved, Given(nodeId), Given(author), Given(mention), after)) switch
        {
            ThreadPageReply.Page page => TypedResults.Ok(new ThreadPage(page.Items, page.NextCursor, page.Version, page.Removed)),
            ThreadPageReply.Refused refused => refused.Error.ToResult(),
            var reply => throw new InvalidOperationException($"Unknown reply {reply.GetType().Name}."),
        };
    }

    private static async Task<Results<Created<CommentThread>, RefusalResult>> StartAsync(
        string designId, ThreadBody body, HttpContext context, DesignGate gate, IProjectAccess projects, IGrainFactory grains, Identifiers identifiers)
    {
        var (actor, closed) = await EnterAsync(context, designId, gate, projects);
        if ((closed ?? CheckMentions(body.Mentions)) is { } refusal)
            return refusal.ToResult();

        var threadId = identifiers.Create(Identifier.Thread);
        var reply = await Comments(grains, designId).Start(new NewThread(
            actor!, threadId, identifiers.Create(Identifier.Comment), body.Anchor ?? new CommentAnchor(), body.Text ?? "", body.Mentions));
        return Created(context, designId, reply);
    }

    private static async Task<Results<Ok<CommentThread>, StatusCodeHttpResult, RefusalResult>> GetAsync(
        string designId, string threadId, HttpContext context, DesignGate gate, IGrainFactory grains)
    {
        var pass = await gate.OpenAsync(context, designId, ProjectRole.Viewer);
        if (pass.Refusal is { } refusal)
            return refusal.ToResult();

        var reply = await Comments(grains, designId).Get(threadId);
        if (reply is not ThreadReply.Done { Thread: var thread })
            return RefusalOf(reply).ToResult();

        context.Response.SetVersion(thread.Version);
        return context.Request.HasVersion(thread.Version) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Ok(thread);
    }

    private static async Task<Results<Created<CommentThread>, RefusalResult>> ReplyAsync(
        string designId, string threadId, CommentBody body, HttpContext context, DesignGate gate, IProjectAccess projects, IGrainFactory grains, Identifiers identifiers)
    {
        var (actor, closed) = await EnterAsync(context, designId, gate, projects);
        if ((closed ?? CheckMentions(body.Mentions)) is { } refusal)
            return refusal.ToResult();

        var reply = await Comments(grains, designId).Reply(new NewComment(actor!, threadId, identifiers.Create(Identifier.Comment), body.Text ?? "", body.Mentions, context.Request.ExpectedVersion()));
        return Created(context, designId, reply);
    }

    private static async Task<Results<Ok<CommentThread>, RefusalResult>> EditAsync(
        string designId, string threadId, string commentId, CommentBody body, HttpContext context, DesignGate gate, IProjectAccess projects, IGrainFactory grains)
    {
        var (actor, closed) = await EnterAsync(context, designId, gate, projects);
        return (closed ?? CheckMentions(body.Mentions)) is { } refusal
            ? refusal.ToResult()
            : Answer(context, await Comments(grains, designId).Edit(new NewComment(
                actor!, threadId, commentId, body.Text ?? "", body.Mentions, context.Request.ExpectedVersion())));
    }

    private static async Task<Results<NoContent, RefusalResult>> DeleteAsync(
        string designId, string threadId, string commentId, HttpContext context, DesignGate gate, IProjectAccess projects, IGrainFactory grains)
    {
        var (actor, closed) = await EnterAsync(context, designId, gate, projects);
        if (closed is not null)
            return closed.ToResult();

        return await Comments(grains, designId).Delete(new CommentKey(actor!, threadId, commentId, context.Request.ExpectedVersion())) is ThreadReply.Refused refused
            ? refused.Error.ToResult()
            : TypedResults.NoContent();
    }

    private static async Task<Results<Ok<CommentThread>, RefusalResult>> ResolveAsync(
        string designId, string threadId, HttpContext context, DesignGate gate, IProjectAccess projects, IGrainFactory grains)
    {
        var (actor, closed) = await EnterAsync(context, designId, gate, projects);
        return closed?.ToResult() ?? Answer(context, await Comments(grains, designId).Resolve(new ThreadKey(actor!, threadId, context.Request.ExpectedVersion())));
    }

    private static async Task<Results<Ok<CommentThread>, RefusalResult>> ReopenAsync(
        string designId, string threadId, HttpContext context, DesignGate gate, IProjectAccess projects, IGrainFactory grains)
    {
        var (actor, closed) = await EnterAsync(context, designId, gate, projects);
        return closed?.ToResult() ?? Answer(context, await Comments(grains, designId).Reopen(new ThreadKey(actor!, threadId, context.Request.ExpectedVersion())));
    }

    /// <summary>Who writes, and the role that the grain decides by.</summary>
    private static async Task<(CommentActor? Actor, Refusal? Closed)> EnterAsync(HttpContext context, string designId, DesignGate gate, IProjectAccess projects)
    {
        var pass = await gate.OpenAsync(context, designId, ProjectRole.Commenter);
        if (pass.Refusal is not null)
            return (null, pass.Refusal);

        var caller = context.GetCaller();
        var role = await projects.GetRoleAsync(caller.AccountId, pass.Header.ProjectId, context.RequestAborted) ?? ProjectRole.Viewer;
        return (new CommentActor(new CommentAuthor(caller.AccountId, caller.Name, AuthorKind.User), role), null);
    }

    private static IDesignCommentsGrain Comments(IGrainFactory grains, string designId) => grains.GetGrain<IDesignCommentsGrain>(designId);

    private static Results<Ok<CommentThread>, RefusalResult> Answer(HttpContext context, ThreadReply reply)
    {
        if (reply is not ThreadReply.Done { Thread: var thread })
            return RefusalOf(reply).ToResult();

        context.Response.SetVersion(thread.Version);
        return TypedResults.Ok(thread);
    }

    private static Results<Created<CommentThread>, RefusalResult> Created(HttpContext context, string designId, ThreadReply reply)
    {
        if (reply is not ThreadReply.Done { Thread: var thread })
            return RefusalOf(reply).ToResult();

        context.Response.SetVersion(thread.Version);
        return TypedResults.Created($"{ApiPaths.Root}/designs/{designId}/comments/{thread.Id}", thread);
    }

    private static Refusal RefusalOf(ThreadReply reply) => reply is ThreadReply.Refused refused ? refused.Error : new Refusal(ErrorCodes.NotFound, "there is no such thread");

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static Refusal? CheckAccount(string field, string? text) => string.IsNullOrEmpty(text) ? null : Identifier.Check(Identifier.Account, text, field);

    private static Refusal? CheckMentions(ImmutableArray<string>? mentions) =>
        mentions is { IsDefault: false } given ? given.Select(id => Identifier.Check(Identifier.Account, id, "mentions")).FirstOrDefault(refusal => refusal is not null) : null;

    private static Refusal? ReadSince(string? text, out long? since)
    {
        since = long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var version) ? version : null;
        return string.IsNullOrEmpty(text) || since is not null ? null : Refusal.Field("since", "must be a version that a list answered");
    }
}

/// <param name="Anchor">A node, a point or (absent) the design.</param>
/// <param name="Text">1 to 5,000 characters; <c>@[name](usr_…)</c> mentions a member.</param>
/// <param name="Mentions">Members who are mentioned beside those in the text.</param>
internal sealed record ThreadBody(CommentAnchor? Anchor, [property: Required] string? Text, ImmutableArray<string>? Mentions);

/// <inheritdoc cref="ThreadBody"/>
internal sealed record CommentBody([property: Required] string? Text, ImmutableArray<string>? Mentions);

/// <summary>A page of threads.</summary>
/// <param name="Version">The version of the design's comments: later ask for what changed <c>since</c> then.</param>
/// <param name="Removed">Threads that are no more since the version that was named.</param>
public sealed record ThreadPage(
    ImmutableArray<CommentThread> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? NextCursor,
    long Version,
    ImmutableArray<string> Removed);
