using System.Text.Json;

namespace Actors.Domain.Designs;

/// <summary>An element of a design: a wireframe's part or a process.</summary>
public sealed record Node
{
    /// <summary>Unique within the design, chosen by whoever adds it; 1 to 256 characters.</summary>
    public required string Id { get; init; }

    /// <summary>The id of a component of the registry.</summary>
    public required string Type { get; init; }

    /// <summary>The node that contains this one; null at the top.</summary>
    public string? Parent { get; init; }

    /// <summary>Left edge in pixels, relative to the design's origin.</summary>
    public double X { get; init; }

    /// <summary>Top edge in pixels, relative to the design's origin.</summary>
    public double Y { get; init; }

    /// <summary>Pixels; null lets the component's default apply.</summary>
    public double? Width { get; init; }

    /// <inheritdoc cref="Width"/>
    public double? Height { get; init; }

    /// <summary>Fractional index key among siblings; empty in a request asks the server for one after the last.</summary>
    public string Order { get; init => field = value ?? ""; } = "";

    /// <summary>What a person calls it.</summary>
    public string? Label { get; init; }

    /// <summary>A JSON object that fits the component's schema.</summary>
    public JsonElement Props { get; init => field = value.ValueKind == JsonValueKind.Undefined ? EmptyObject : value; } = EmptyObject;

    /// <summary>How a process executes this node (retry, time limits, parallelism); null means the defaults.</summary>
    public JsonElement? Execution { get; init; }

    internal static JsonElement EmptyObject { get; } = JsonDocument.Parse("{}").RootElement.Clone();
}

/// <summary>One end of a connection.</summary>
public sealed record Endpoint(string Node, string Port);

/// <summary>A directed channel from an output port to an input port.</summary>
public sealed record Connection
{
    /// <inheritdoc cref="Node.Id"/>
    public required string Id { get; init; }

    public required Endpoint From { get; init; }

    public required Endpoint To { get; init; }

    public JsonElement Props { get; init => field = value.ValueKind == JsonValueKind.Undefined ? Node.EmptyObject : value; } = Node.EmptyObject;
}
