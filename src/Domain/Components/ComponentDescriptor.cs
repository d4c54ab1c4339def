using System.Collections.Immutable;
using System.Text.Json;
using Actors.Domain.Designs;

namespace Actors.Domain.Components;

/// <summary>What a node of one type is: its ports, its properties and how palettes show it.</summary>
public sealed record ComponentDescriptor
{
    /// <summary>The node type, for example <c>ui.button</c> or <c>http.request</c>.</summary>
    public required string Id { get; init; }

    public int Version { get; init; } = 1;

    /// <summary>The palette's group, for example <c>shapes</c>, <c>forms</c>, <c>flow</c>.</summary>
    public required string Category { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    /// <summary>The name of an icon of the console's set.</summary>
    public string Icon { get; init; } = "component";

    /// <summary>The kinds of design in which the component may stand.</summary>
    public required ImmutableArray<DesignKind> Kinds { get; init; }

    public ImmutableArray<PortDescriptor> Inputs { get; init; } = [];

    public ImmutableArray<PortDescriptor> Outputs { get; init; } = [];

    /// <summary>The rules for <see cref="Node.Props"/>; published as JSON Schema.</summary>
    public required PropertySchema Properties { get; init; }

    /// <summary>Pixels of a new node.</summary>
    public double DefaultWidth { get; init; } = 160;

    /// <inheritdoc cref="DefaultWidth"/>
    public double DefaultHeight { get; init; } = 60;

    /// <summary>Whether other nodes may stand inside.</summary>
    public bool Container { get; init; }

    /// <summary>Properties of a new node in a palette; an example of valid ones.</summary>
    public JsonElement? Example { get; init; }

    /// <summary>When a process of this component fires.</summary>
    public FiringRule Rule { get; init; } = FiringRule.All;

    /// <summary>What a firing does to the world outside of the run.</summary>
    public EffectClass Effects { get; init; } = EffectClass.Pure;

    /// <summary>Whether a process keeps something from one firing to the next. Its firings are then never parallel.</summary>
    public bool Stateful { get; init; }

    /// <summary>
    /// Whether a process fires once before it takes anything: where an alternation sets its first timer, default branch and
    /// guards.
    /// </summary>
    public bool FiresAtStart { get; init; }

    /// <summary>Whether a process fires once more when all its inputs are closed and drained, to emit what it still holds.</summary>
    public bool FiresAtEnd { get; init; }

    /// <summary>Parallel firings of one node when its settings name no number. Outputs keep the order of the inputs.</summary>
    public int DefaultParallelism { get; init; } = 1;

    /// <summary>What journals of runs rest on: when a process fires, and its ports in their order. As text, for people too.</summary>
    public string Shape()
    {
        var inputs = Inputs.Select(input => $"{input.Name}{(input.Required ? "!" : "")}{(input.FanIn == FanIn.Join ? "+" : "")}");
        var ends = $"{(FiresAtStart ? "^" : "")}{(FiresAtEnd ? "$" : "")}";
        return $"{Rule}{ends}({string.Join(',', inputs)}) -> ({string.Join(',', Outputs.Select(output => output.Name))})";
    }
}

/// <summary>A named, typed end for connections.</summary>
/// <param name="Name">Unique among the component's inputs, and among its outputs.</param>
/// <param name="Required">For an input: a run is refused when nothing is connected to it.</param>
public sealed record PortDescriptor(string Name, PortType Type, bool Required = false, string Description = "")
{
    /// <summary>For an input with several connections: how their tokens come together.</summary>
    public FanIn FanIn { get; init; } = FanIn.Merge;

    /// <summary>For an output with several connections: who gets a token.</summary>
    public FanOut FanOut { get; init; } = FanOut.Copy;
}

/// <summary>What the design core asks of the registry.</summary>
public interface IComponentCatalog
{
    /// <summary>All components, in the ordinal order of their ids.</summary>
    ImmutableArray<ComponentDescriptor> All { get; }

    /// <summary>The component of that id, or null. Constant time: it is asked for every operation.</summary>
    ComponentDescriptor? Find(string id);

    /// <summary>Whether the component is switched off where this catalog is asked: what has it stays, but no more is added and none runs.</summary>
    bool IsDisabled(string id) => false;
}
