using System.Collections.Immutable;

namespace Actors.Domain.Comments;

/// <summary>A design's comments as a snapshot keeps them.</summary>
public sealed record CommentsSnapshot(long Version, ImmutableArray<CommentThread> Threads, ImmutableList<RemovedThread> Removed, ImmutableList<Notice> Notices)
{
    public static CommentsSnapshot Of(CommentsState state) => new(state.Version, [.. state.Threads.Values], state.Removed, state.Notices);

    public CommentsState ToState() => new(
        Version, Threads.ToImmutableSortedDictionary(thread => thread.Id, thread => thread, StringComparer.Ordinal), Removed, Notices);
}
