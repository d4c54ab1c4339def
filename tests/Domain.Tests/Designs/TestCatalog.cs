using System.Collections.Immutable;
using Actors.Domain.Components;
using Actors.Domain.Designs;

namespace Actors.Domain.Tests.Designs;

/// <summary>Few components that show every rule.</summary>
internal static class TestCatalog
{
    private static readonly PropertySchema Style = new(
        ImmutableDictionary<string, PropertyRule>.Empty.Add("color", new PropertyRule.Text(20)).Add("size", new PropertyRule.Number(0, 1_000)),
        Open: true);

    public static IComponentCatalog Instance { get; } = new ComponentCatalog(
    [
        Component("box", [], []),
        Component("source", [], [new PortDescriptor("out", PortType.Text), new PortDescriptor("count", PortType.Number)]),
        Component("sink", [new PortDescriptor("in", PortType.Text), new PortDescriptor("any", PortType.Any)], [new PortDescriptor("done", PortType.Signal)]),
        Component("drawing", [], []) with { Kinds = [DesignKind.Wireframe] },
    ]);

    private static ComponentDescriptor Component(string id, ImmutableArray<PortDescriptor> inputs, ImmutableArray<PortDescriptor> outputs) => new()
    {
        Id = id,
        Category = "test",
        Title = id,
        Description = id,
        Kinds = [DesignKind.Process, DesignKind.Wireframe],
        Inputs = inputs,
        Outputs = outputs,
        Properties = Style,
    };
}
