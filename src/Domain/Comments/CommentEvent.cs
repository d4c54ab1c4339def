using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Actors.Domain.Comments;

/// <summary>What happened to a design's comments, as their journal keeps it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Started), "started")]
[JsonDerivedType(typeof(Replied), "replied")]
[JsonDerivedType(typeof(Edited), "edited")]
[JsonDerivedType(typeof(Deleted), "deleted")]
[JsonDerivedType(typeof(WasResolved), "resolved")]
[JsonDerivedType(typeof(Reopened), "reopened")]
[JsonDerivedType(typeof(Observed), "observed")]
[JsonDerivedType(typeof(NoticesConfirmed), "noticesConfirmed")]
public abstract record CommentEvent(DateTimeOffset At)
{
    public sealed record Started(DateTimeOffset At, string ThreadId, CommentAnchor Anchor, Comment Comment, ImmutableArray<Notice> Notices) : CommentEvent(At);

    public sealed record Replied(DateTimeOffset At, string ThreadId, Comment Comment, ImmutableArray<Notice> Notices) : CommentEvent(At);

    public sealed record Edited(
        DateTimeOffset At, string ThreadId, string CommentId, string Text, ImmutableArray<string> Mentions, ImmutableArray<Notice> Notices) : CommentEvent(At);

    public sealed record Deleted(DateTimeOffset At, string By, string ThreadId, string CommentId) : CommentEvent(At);

    public sealed record WasResolved(DateTimeOffset At, CommentAuthor By, string ThreadId) : CommentEvent(At);

    public sealed record Reopened(DateTimeOffset At, CommentAuthor By, string ThreadId) : CommentEvent(At);

    /// <param name="Nodes">Only those whose threads change by it.</param>
    public sealed record Observed(DateTimeOffset At, ImmutableArray<NodeSighting> Nodes) : CommentEvent(At);

    public sealed record NoticesConfirmed(DateTimeOffset At, ImmutableArray<string> Keys) : CommentEvent(At);
}
