using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Execution;

namespace Actors.Domain.Tests.Execution;

/// <summary>A design in few words, and a driver that executes its network: in an order of its own choice, with crashes where it likes.</summary>
internal sealed class TestNetwork
{
    private static readonly PropertySchema AnyProperties = new(ImmutableDictionary<string, PropertyRule>.Empty, Open: true);

    public static readonly ComponentCatalog Catalog = new(
    [
        Component("source", FiringRule.Source, [], ["out"]) with { Stateful = true },
        Component("pass", FiringRule.All, ["in"], ["out", "error"]),
        Component("double", FiringRule.All, ["in"], ["out"]),
        Component("even", FiringRule.All, ["in"], ["out", "rejected"]),
        Component("merge", FiringRule.Any, ["in"], ["out"]),
        Component("loop", FiringRule.Any, ["in", "back"], ["out"]),
        Component("start", FiringRule.Any, ["in", "back"], ["out"]) with { FiresAtStart = true },
        Component("pair", FiringRule.All, ["left", "right"], ["out"]),
        Component("countdown", FiringRule.All, ["in"], ["back", "out"]),
        Component("zip", FiringRule.All, ["in"], ["out"]) with { Inputs = [new PortDescriptor("in", PortType.Any, Required: true) { FanIn = FanIn.Join }] },
        Component("share", FiringRule.All, ["in"], ["out"]) with { Outputs = [new PortDescriptor("out", PortType.Any) { FanOut = FanOut.Compete }] },
        Component("sum", FiringRule.Collect, ["in"], ["out"]),
        Component("count", FiringRule.All, ["in"], ["out"]) with { Stateful = true, FiresAtEnd = true },
        Component("first", FiringRule.All, ["in"], ["out"]),
        Component("poison", FiringRule.All, ["in"], ["out"]),
        Component("recover", FiringRule.All, ["in"], ["out"]),
        Component("sink", FiringRule.All, ["in"], []),
        Component("text", FiringRule.All, ["in"], ["out"]) with { Inputs = [new PortDescriptor("in", PortType.Text, Required: true)], Outputs = [new PortDescriptor("out", PortType.Text)] },
        Component("number", FiringRule.Source, [], ["out"]) with { Outputs = [new PortDescriptor("out", PortType.Number)] },
        Component("both", FiringRule.All, ["a", "b"], ["out"]),
        Component("spiced", FiringRule.All, ["in"], ["out"]) with { Inputs = [new PortDescriptor("in", PortType.Any, Required: true), new PortDescriptor("extra", PortType.Any)] },
        Component("either", FiringRule.Any, ["a", "b"], ["out"]),
    ]);

    private readonly List<Node> _nodes = [];
    private readonly List<Connection> _connections = [];

    public TestNetwork Node(string id, string type, string props = "{}", string? execution = null)
    {
        _nodes.Add(new Node { Id = id, Type = type, Props = JsonElement.Parse(props), Execution = execution is null ? null : JsonElement.Parse(execution) });
        return this;
    }

    /// <summary>Connections as <c>a.port>b.port</c>; the ports are <c>out</c> and <c>in</c> when they are not named.</summary>
    /// <param name="capacity">Null leaves it to the default.</param>
    public TestNetwork Connect(string path, int? capacity = 64)
    {
        var ends = path.Split('>');
        var (from, to) = (ends[0].Split('.'), ends[1].Split('.'));
        _connections.Add(new Connection
        {
            Id = $"c{_connections.Count.ToString("000", CultureInfo.InvariantCulture)}",
            From = new Endpoint(from[0], from.ElementAtOrDefault(1) ?? "out"),
            To = new Endpoint(to[0], to.ElementAtOrDefault(1) ?? "in"),
            Props = JsonElement.Parse(capacity is null ? "{}" : $$"""{"capacity":{{capacity}}}"""),
        });
        return this;
    }

    public DesignDocument ToDesign() => new()
    {
        Id = "dsg_1", ProjectId = "prj_1", Name = "test", Kind = DesignKind.Process, Epoch = "e", Revision = 1,
        Nodes = [.. _nodes], Connections = [.. _connections], CreatedAt = default, UpdatedAt = default,
    };

    public PlanResult Compile(RunLimits? limits = null) => PlanCompiler.Compile(ToDesign(), Catalog, limits ?? RunLimits.Default);

    public NetworkPlan Plan()
    {
        var result = Compile();
        Assert.Empty(result.Issues);
        return result.Plan!;
    }

    public NetworkDriver Run(int seed = 0, double crashes = 0, bool losesTail = false, Action<string, Firing>? before = null)
    {
        var driver = new NetworkDriver(Plan(), seed, crashes, losesTail) { Before = before };
        driver.Run();
        return driver;
    }

    private static ComponentDescriptor Component(string id, FiringRule rule, string[] inputs, string[] outputs) => new()
    {
        Id = id,
        Category = "test",
        Title = id,
        Description = id,
        Kinds = [DesignKind.Process],
        Properties = AnyProperties,
        Rule = rule,
        Inputs = [.. inputs.Select(name => new PortDescriptor(name, PortType.Any, Required: rule != FiringRule.Any))],
        Outputs = [.. outputs.Select(name => new PortDescriptor(name, PortType.Any))],
    };
}
