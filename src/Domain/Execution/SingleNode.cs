using System.Collections.Immutable;
using System.Text.Json;
using Actors.Domain.Components;
using Actors.Domain.Designs;

namespace Actors.Domain.Execution;

/// <summary>
/// One node of a design made a design of its own, to be tried with sample tokens: an <c>input</c> before each of its inputs
/// that has samples, an <c>output</c> behind each of its outputs, both named as the port.
/// </summary>
public static class SingleNode
{
    /// <param name="inputs">Sample tokens by input port.</param>
    public static (DesignDocument? Design, Refusal? Refusal) DesignOf(
        DesignDocument design, string nodeId, ImmutableDictionary<string, ImmutableArray<Token>> inputs, IComponentCatalog components)
    {
        if (design.Nodes.FirstOrDefault(node => node.Id == nodeId) is not { } node)
        {
            return (null, new Refusal(ErrorCodes.NotFound, $"The design has no node '{nodeId}'."));
        }

        if (components.Find(node.Type) is not { } component)
        {
            // The compiler says what is wrong with it.
            return (design with { Nodes = [node], Connections = [] }, null);
        }

        foreach (var (port, tokens) in inputs.OrderBy(input => input.Key, StringComparer.Ordinal))
        {
            if (component.Inputs.FirstOrDefault(input => input.Name == port) is not { } input)
            {
                return (null, Refusal.Field($"inputs.{port}", $"'{component.Id}' has no input of that name", ErrorCodes.PortUnknown));
            }

            for (var i = 0; i < tokens.Length; i++)
            {
                if (!input.Type.Accepts(tokens[i].Json))
                {
                    return (null, Refusal.Field($"inputs.{port}[{i}]", $"does not fit the type {input.Type}", ErrorCodes.PortMismatch));
                }
            }
        }

        var samples = inputs.Keys.Order(StringComparer.Ordinal).Select(port => (Port: port, Node: Named($"{nodeId}/in/{port}", "input", port)));
        var results = component.Outputs.Select(port => (Port: port.Name, Node: Named($"{nodeId}/out/{port.Name}", "output", port.Name)));
        return (design with
        {
            Nodes = [node, .. samples.Select(sample => sample.Node), .. results.Select(result => result.Node)],
            Connections =
            [
                .. samples.Select(sample => new Connection { Id = sample.Node.Id, From = new Endpoint(sample.Node.Id, "out"), To = new Endpoint(nodeId, sample.Port) }),
                .. results.Select(result => new Connection { Id = result.Node.Id, From = new Endpoint(nodeId, result.Port), To = new Endpoint(result.Node.Id, "in") }),
            ],
        }, null);
    }

    private static Node Named(string id, string type, string name) =>
        new() { Id = id, Type = type, Props = Token.Write(writer => WriteName(writer, name)).Json };

    private static void WriteName(Utf8JsonWriter writer, string name)
    {
        writer.WriteStartObject();
        writer.WriteString("name", name);
        writer.WriteEndObject();
    }
}
