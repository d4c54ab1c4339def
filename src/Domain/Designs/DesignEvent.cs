using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.Domain.Designs;

/// <summary>One entry of a design's journal. Each takes the next revision; the first is <see cref="DesignCreated"/> at revision 1.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(DesignCreated), "designCreated")]
[JsonDerivedType(typeof(BatchCommitted), "batchCommitted")]
[JsonDerivedType(typeof(DesignDeleted), "designDeleted")]
public abstract record DesignEvent
{
    public required Author Author { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>The design began, with its contents: parents before children, every order key given.</summary>
public sealed record DesignCreated : DesignEvent
{
    public required string Id { get; init; }

    public required string ProjectId { get; init; }

    public required string Name { get; init; }

    /// <summary>Called otherwise in JSON, where <c>kind</c> tells the event.</summary>
    [JsonPropertyName("designKind")]
    public required DesignKind Kind { get; init; }

    public string? Description { get; init; }

    public JsonElement? Settings { get; init; }

    public required string Epoch { get; init; }

    public ImmutableArray<Node> Nodes { get; init => field = value.IsDefault ? [] : value; } = [];

    public ImmutableArray<Connection> Connections { get; init => field = value.IsDefault ? [] : value; } = [];
}

/// <summary>Operations took effect together.</summary>
public sealed record BatchCommitted : DesignEvent
{
    public required Guid BatchId { get; init; }

    /// <summary>The operations as they took effect: renamed, given order keys, without the ignored ones.</summary>
    public ImmutableArray<Operation> Operations { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Places in the sent batch of operations that had nothing to act on any more.</summary>
    public ImmutableArray<int> Ignored { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>
    /// Ids of nodes that were to be added below a node that is gone; null when there are none. What their author does
    /// with them before learning of it has nothing to act on either.
    /// </summary>
    public ImmutableArray<string>? Missed { get; init; }

    /// <summary>Whether <see cref="Operations"/> holds what the sender did not send, beyond the ignored being absent.</summary>
    public bool Rewritten { get; init; }

    public BatchCause Cause { get; init; }

    /// <summary>What applying an undo, redo or revert needs beside the operations; null for an edit.</summary>
    public TakenBack? TakenBack { get; init; }

    /// <summary>The revision whose contents a restoration brought back; null for everything else.</summary>
    public long? Restored { get; init; }

    /// <summary>The change as watchers see it.</summary>
    public Change ToChange(long revision) => new(revision, BatchId, At, Author, Operations);
}

/// <summary>The design ended; its contents can still be read from the journal.</summary>
public sealed record DesignDeleted : DesignEvent;

/// <summary>Why a batch was committed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BatchCause>))]
public enum BatchCause
{
    [JsonStringEnumMemberName("edit")]
    Edit,
    [JsonStringEnumMemberName("undo")]
    Undo,
    [JsonStringEnumMemberName("redo")]
    Redo,
    [JsonStringEnumMemberName("revert")]
    Revert,
    [JsonStringEnumMemberName("restore")]
    Restore,
}

/// <summary>Which remembered steps an undo, redo or revert used up.</summary>
public sealed record TakenBack
{
    /// <summary>Entries taken from the author's stack, counting those of which nothing was theirs any more; 0 for a revert, which takes all.</summary>
    public int Entries { get; init; }

    /// <summary>The job that a revert took back.</summary>
    public string? JobId { get; init; }

    /// <summary>
    /// For each operation of the batch the step that it takes back. From there come the stamps: a value that is brought
    /// back is again its former writer's.
    /// </summary>
    public ImmutableArray<int> Steps { get; init => field = value.IsDefault ? [] : value; } = [];
}
