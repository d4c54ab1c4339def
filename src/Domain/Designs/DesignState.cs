using System.Text.Json;
using Actors.Domain.Components;

namespace Actors.Domain.Designs;

/// <summary>
/// One design, immutable: committed and tentative state are two references that share nearly everything. What an edit
/// costs depends on the edit, and only logarithmically on the size of the design.
/// </summary>
public sealed class DesignState
{
    private DesignState()
    {
    }

    public static DesignState Initial { get; } = new();

    public bool Exists { get; private init; }

    public bool Deleted { get; private init; }

    public string Id { get; private init; } = "";

    public string ProjectId { get; private init; } = "";

    public string Name { get; private init; } = "";

    public DesignKind Kind { get; private init; }

    public string? Description { get; private init; }

    public JsonElement? Settings { get; private init; }

    public string Epoch { get; private init; } = "";

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset UpdatedAt { get; private init; }

    /// <summary>The number of events applied.</summary>
    public long Revision { get; private init; }

    public int NodeCount { get; private init; }

    public int ConnectionCount { get; private init; }

    public Decision<DesignState, DesignEvent> Decide(DesignCommand command, IComponentCatalog components, DesignLimits limits) =>
        throw new NotSupportedException($"{Revision}");

    public DesignState Apply(DesignEvent @event) => throw new NotSupportedException($"{Revision}");

    /// <summary>The first answer to a batch that was committed lately, else null: an older one is in the journal.</summary>
    public SubmitResult? FindRecent(Guid batchId) => throw new NotSupportedException($"{Revision}");

    /// <summary>The answer to a batch, from its event.</summary>
    public static SubmitResult ToResult(long revision, BatchCommitted committed) =>
        new SubmitResult.Committed(revision, committed.Ignored, committed.Rewritten ? committed.Operations : null);

    public DesignDocument ToDocument() => throw new NotSupportedException($"{Revision}");

    public Node? FindNode(string id) => throw new NotSupportedException($"{Revision}");

    public Connection? FindConnection(string id) => throw new NotSupportedException($"{Revision}");

    /// <summary>The revision in which the path of a node (<c>x</c>, <c>props/color</c>) was last written; null when there is no such node.</summary>
    public long? LastRevisionOf(string nodeId, string path) => throw new NotSupportedException($"{Revision}");

    public DesignSnapshot ToSnapshot() => throw new NotSupportedException($"{Revision}");

    public static DesignState FromSnapshot(DesignSnapshot snapshot) => throw new NotSupportedException($"{snapshot.Revision}");
}
