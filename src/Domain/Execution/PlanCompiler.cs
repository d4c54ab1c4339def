using System.Collections.Immutable;
using Actors.Domain.Components;
using Actors.Domain.Designs;

namespace Actors.Domain.Execution;

/// <summary>Turns a design into a plan, or says everything that is wrong with it.</summary>
public sealed class PlanCompiler
{
    private readonly IComponentCatalog _components;
    private readonly RunLimits _limits;
    private readonly Func<string, bool> _isRunnable;
    private readonly List<PlanIssue> _issues = [];

    private PlanCompiler(IComponentCatalog components, RunLimits limits, Func<string, bool> isRunnable) =>
        (_components, _limits, _isRunnable) = (components, limits, isRunnable);

    /// <param name="isRunnable">Whether there is an implementation of the component of that id.</param>
    public static PlanResult Compile(DesignDocument design, IComponentCatalog components, RunLimits limits, Func<string, bool>? isRunnable = null) =>
        new PlanCompiler(components, limits, isRunnable ?? (static _ => true)).Compile(design);

    private PlanResult Compile(DesignDocument design)
    {
        if (design.Kind != DesignKind.Process)
        {
            return Refuse(ErrorCodes.RunNotAProcess, "Only designs of the kind process run.");
        }

        var connected = design.Connections.SelectMany(connection => new[] { connection.From.Node, connection.To.Node }).ToHashSet(StringComparer.Ordinal);
        Node[] nodes =
        [
            .. design.Nodes
                .Where(node => connected.Contains(node.Id) || node.Type != Components.BuiltIn.ForeignComponent.Id)
                .OrderBy(node => node.Id, StringComparer.Ordinal),
        ];
        if (nodes.Length == 0)
        {
            return Refuse(ErrorCodes.RunEmpty, "The design has no process to run.");
        }

        if (nodes.Length > _limits.Nodes || design.Connections.Length > _limits.Connections)
        {
            return nodes.Length > _limits.Nodes
                ? Refuse(ErrorCodes.LimitReached, $"nodes: at most {_limits.Nodes} take part in a run")
                : Refuse(ErrorCodes.LimitReached, $"connections: at most {_limits.Connections} take part in a run");
        }

        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var descriptors = new ComponentDescriptor[nodes.Length];
        for (var i = 0; i < nodes.Length; i++)
        {
            numbers.Add(nodes[i].Id, i);
            if (_components.Find(nodes[i].Type) is { } component && component.Kinds.Contains(DesignKind.Process) && _isRunnable(component.Id))
            {
                descriptors[i] = component;
                if (NodeExecution.CheckPorts(nodes[i].Execution, component) is { } unknown)
                {
                    Blame(unknown.Code, unknown.Detail, nodes[i].Id);
                }

                if (component.Properties.CheckComplete(nodes[i].Props) is { } refusal)
                {
                    Blame(refusal.Code, refusal.Detail, nodes[i].Id);
                }
            }
            else
            {
                Blame(ErrorCodes.TypeUnknown, $"'{nodes[i].Type}' is no component that runs", nodes[i].Id);
            }
        }

        if (_issues.Count > 0)
        {
            return new PlanResult(null, [.. _issues]);
        }

        var channels = Connect(design, numbers, descriptors);
        CheckInputs(nodes, descriptors, channels);
        var cycles = CheckCycles(nodes, descriptors, channels);
        return _issues.Count > 0
            ? new PlanResult(null, [.. _issues])
            : new PlanResult(new NetworkPlan(ProcessesOf(nodes, descriptors, channels), [.. channels], cycles), []);
    }

