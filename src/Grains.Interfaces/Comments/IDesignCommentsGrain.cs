using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.Domain;
using Actors.Domain.Comments;
using Actors.Domain.Lists;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Grains.Interfaces.Comments;

/// <summary>
/// The comments of one design; its key is the design's id. Who is mentioned or takes part is notified; the design's room
/// is shown each change. Every change names who asks and their role, which the edge has established. Refuses
/// <c>forbidden</c>, <c>not_found</c> and <c>limit_reached</c>.
/// </summary>
public interface IDesignCommentsGrain : IGrainWithStringKey
{
    /// <summary>A page of threads; a thread whose node was removed is marked as such.</summary>
    [AlwaysInterleave]
    Task<ThreadPageReply> List(ThreadQuery query);

    [AlwaysInterleave]
    Task<ThreadReply> Get(string threadId);

    /// <summary>The first comment of a new thread. Refuses a node that the design has not, and mentions of those who are no members.</summary>
    [AlwaysInterleave]
    Task<ThreadReply> Start(NewThread thread);

    [AlwaysInterleave]
    Task<ThreadReply> Reply(NewComment comment);

    [AlwaysInterleave]
    Task<ThreadReply> Edit(NewComment comment);

    [AlwaysInterleave]
    Task<ThreadReply> Delete(CommentKey comment);

    [AlwaysInterleave]
    Task<ThreadReply> Resolve(ThreadKey thread);

    [AlwaysInterleave]
    Task<ThreadReply> Reopen(ThreadKey thread);
}

/// <param name="ThreadId">A fresh id, as is <paramref name="CommentId"/>.</param>
/// <param name="Mentions">Accounts that are mentioned beside those in the text.</param>
public sealed record NewThread(CommentActor By, string ThreadId, string CommentId, CommentAnchor Anchor, string Text, ImmutableArray<string>? Mentions);

/// <summary>A reply, or the new text of a comment.</summary>
/// <param name="ExpectedVersion">The thread's version that the writer saw; null writes whatever it is.</param>
public sealed record NewComment(CommentActor By, string ThreadId, string CommentId, string Text, ImmutableArray<string>? Mentions, long? ExpectedVersion = null);

/// <inheritdoc cref="NewComment"/>
public sealed record CommentKey(CommentActor By, string ThreadId, string CommentId, long? ExpectedVersion = null);

/// <inheritdoc cref="NewComment"/>
public sealed record ThreadKey(CommentActor By, string ThreadId, long? ExpectedVersion = null);

/// <param name="List">Sorted by <c>createdAt</c> or <c>updatedAt</c>; searched in the texts.</param>
/// <param name="Author">Only threads in which this account wrote something.</param>
/// <param name="Mention">Only threads in which this account is mentioned.</param>
/// <param name="Since">Only threads that changed after this version.</param>
public sealed record ThreadQuery(
    ListRequest List, bool? Resolved = null, string? NodeId = null, string? Author = null, string? Mention = null, long? Since = null);

/// <summary>The answer to whoever reads or changes a thread.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Done), "done")]
[JsonDerivedType(typeof(Gone), "gone")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record ThreadReply
{
    public sealed record Done(CommentThread Thread) : ThreadReply;

    /// <summary>It is done, and there is no such thread any more.</summary>
    public sealed record Gone : ThreadReply;

    public sealed record Refused(Refusal Error) : ThreadReply;
}

/// <summary>The answer to a list of threads.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Page), "page")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record ThreadPageReply
{
    /// <param name="Version">The version of the design's comments.</param>
    /// <param name="Removed">Threads that are no more since the version that was named.</param>
    public sealed record Page(ImmutableArray<CommentThread> Items, string? NextCursor, long Version, ImmutableArray<string> Removed) : ThreadPageReply;

    public sealed record Refused(Refusal Error) : ThreadPageReply;
}

/// <summary>What a room is shown of a design's comments.</summary>
/// <param name="Version">The version of the design's comments behind it.</param>
/// <param name="Threads">Threads as they are now.</param>
/// <param name="Removed">Ids of threads that are no more.</param>
public sealed record CommentsChange(string DesignId, long Version, ImmutableArray<CommentThread> Threads, ImmutableArray<string> Removed);
