using System.Collections.Immutable;
using System.Diagnostics;

namespace Actors.Domain.Comments;

/// <summary>A thread that is no more.</summary>
public sealed record RemovedThread(string Id, long Version);

/// <summary>All comments of a design as their events made them.</summary>
/// <param name="Version">How many events made them.</param>
/// <param name="Threads">By id, which is the order of creation.</param>
/// <param name="Removed">The last threads that are no more, so that who comes back can be told.</param>
/// <param name="Notices">Who is still to be told of what.</param>
public sealed partial record CommentsState(
    long Version,
    ImmutableSortedDictionary<string, CommentThread> Threads,
    ImmutableList<RemovedThread> Removed,
    ImmutableList<Notice> Notices)
{
    public static readonly CommentsState Empty = new(0, ImmutableSortedDictionary.Create<string, CommentThread>(StringComparer.Ordinal), [], []);

    /// <summary>The state after <paramref name="event"/>. Total: every event that was ever journalled applies.</summary>
    public CommentsState Apply(CommentEvent @event)
    {
        var next = this with { Version = Version + 1 };
        return @event switch
        {
            CommentEvent.Started e => next.Put(new CommentThread(e.ThreadId, 0, e.Anchor, false, [e.Comment], null, e.At, e.At), e.At).Owe(e.Notices),
            CommentEvent.Replied e => next.Change(e.ThreadId, e.At, thread => thread with { Comments = thread.Comments.Add(e.Comment) }).Owe(e.Notices),
            CommentEvent.Edited e => next.ChangeComment(e.ThreadId, e.CommentId, e.At, comment => comment with { Text = e.Text, Mentions = e.Mentions, EditedAt = e.At })
                .Owe(e.Notices),
            CommentEvent.Deleted e => next.Remove(e),
            CommentEvent.WasResolved e => next.Change(e.ThreadId, e.At, thread => thread with { Resolved = new Resolution(e.By, e.At) }),
            CommentEvent.Reopened e => next.Change(e.ThreadId, e.At, thread => thread with { Resolved = null }),
            CommentEvent.Observed e => next.See(e),
            CommentEvent.NoticesConfirmed e => next with { Notices = Notices.RemoveAll(notice => e.Keys.Contains(notice.Key)) },
            _ => throw new UnreachableException($"unknown comment event {@event.GetType().Name}"),
        };
    }

    private CommentsState Owe(ImmutableArray<Notice> notices) => this with { Notices = Notices.AddRange(notices) };

    private CommentsState Put(CommentThread thread, DateTimeOffset at) =>
        this with { Threads = Threads.SetItem(thread.Id, thread with { Version = Version, UpdatedAt = at }) };

    private CommentsState Change(string threadId, DateTimeOffset at, Func<CommentThread, CommentThread> change) => Put(change(Threads[threadId]), at);

    private CommentsState ChangeComment(string threadId, string commentId, DateTimeOffset at, Func<Comment, Comment> change) => Change(
        threadId,
        at,
        thread => thread with { Comments = [.. thread.Comments.Select(comment => comment.Id == commentId ? change(comment) : comment)] });

    private CommentsState Remove(CommentEvent.Deleted deleted)
    {
        var others = Threads[deleted.ThreadId].Comments.Exists(comment => comment.Id != deleted.CommentId && !comment.Deleted);
        if (others)
            return ChangeComment(deleted.ThreadId, deleted.CommentId, deleted.At, comment => comment with { Text = "", Mentions = [], Deleted = true });

        var removed = Removed.Add(new RemovedThread(deleted.ThreadId, Version));
        return this with { Threads = Threads.Remove(deleted.ThreadId), Removed = removed.Count > KeptRemovals ? removed.RemoveAt(0) : removed };
    }

    private CommentsState See(CommentEvent.Observed observed)
    {
        var next = this;
        foreach (var node in observed.Nodes)
        {
            foreach (var thread in Threads.Values.Where(thread => thread.Anchor.NodeId == node.NodeId))
            {
                var anchor = node.X is null || node.Y is null ? thread.Anchor : thread.Anchor with { X = node.X, Y = node.Y };
                next = next.Put(thread with { Anchor = anchor, Orphaned = !node.IsThere }, observed.At);
            }
        }

        return next;
    }
}
