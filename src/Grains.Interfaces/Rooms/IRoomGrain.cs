using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.Domain;
using Actors.Domain.Designs;
using Actors.Domain.Rooms;
using Actors.Grains.Interfaces.Comments;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Grains.Interfaces.Rooms;

/// <summary>
/// Where a project's people and agents meet: who is there, where their cursors are, what they say. The key is the
/// project's id. What is said is journalled; presence and cursors live in memory and are told anew after a restart.
/// </summary>
public interface IRoomGrain : IGrainWithStringKey
{
    /// <summary>A connection of a participant watches the room. They are present while one of theirs does.</summary>
    [AlwaysInterleave]
    Task Enter(string connectionId, Participant participant);

    /// <summary>A connection watches no more.</summary>
    [AlwaysInterleave]
    Task Leave(string connectionId);

    /// <summary>Signs of life. A connection without one for 30 s is taken as gone. Answers those that the room does not know.</summary>
    [AlwaysInterleave]
    Task<ImmutableArray<string>> Renew(ImmutableArray<string> connectionIds);

    /// <summary>The newest cursor of a participant replaces the one before.</summary>
    [AlwaysInterleave]
    [OneWay]
    Task MoveCursor(Cursor cursor);

    [AlwaysInterleave]
    Task<SayResult> Say(Participant author, string text);

    /// <summary>
    /// Shows those who watch how comments of a design changed. Nothing is kept: whoever comes later lists them, and
    /// afterwards what changed since the version of that list.
    /// </summary>
    [AlwaysInterleave]
    [OneWay]
    Task ShowComments(CommentsChange change);

    /// <summary>What was said after <paramref name="afterSequence"/> (or the newest messages), who is there, and what happens.</summary>
    IAsyncEnumerable<RoomFeedItem> Watch(long? afterSequence, CancellationToken cancellationToken = default);
}

/// <summary>Somebody in a room.</summary>
public sealed record Participant(string Id, string Name, AuthorKind Kind);

/// <summary>Where somebody points.</summary>
/// <param name="X">Pixels from the design's origin.</param>
/// <param name="Y">Pixels from the design's origin.</param>
public sealed record Cursor(string ParticipantId, string DesignId, double X, double Y, ImmutableArray<string> Selection);

/// <summary>The answer to something said.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Said), "said")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record SayResult
{
    public sealed record Said(ChatMessage Message) : SayResult;

    public sealed record Refused(Refusal Error) : SayResult;
}

/// <summary>What a watcher of a room is handed.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(State), "state")]
[JsonDerivedType(typeof(Joined), "joined")]
[JsonDerivedType(typeof(Left), "left")]
[JsonDerivedType(typeof(Moved), "moved")]
[JsonDerivedType(typeof(Spoken), "spoken")]
[JsonDerivedType(typeof(Commented), "commented")]
public abstract record RoomFeedItem
{
    public sealed record State(
        long Sequence,
        ImmutableArray<Participant> Participants,
        ImmutableArray<Cursor> Cursors,
        ImmutableArray<ChatMessage> Messages) : RoomFeedItem;

    public sealed record Joined(Participant Participant) : RoomFeedItem;

    public sealed record Left(string ParticipantId) : RoomFeedItem;

    public sealed record Moved(ImmutableArray<Cursor> Cursors) : RoomFeedItem;

    public sealed record Spoken(ChatMessage Message) : RoomFeedItem;

    public sealed record Commented(CommentsChange Change) : RoomFeedItem;
}
