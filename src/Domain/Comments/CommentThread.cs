using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.Domain.Designs;

namespace Actors.Domain.Comments;

/// <summary>What a thread is about: a node, a point of the design, or (with nothing in it) the design as a whole.</summary>
/// <param name="NodeId">The node; it may be gone by now.</param>
/// <param name="X">Pixels from the design's origin. For a node, where it was last known to be; filled in by the server.</param>
/// <param name="Y">As <paramref name="X"/>.</param>
public sealed record CommentAnchor(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? NodeId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? X = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Y = null);

/// <summary>Who wrote a comment, with the name that they had then.</summary>
public sealed record CommentAuthor(string Id, string Name, AuthorKind Kind);

/// <param name="Text">Empty when it was deleted.</param>
/// <param name="Mentions">The accounts that it mentions.</param>
/// <param name="Deleted">It was deleted and keeps its place, because others go on.</param>
public sealed record Comment(
    string Id,
    CommentAuthor Author,
    string Text,
    ImmutableArray<string> Mentions,
    DateTimeOffset At,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? EditedAt,
    bool Deleted);

/// <summary>Who settled a thread, and when.</summary>
public sealed record Resolution(CommentAuthor By, DateTimeOffset At);

/// <summary>A conversation about a part of a design.</summary>
/// <param name="Version">The version of the design's comments that changed it last.</param>
/// <param name="Orphaned">Its node was removed; the anchor says where it was.</param>
/// <param name="Comments">In their order. At least one of them is not deleted.</param>
/// <param name="Resolved">Absent while the thread is open.</param>
public sealed record CommentThread(
    string Id,
    long Version,
    CommentAnchor Anchor,
    bool Orphaned,
    ImmutableList<Comment> Comments,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Resolution? Resolved,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    public Comment? Find(string commentId) => Comments.Find(comment => comment.Id == commentId);

    /// <summary>Those who wrote what still stands.</summary>
    public IEnumerable<string> Participants() =>
        Comments.Where(comment => !comment.Deleted && comment.Author.Kind == AuthorKind.User).Select(comment => comment.Author.Id).Distinct(StringComparer.Ordinal);
}
