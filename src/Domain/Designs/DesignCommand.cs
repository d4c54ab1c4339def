using System.Collections.Immutable;
using System.Text.Json;

namespace Actors.Domain.Designs;

/// <summary>What can be asked of a design. Time and identifiers come in with the command, so that deciding is deterministic.</summary>
/// <param name="Author">Who asks; undo goes by this identity.</param>
/// <param name="At">When, in UTC.</param>
public abstract record DesignCommand(Author Author, DateTimeOffset At);

/// <summary>
/// Creates the design, empty or with contents (an import, a duplicate). Contents are checked as if they were added one
/// by one, parents first. Asked of a design that exists, it changes nothing.
/// </summary>
/// <param name="Epoch">A token that is new for every creation; positions of another epoch cannot be continued.</param>
public sealed record CreateDesign(
    string Id,
    string ProjectId,
    string Name,
    DesignKind Kind,
    string? Description,
    JsonElement? Settings,
    string Epoch,
    Author Author,
    DateTimeOffset At,
    ImmutableArray<Node> Nodes,
    ImmutableArray<Connection> Connections) : DesignCommand(Author, At);

/// <summary>Commits the batch, all of it or nothing.</summary>
public sealed record SubmitBatch(Batch Batch, Author Author, DateTimeOffset At) : DesignCommand(Author, At);

/// <summary>Takes back the author's last batch, and of it what is still theirs.</summary>
/// <param name="BatchId">Names the batch that the undo becomes; the same id again changes nothing.</param>
public sealed record UndoLast(Guid BatchId, Author Author, DateTimeOffset At) : DesignCommand(Author, At);

/// <summary>Repeats what the author's last undo took back, and of it what nobody else has touched since.</summary>
/// <param name="BatchId">Names the batch that the redo becomes; the same id again changes nothing.</param>
public sealed record RedoLast(Guid BatchId, Author Author, DateTimeOffset At) : DesignCommand(Author, At);

/// <summary>Takes back everything that an agent job did, as one batch that its author can undo.</summary>
/// <param name="BatchId">Names the batch that the revert becomes; the same id again changes nothing.</param>
public sealed record RevertJob(string JobId, Guid BatchId, Author Author, DateTimeOffset At) : DesignCommand(Author, At);

/// <summary>Gives the design the contents that it had at a revision, as one batch that its author can undo. When nothing differs, nothing happens.</summary>
/// <param name="Target">The design as it was then.</param>
/// <param name="BatchId">Names the batch that the restoration becomes; the same id again changes nothing.</param>
public sealed record RestoreContents(DesignDocument Target, Guid BatchId, Author Author, DateTimeOffset At) : DesignCommand(Author, At);

/// <summary>Deletes the design; asked again, it changes nothing.</summary>
public sealed record DeleteDesign(Author Author, DateTimeOffset At) : DesignCommand(Author, At);
