using System.Collections.Immutable;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Execution;

namespace Actors.Domain.Validation;

/// <summary>A design with what the rules look up again and again. Made once for all of them, in linear time.</summary>
internal sealed class ValidatedDesign
{
    private readonly Dictionary<string, Node> _nodes;
    private readonly ILookup<string, Connection> _incoming;
    private readonly ILookup<string, Connection> _outgoing;
    private readonly IComponentCatalog _components;

    public ValidatedDesign(DesignDocument document, IComponentCatalog components)
    {
        Document = document;
        _components = components;
        _nodes = document.Nodes.ToDictionary(node => node.Id, StringComparer.Ordinal);
        Connections = [.. document.Connections.Where(connection => _nodes.ContainsKey(connection.From.Node) && _nodes.ContainsKey(connection.To.Node))];
        _incoming = Connections.ToLookup(connection => connection.To.Node, StringComparer.Ordinal);
        _outgoing = Connections.ToLookup(connection => connection.From.Node, StringComparer.Ordinal);
    }

    public DesignDocument Document { get; }

    public ImmutableArray<Node> Nodes => Document.Nodes;

    public ImmutableArray<Connection> Connections { get; }

    public bool IsProcess => Document.Kind == DesignKind.Process;

    public Node NodeOf(string id) => _nodes[id];

    public Node? Find(string? id) => id is null ? null : _nodes.GetValueOrDefault(id);

    public ComponentDescriptor? ComponentOf(Node node) => _components.Find(node.Type);

    public bool IsDisabled(Node node) => _components.IsDisabled(node.Type);

    public IEnumerable<Connection> Into(string nodeId) => _incoming[nodeId];

    public IEnumerable<Connection> OutOf(string nodeId) => _outgoing[nodeId];

    /// <summary>Who gets the tokens of the output that the connection leaves.</summary>
    public FanOut? FanOutOf(Connection connection) =>
        OutputOf(connection) is { } output ? NodeExecution.Read(_nodes[connection.From.Node].Execution).FanOutOf(output) : null;

    public PortDescriptor? OutputOf(Connection connection) => PortOf(ComponentOf(_nodes[connection.From.Node])?.Outputs, connection.From.Port);

    public PortDescriptor? InputOf(Connection connection) => PortOf(ComponentOf(_nodes[connection.To.Node])?.Inputs, connection.To.Port);

    /// <summary>What people know the node by.</summary>
    public string NameOf(Node node) => !string.IsNullOrWhiteSpace(node.Label) ? $"'{node.Label}'" : $"'{ComponentOf(node)?.Title ?? node.Type}' ({node.Id})";

    private static PortDescriptor? PortOf(ImmutableArray<PortDescriptor>? ports, string name)
    {
        foreach (var port in ports ?? [])
        {
            if (port.Name == name)
            {
                return port;
            }
        }

        return null;
    }
}

/// <summary>One kind of thing that can be wrong with a design. Pure, and not slower than sorting the design would be.</summary>
internal interface IValidationRule
{
    IEnumerable<Finding> Check(ValidatedDesign design);
}
