using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Actors.Domain.Designs;

/// <summary>Operations that are committed together or not at all.</summary>
/// <param name="BatchId">Chosen by the sender; the same id sent again is answered as the first time.</param>
/// <param name="BaseRevision">The revision that the sender saw. Informative: the grain's order is the order.</param>
/// <param name="Operations">At least one, at most <see cref="DesignLimits.OperationsPerBatch"/>.</param>
public sealed record Batch(Guid BatchId, long BaseRevision, ImmutableArray<Operation> Operations);

/// <summary>The answer to a batch, an undo or a redo.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Committed), "committed")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record SubmitResult
{
    /// <summary>Stored. <paramref name="Operations"/> is present only where the server changed something.</summary>
    public sealed record Committed(
        long Revision,
        ImmutableArray<int> Ignored,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImmutableArray<Operation>? Operations = null) : SubmitResult;

    /// <summary>Nothing changed.</summary>
    public sealed record Refused(Refusal Error) : SubmitResult;
}

/// <summary>Who made a change.</summary>
/// <param name="Id">An account id, or an agent's name.</param>
/// <param name="Kind"><c>user</c> or <c>agent</c>.</param>
/// <param name="JobId">The agent job that acted.</param>
public sealed record Author(
    string Id,
    AuthorKind Kind,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? JobId = null);

[JsonConverter(typeof(JsonStringEnumConverter<AuthorKind>))]
public enum AuthorKind
{
    [JsonStringEnumMemberName("user")]
    User,
    [JsonStringEnumMemberName("agent")]
    Agent,
}

/// <summary>A committed batch as everyone sees it: the operations that took effect.</summary>
public sealed record Change(long Revision, Guid BatchId, DateTimeOffset At, Author Author, ImmutableArray<Operation> Operations);

/// <summary>A point in a design's history. Another epoch means that revisions cannot be compared.</summary>
public sealed record DesignPosition(string Epoch, long Revision);

[JsonConverter(typeof(JsonStringEnumConverter<DesignKind>))]
public enum DesignKind
{
    [JsonStringEnumMemberName("wireframe")]
    Wireframe,
    [JsonStringEnumMemberName("process")]
    Process,
}
