using System.Collections.Immutable;
using Actors.Domain.Projects;

namespace Actors.Domain.Comments;

/// <summary>Who acts on comments.</summary>
/// <param name="Role">Their role in the design's project, as the shell established it.</param>
public sealed record CommentActor(CommentAuthor Author, ProjectRole Role);

/// <summary>
/// What can be asked of a design's comments. Mentioned accounts are members: the shell has checked. An expected version is
/// the thread's that the writer saw (If-Match); null writes whatever it is.
/// </summary>
public abstract record CommentCommand(DateTimeOffset At)
{
    /// <param name="Anchor">A node that exists, with its place; a point; or nothing.</param>
    public sealed record Start(
        DateTimeOffset At, CommentActor By, string ThreadId, string CommentId, CommentAnchor Anchor, string Text, ImmutableArray<string> Mentions) : CommentCommand(At);

    public sealed record Reply(
        DateTimeOffset At, CommentActor By, string ThreadId, string CommentId, string Text, ImmutableArray<string> Mentions, long? ExpectedVersion = null) : CommentCommand(At);

    /// <summary>One's own comment only.</summary>
    public sealed record Edit(
        DateTimeOffset At, CommentActor By, string ThreadId, string CommentId, string Text, ImmutableArray<string> Mentions, long? ExpectedVersion = null) : CommentCommand(At);

    /// <summary>One's own comment, or any by an owner. The last one takes its thread along.</summary>
    public sealed record Delete(DateTimeOffset At, CommentActor By, string ThreadId, string CommentId, long? ExpectedVersion = null) : CommentCommand(At);

    public sealed record Resolve(DateTimeOffset At, CommentActor By, string ThreadId, long? ExpectedVersion = null) : CommentCommand(At);

    public sealed record Reopen(DateTimeOffset At, CommentActor By, string ThreadId, long? ExpectedVersion = null) : CommentCommand(At);

    /// <summary>What the design shows of the nodes that threads are about.</summary>
    public sealed record Observe(DateTimeOffset At, ImmutableArray<NodeSighting> Nodes) : CommentCommand(At);

    /// <summary>The people of these notices are told.</summary>
    public sealed record ConfirmNotices(DateTimeOffset At, ImmutableArray<string> Keys) : CommentCommand(At);
}

/// <param name="IsThere">Whether the design has the node.</param>
/// <param name="X">Where it was before it was removed, if that is known.</param>
/// <param name="Y">As <paramref name="X"/>.</param>
public sealed record NodeSighting(string NodeId, bool IsThere, double? X, double? Y);

/// <summary>Somebody has to be told of a comment.</summary>
/// <param name="Key">Unique for ever.</param>
/// <param name="Mention">They are mentioned; otherwise they take part in the thread.</param>
public sealed record Notice(string Key, ImmutableArray<string> To, bool Mention, string ThreadId, string CommentId, CommentAuthor By, string Text);