    private List<ChannelPlan> Connect(DesignDocument design, Dictionary<string, int> numbers, ComponentDescriptor[] descriptors)
    {
        var channels = new List<ChannelPlan>(design.Connections.Length);
        foreach (var connection in design.Connections.OrderBy(connection => connection.Id, StringComparer.Ordinal))
        {
            if (!numbers.TryGetValue(connection.From.Node, out var from) || !numbers.TryGetValue(connection.To.Node, out var to))
            {
                Blame(ErrorCodes.ConnectionDangling, $"connection '{connection.Id}' has an end without a node", connection.From.Node, connection.To.Node);
                continue;
            }

            var output = IndexOf(descriptors[from].Outputs, connection.From.Port);
            var input = IndexOf(descriptors[to].Inputs, connection.To.Port);
            if (output < 0 || input < 0)
            {
                Blame(
                    ErrorCodes.PortUnknown,
                    output < 0 ? $"'{connection.From.Node}' has no output '{connection.From.Port}'" : $"'{connection.To.Node}' has no input '{connection.To.Port}'",
                    output < 0 ? connection.From.Node : connection.To.Node);
                continue;
            }

            var (leaving, entering) = (descriptors[from].Outputs[output].Type, descriptors[to].Inputs[input].Type);
            if (!leaving.Fits(entering))
            {
                Blame(ErrorCodes.PortMismatch, $"connection '{connection.Id}': {leaving} does not fit {entering}", connection.From.Node, connection.To.Node);
            }

            channels.Add(new ChannelPlan(
                channels.Count, connection.Id, from, output, to, input, ChannelSettings.Read(connection.Props).Capacity, descriptors[to].Rule == FiringRule.Collect));
        }

        return channels;
    }

    private void CheckInputs(Node[] nodes, ComponentDescriptor[] descriptors, List<ChannelPlan> channels)
    {
        var entered = channels.Select(channel => (channel.To, channel.ToPort)).ToHashSet();
        for (var i = 0; i < nodes.Length; i++)
        {
            for (var port = 0; port < descriptors[i].Inputs.Length; port++)
            {
                if (descriptors[i].Inputs[port].Required && !entered.Contains((i, port)))
                {
                    Blame(ErrorCodes.RunInputUnconnected, $"the input '{descriptors[i].Inputs[port].Name}' of '{nodes[i].Id}' is not connected", nodes[i].Id);
                }
            }
        }
    }

    private ImmutableArray<ImmutableArray<int>> CheckCycles(Node[] nodes, ComponentDescriptor[] descriptors, List<ChannelPlan> channels)
    {
        var cycles = Cycles.Find(nodes.Length, channels);
        foreach (var cycle in Cycles.Find(nodes.Length, channels.Where(channel =>
            descriptors[channel.From].Rule != FiringRule.Any && descriptors[channel.To].Rule != FiringRule.Any)))
        {
            Blame(ErrorCodes.RunCycle, "a cycle needs a node on it that fires by any of its inputs, such as merge", [.. cycle.Select(i => nodes[i].Id)]);
        }

        foreach (var cycle in Cycles.Find(nodes.Length, channels.Where(channel => channel.Capacity == 0 && !channel.Gathers)))
        {
            Blame(ErrorCodes.RunRendezvousCycle, "a cycle of connections of capacity 0 can never move", [.. cycle.Select(i => nodes[i].Id)]);
        }

        return cycles;
    }

    private static ImmutableArray<ProcessPlan> ProcessesOf(Node[] nodes, ComponentDescriptor[] descriptors, List<ChannelPlan> channels)
    {
        var entering = channels.ToLookup(channel => (channel.To, channel.ToPort), channel => channel.Index);
        var leaving = channels.ToLookup(channel => (channel.From, channel.FromPort), channel => channel.Index);
        return
        [
            .. nodes.Select((node, index) =>
            {
                var component = descriptors[index];
                var execution = NodeExecution.Read(node.Execution);
                ImmutableArray<ImmutableArray<int>> inputs = [.. component.Inputs.Select((_, port) => entering[(index, port)].ToImmutableArray())];
                return new ProcessPlan(index, node.Id, component, node.Props, execution)
                {
                    Inputs = inputs,
                    Outputs = [.. component.Outputs.Select((_, port) => leaving[(index, port)].ToImmutableArray())],
                    FanOuts = [.. component.Outputs.Select(execution.FanOutOf)],
                    Entering = [.. inputs.SelectMany(input => input)],
                    ErrorPort = IndexOf(component.Outputs, "error"),
                    Parallelism = component.Stateful || component.Rule is FiringRule.Source or FiringRule.Collect
                        ? 1
                        : execution.Parallelism ?? component.DefaultParallelism,
                };
            }),
        ];
    }

    private static int IndexOf(ImmutableArray<PortDescriptor> ports, string name)
    {
        for (var i = 0; i < ports.Length; i++)
        {
            if (ports[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    private void Blame(string code, string detail, params ImmutableArray<string> nodes) => _issues.Add(new PlanIssue(code, detail, nodes));

    private static PlanResult Refuse(string code, string detail) => new(null, [new PlanIssue(code, detail, [])]);
}
