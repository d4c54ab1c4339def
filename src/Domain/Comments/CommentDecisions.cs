using System.Collections.Immutable;
using System.Diagnostics;
using Actors.Domain.Projects;
using CommentDecision = Actors.Domain.Decision<Actors.Domain.Comments.CommentsState, Actors.Domain.Comments.CommentEvent>;

namespace Actors.Domain.Comments;

public sealed partial record CommentsState
{
    /// <summary>Removed threads that are remembered.</summary>
    public const int KeptRemovals = 1_000;

    private static readonly Refusal NoThread = new(ErrorCodes.NotFound, "there is no such thread");
    private static readonly Refusal NoComment = new(ErrorCodes.NotFound, "there is no such comment");
    private static readonly Refusal NotYours = new(ErrorCodes.Forbidden, "this comment is somebody else's");
    private static readonly Refusal HasChanged = new(ErrorCodes.PreconditionFailed, "the thread has changed since it was read");
    private static readonly Refusal ViewersRead = new(ErrorCodes.Forbidden, "this needs the role commenter in the project");

    public CommentDecision Decide(CommentCommand command, CommentLimits limits) => command switch
    {
        CommentCommand.Start c => RefuseWriter(c.By, c.Text, c.Mentions, limits) ?? RefuseRoom(limits) ?? RefuseThreads(limits) ?? Start(c),
        CommentCommand.Reply c => RefuseWriter(c.By, c.Text, c.Mentions, limits) ?? RefuseThread(c.ThreadId, c.ExpectedVersion) ?? RefuseRoom(limits) ?? RefuseReply(c.ThreadId, limits) ?? Reply(c),
        CommentCommand.Edit c => RefuseWriter(c.By, c.Text, c.Mentions, limits) ?? RefuseThread(c.ThreadId, c.ExpectedVersion)
            ?? RefuseComment(c.By, c.ThreadId, c.CommentId, ownersToo: false) ?? Edit(c),
        CommentCommand.Delete c => RefuseActor(c.By) ?? RefuseThread(c.ThreadId, c.ExpectedVersion) ?? RefuseComment(c.By, c.ThreadId, c.CommentId, ownersToo: true)
            ?? Happened(new CommentEvent.Deleted(c.At, c.By.Author.Id, c.ThreadId, c.CommentId)),
        CommentCommand.Resolve c => RefuseActor(c.By) ?? RefuseThread(c.ThreadId, c.ExpectedVersion)
            ?? (Threads[c.ThreadId].Resolved is null ? Happened(new CommentEvent.WasResolved(c.At, c.By.Author, c.ThreadId)) : CommentDecision.Nothing),
        CommentCommand.Reopen c => RefuseActor(c.By) ?? RefuseThread(c.ThreadId, c.ExpectedVersion)
            ?? (Threads[c.ThreadId].Resolved is null ? CommentDecision.Nothing : Happened(new CommentEvent.Reopened(c.At, c.By.Author, c.ThreadId))),
        CommentCommand.Observe c => Observe(c),
        CommentCommand.ConfirmNotices c when Notices.Exists(notice => c.Keys.Contains(notice.Key)) => Happened(new CommentEvent.NoticesConfirmed(c.At, c.Keys)),
        CommentCommand.ConfirmNotices => CommentDecision.Nothing,
        _ => throw new UnreachableException($"unknown comment command {command.GetType().Name}"),
    };

    private static CommentDecision? RefuseActor(CommentActor by) => by.Role < ProjectRole.Commenter ? CommentDecision.Refused(ViewersRead) : null;

    private static CommentDecision? RefuseWriter(CommentActor by, string text, ImmutableArray<string> mentions, CommentLimits limits)
    {
        if (RefuseActor(by) is { } refused)
            return refused;

        if (string.IsNullOrWhiteSpace(text))
            return CommentDecision.Refused(Refusal.Field("text", "must not be empty"));

        if (text.Length > limits.TextLength)
            return CommentDecision.Refused(Refusal.Field("text", $"must have at most {limits.TextLength} characters", ErrorCodes.LimitReached));

        return mentions.Length > limits.MentionsPerComment
            ? CommentDecision.Refused(Refusal.Field("mentions", $"must be at most {limits.MentionsPerComment}", ErrorCodes.LimitReached))
            : null;
    }

