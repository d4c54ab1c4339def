using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.Domain.Designs;

namespace Actors.Domain.Rooms;

/// <summary>Who said something, with the name that they had then.</summary>
public sealed record ChatAuthor(string Id, string Name, AuthorKind Kind);

/// <summary>Something said in a room.</summary>
/// <param name="Sequence">Its place in the room's journal; grows by one with each message.</param>
public sealed record ChatMessage(long Sequence, DateTimeOffset At, ChatAuthor Author, string Text);

/// <summary>What a room is asked to keep.</summary>
public abstract record RoomCommand
{
    private RoomCommand()
    {
    }

    public sealed record Say(ChatAuthor Author, string Text, DateTimeOffset At) : RoomCommand;
}

/// <summary>What a room's journal holds.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(MessageSaid), "message_said")]
public abstract record RoomEvent;

/// <inheritdoc cref="RoomEvent"/>
public sealed record MessageSaid(ChatAuthor Author, string Text, DateTimeOffset At) : RoomEvent;

/// <summary>The durable part of a room: its newest messages.</summary>
public sealed record RoomState(long Sequence, ImmutableQueue<ChatMessage> Newest, int Count)
{
    /// <summary>Messages that the state keeps; older ones are in the journal.</summary>
    public const int KeptMessages = 200;

    /// <summary>Characters of one message.</summary>
    public const int MaximumTextLength = 4_000;

    public static RoomState Initial { get; } = new(0, [], 0);

    public Decision<RoomState, RoomEvent> Decide(RoomCommand command)
    {
        switch (command)
        {
            case RoomCommand.Say say when string.IsNullOrWhiteSpace(say.Text):
                return Decision<RoomState, RoomEvent>.Refused(Refusal.Field("text", "must not be empty"));
            case RoomCommand.Say say when say.Text.Length > MaximumTextLength:
                return Decision<RoomState, RoomEvent>.Refused(Refusal.Field("text", $"must have at most {MaximumTextLength} characters", ErrorCodes.LimitReached));
            case RoomCommand.Say say:
                var said = new MessageSaid(say.Author, say.Text, say.At);
                return Decision<RoomState, RoomEvent>.Happened(said, Apply(said));
            default:
                throw new InvalidOperationException($"Unknown command {command.GetType().Name}.");
        }
    }

    public RoomState Apply(RoomEvent @event) => @event switch
    {
        MessageSaid said => Append(new ChatMessage(Sequence + 1, said.At, said.Author, said.Text)),
        _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
    };

    private RoomState Append(ChatMessage message) => Count < KeptMessages
        ? new RoomState(message.Sequence, Newest.Enqueue(message), Count + 1)
        : new RoomState(message.Sequence, Newest.Dequeue().Enqueue(message), Count);
}

/// <summary>A room's state as a snapshot keeps it.</summary>
public sealed record RoomSnapshot(long Sequence, ImmutableArray<ChatMessage> Newest)
{
    public static RoomSnapshot Of(RoomState state) => new(state.Sequence, [.. state.Newest]);

    public RoomState ToState() => new(Sequence, ImmutableQueue.CreateRange(Newest), Newest.Length);
}
