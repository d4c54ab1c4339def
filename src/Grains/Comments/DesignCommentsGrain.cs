using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Actors.Domain;
using Actors.Domain.Comments;
using Actors.Domain.Lists;
using Actors.Grains.EventSourcing;
using Actors.Grains.Idempotency;
using Actors.Grains.Interfaces.Comments;
using Actors.Grains.Interfaces.Designs;
using Actors.Grains.Interfaces.Projects;
using Actors.Grains.Interfaces.Rooms;
using Actors.Grains.Lists;
using Actors.Grains.Notifications;
using Orleans;
using Orleans.Concurrency;
using CommentOutcome = Actors.Grains.EventSourcing.Outcome<Actors.Domain.Comments.CommentsState, Actors.Domain.Comments.CommentEvent>;

namespace Actors.Grains.Comments;

/// <inheritdoc cref="IDesignCommentsGrain"/>
/// <remarks>
/// Who is to be told of a comment is journalled with it and told right after, before the answer. What a crash leaves
/// untold is told by the next activation.
/// </remarks>
[Reentrant]
[GrainType("designcomments")]
internal sealed partial class DesignCommentsGrain(EventSourcingServices services, CommentLimits limits, INotifier notifier)
    : EventSourcedGrain<CommentsState, CommentCommand, CommentEvent>(services), IDesignCommentsGrain
{
    private static readonly Refusal NoThread = new(ErrorCodes.NotFound, "there is no such thread");
    private static readonly Refusal NoDesign = new(ErrorCodes.NotFound, "There is no such design, or you may not see it.");

    private string? _projectId;

    protected override string StreamKind => "comments";

    protected override CommentsState Initial => CommentsState.Empty;

    protected override JsonTypeInfo<CommentEvent> EventJson => CommentsJsonContext.Default.CommentEvent;

    private string DesignId => this.GetPrimaryKeyString();

    private IDesignGrain Design => GrainFactory.GetGrain<IDesignGrain>(DesignId);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        Notices.Start();
    }

    public async Task<ThreadPageReply> List(ThreadQuery query)
    {
        await ObserveNodesAsync();
        var found = Committed.Threads.Values.Where(thread =>
            (query.Resolved is not { } resolved || thread.Resolved is not null == resolved)
            && (query.NodeId is null || thread.Anchor.NodeId == query.NodeId)
            && (query.Author is null || thread.Comments.Exists(comment => !comment.Deleted && comment.Author.Id == query.Author))
            && (query.Mention is null || thread.Comments.Exists(comment => comment.Mentions.Contains(query.Mention)))
            && (query.Since is not { } since || thread.Version > since)
            && (query.List.Search is null || thread.Comments.Exists(comment => query.List.Finds(comment.Text))));
        Func<CommentThread, string> key = query.List.Sort == ListSort.UpdatedAt
            ? static thread => $"{thread.UpdatedAt.UtcTicks:D19}"
            : static thread => $"{thread.CreatedAt.UtcTicks:D19}";
        return SortedPages.Take(found, query.List, thread => thread.Id, key) is { } page
            ? new ThreadPageReply.Page(
                page.Items,
                page.NextCursor,
                Committed.Version,
                [.. Committed.Removed.Where(removed => removed.Version > (query.Since ?? long.MaxValue)).Select(removed => removed.Id)])
            : new ThreadPageReply.Refused(CatalogLists.BadCursor());
    }

    public async Task<ThreadReply> Get(string threadId)
    {
        await ObserveNodesAsync();
        return Committed.Threads.TryGetValue(threadId, out var thread) ? new ThreadReply.Done(thread) : new ThreadReply.Refused(NoThread);
    }

    public async Task<ThreadReply> Start(NewThread thread)
    {
        var mentions = Mentions.Of(thread.Text, thread.Mentions);
        var (anchor, badAnchor) = await FindAnchorAsync(thread.Anchor);
        return (badAnchor ?? await RefuseStrangersAsync(mentions)) is { } refusal
            ? new ThreadReply.Refused(refusal)
            : await RunAsync(new CommentCommand.Start(Now, thread.By, thread.ThreadId, thread.CommentId, anchor, thread.Text, mentions), thread.By, thread.ThreadId);
    }

    public async Task<ThreadReply> Reply(NewComment comment)
    {
        var mentions = Mentions.Of(comment.Text, comment.Mentions);
        return await RefuseStrangersAsync(mentions) is { } refusal
            ? new ThreadReply.Refused(refusal)
            : await RunAsync(new CommentCommand.Reply(Now, comment.By, comment.ThreadId, comment.CommentId, comment.Text, mentions, comment.ExpectedVersion), comment.By, comment.ThreadId);
    }

    public async Task<ThreadReply> Edit(NewComment comment)
    {
        var mentions = Mentions.Of(comment.Text, comment.Mentions);
        return await RefuseStrangersAsync(mentions) is { } refusal
            ? new ThreadReply.Refused(refusal)
            : await RunAsync(new CommentCommand.Edit(Now, comment.By, comment.ThreadId, comment.CommentId, comment.Text, mentions, comment.ExpectedVersion), comment.By, comment.ThreadId);
    }

    public Task<ThreadReply> Delete(CommentKey comment) =>
        RunAsync(new CommentCommand.Delete(Now, comment.By, comment.ThreadId, comment.CommentId, comment.ExpectedVersion), comment.By, comment.ThreadId);

    public Task<ThreadReply> Resolve(ThreadKey thread) =>
        RunAsync(new CommentCommand.Resolve(Now, thread.By, thread.ThreadId, thread.ExpectedVersion), thread.By, thread.ThreadId);

    public Task<ThreadReply> Reopen(ThreadKey thread) =>
        RunAsync(new CommentCommand.Reopen(Now, thread.By, thread.ThreadId, thread.ExpectedVersion), thread.By, thread.ThreadId);

    protected override Decision<CommentsState, CommentEvent> Decide(CommentsState state, CommentCommand command) => state.Decide(command, limits);

    protected override CommentsState Apply(CommentsState state, CommentEvent @event) => state.Apply(@event);

    protected override ReadOnlyMemory<byte> WriteSnapshot(CommentsState state) =>
        JsonSerializer.SerializeToUtf8Bytes(CommentsSnapshot.Of(state), CommentsJsonContext.Default.CommentsSnapshot);

    protected override CommentsState ReadSnapshot(ReadOnlyMemory<byte> payload) =>
        (JsonSerializer.Deserialize(payload.Span, CommentsJsonContext.Default.CommentsSnapshot)
            ?? throw new InvalidOperationException($"The snapshot of {StreamName} is empty.")).ToState();

    private async Task<ThreadReply> RunAsync(CommentCommand command, CommentActor by, string threadId)
    {
        var batchId = RequestBatch.Id(StreamName, command.GetType().Name, Services.Identifiers);
        switch (await ExecuteAsync(command, batchId, command.At, by.Author.Id, RequestBatch.MayRepeat))
        {
            case CommentOutcome.Committed committed:
                await ShowAsync(committed.State, [threadId]);
                await Notices.TellAsync();
                return Answer(committed.State, threadId);
            case CommentOutcome.Unchanged unchanged:
                return Answer(unchanged.State, threadId);
            case CommentOutcome.Refused refused:
                return new ThreadReply.Refused(refused.Refusal);
            default:
                // It is stored already, and whom it left untold is told by itself.
                return Answer(Committed, threadId);
        }
    }

    private static ThreadReply Answer(CommentsState state, string threadId) =>
        state.Threads.TryGetValue(threadId, out var thread) ? new ThreadReply.Done(thread) : new ThreadReply.Gone();

    /// <summary>Mentions of people who could not read them are refused, so that nobody learns of a project that is none of theirs.</summary>
    private async Task<Refusal?> RefuseStrangersAsync(ImmutableArray<string> mentions)
    {
        if (mentions.IsEmpty || mentions.Length > limits.MentionsPerComment)
            return null;

        if (await FindProjectAsync() is not { } projectId)
            return NoDesign;

        var project = GrainFactory.GetGrain<IProjectGrain>(projectId);
        foreach (var accountId in mentions)
        {
            if (await project.GetRole(accountId) is null)
                return Refusal.Field("mentions", $"{accountId} is no member of the project");
        }

        return null;
    }

    private async Task<string?> FindProjectAsync() => _projectId ??= (await Design.GetHeader())?.ProjectId;

    /// <summary>Shows the room threads as they are now. A room that cannot be asked shows them when its watchers list them again.</summary>
    private async Task ShowAsync(CommentsState state, ImmutableArray<string> threadIds)
    {
        if (await FindProjectAsync() is not { } projectId)
            return;

        await GrainFactory.GetGrain<IRoomGrain>(projectId).ShowComments(new CommentsChange(
            DesignId,
            state.Version,
            [.. threadIds.Where(state.Threads.ContainsKey).Select(id => state.Threads[id])],
            [.. threadIds.Where(id => !state.Threads.ContainsKey(id))]));
    }
}