    private CommentDecision? RefuseThread(string threadId, long? expectedVersion) =>
        !Threads.TryGetValue(threadId, out var thread) ? CommentDecision.Refused(NoThread)
        : expectedVersion is { } expected && expected != thread.Version ? CommentDecision.Refused(HasChanged)
        : null;

    private CommentDecision? RefuseThreads(CommentLimits limits) => Threads.Count < limits.ThreadsPerDesign
        ? null
        : CommentDecision.Refused(new Refusal(ErrorCodes.LimitReached, $"threadsPerDesign: a design has at most {limits.ThreadsPerDesign} threads"));

    private CommentDecision? RefuseRoom(CommentLimits limits) => Threads.Values.Sum(thread => thread.Comments.Count) < limits.CommentsPerDesign
        ? null
        : CommentDecision.Refused(new Refusal(ErrorCodes.LimitReached, $"commentsPerDesign: a design has at most {limits.CommentsPerDesign} comments"));

    private CommentDecision? RefuseReply(string threadId, CommentLimits limits) => Threads[threadId].Comments.Count < limits.CommentsPerThread
        ? null
        : CommentDecision.Refused(new Refusal(ErrorCodes.LimitReached, $"commentsPerThread: a thread has at most {limits.CommentsPerThread} comments"));

    private CommentDecision? RefuseComment(CommentActor by, string threadId, string commentId, bool ownersToo)
    {
        if (Threads[threadId].Find(commentId) is not { Deleted: false } comment)
            return CommentDecision.Refused(NoComment);

        return comment.Author.Id == by.Author.Id || (ownersToo && by.Role == ProjectRole.Owner) ? null : CommentDecision.Refused(NotYours);
    }

    private CommentDecision Start(CommentCommand.Start command)
    {
        var comment = new Comment(command.CommentId, command.By.Author, command.Text, command.Mentions, command.At, null, false);
        return Happened(new CommentEvent.Started(
            command.At, command.ThreadId, command.Anchor, comment, [.. NoticesOf(command.ThreadId, comment, command.Mentions, [])]));
    }

    private CommentDecision Reply(CommentCommand.Reply command)
    {
        var comment = new Comment(command.CommentId, command.By.Author, command.Text, command.Mentions, command.At, null, false);
        var participants = Threads[command.ThreadId].Participants();
        return Happened(new CommentEvent.Replied(command.At, command.ThreadId, comment, [.. NoticesOf(command.ThreadId, comment, command.Mentions, participants)]));
    }

    /// <summary>Only who was not mentioned before is told.</summary>
    private CommentDecision Edit(CommentCommand.Edit command)
    {
        var before = Threads[command.ThreadId].Find(command.CommentId)!;
        if (before.Text == command.Text && before.Mentions.SequenceEqual(command.Mentions))
            return CommentDecision.Nothing;

        var after = before with { Text = command.Text, Mentions = command.Mentions };
        return Happened(new CommentEvent.Edited(
            command.At,
            command.ThreadId,
            command.CommentId,
            command.Text,
            command.Mentions,
            [.. NoticesOf(command.ThreadId, after, command.Mentions.RemoveAll(before.Mentions.Contains), []).Select(notice => notice with { Key = $"{notice.Key}:{Version + 1}" })]));
    }

    private CommentDecision Observe(CommentCommand.Observe command)
    {
        ImmutableArray<NodeSighting> changed =
            [.. command.Nodes.Where(node => Threads.Values.Any(thread => thread.Anchor.NodeId == node.NodeId && thread.Orphaned == node.IsThere))];
        return changed.IsEmpty ? CommentDecision.Nothing : Happened(new CommentEvent.Observed(command.At, changed));
    }

    /// <summary>Nobody is told of their own comment, and nobody twice of one.</summary>
    private static IEnumerable<Notice> NoticesOf(string threadId, Comment comment, ImmutableArray<string> mentioned, IEnumerable<string> participants)
    {
        var mentions = mentioned.Remove(comment.Author.Id);
        if (!mentions.IsEmpty)
            yield return new Notice($"mention:{comment.Id}", mentions, Mention: true, threadId, comment.Id, comment.Author, comment.Text);

        ImmutableArray<string> others = [.. participants.Where(id => id != comment.Author.Id && !mentions.Contains(id))];
        if (!others.IsEmpty)
            yield return new Notice($"comment.reply:{comment.Id}", others, Mention: false, threadId, comment.Id, comment.Author, comment.Text);
    }

    private CommentDecision Happened(CommentEvent @event) => CommentDecision.Happened(@event, Apply(@event));
}
