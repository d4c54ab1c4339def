using System.Text.Json;
using Actors.Domain.Components;

namespace Actors.Components;

/// <summary>A node as its process sees it. Properties were checked against the schema and are complete.</summary>
public sealed class ProcessSettings
{
    private readonly int[] _inputs;
    private readonly int[] _outputs;

    /// <param name="inputs">The number of connections of each input port.</param>
    /// <param name="outputs">The number of connections of each output port.</param>
    public ProcessSettings(string nodeId, ComponentDescriptor component, JsonElement properties, ReadOnlySpan<int> inputs, ReadOnlySpan<int> outputs)
    {
        NodeId = nodeId;
        Component = component;
        Properties = properties;
        _inputs = inputs.ToArray();
        _outputs = outputs.ToArray();
    }

    public string NodeId { get; }

    public ComponentDescriptor Component { get; }

    /// <summary>The node's <c>props</c> as they are in the design.</summary>
    public JsonElement Properties { get; }

    /// <summary>The tokens that the run was started with, by input name; what the component <c>input</c> emits.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Token>> RunInputs { get; init; } = new Dictionary<string, IReadOnlyList<Token>>(StringComparer.Ordinal);

    /// <summary>Connections that enter the input.</summary>
    public int Inputs(int input) => _inputs[input];

    public bool IsConnected(int output) => _outputs[output] > 0;

    /// <summary>The number of the output port of that name; -1 when there is none.</summary>
    public int FindOutput(string name)
    {
        for (var i = 0; i < Component.Outputs.Length; i++)
        {
            if (Component.Outputs[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The property, else its default; null when it has neither or is null.</summary>
    public JsonElement? Find(string name)
    {
        if (Properties.ValueKind == JsonValueKind.Object && Properties.TryGetProperty(name, out var value))
        {
            return value.ValueKind == JsonValueKind.Null ? null : value;
        }

        return Component.Properties.Properties.TryGetValue(name, out var rule) ? rule.Default : null;
    }

    public string? Text(string name) => Find(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public double? Number(string name) => Find(name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;

    public bool Flag(string name) => Find(name) is { ValueKind: JsonValueKind.True };

    /// <summary>A property of the schema that a complete node has.</summary>
    /// <exception cref="ComponentException">It is missing: <c>property_invalid</c>.</exception>
    public string RequiredText(string name) => Text(name) ?? throw Missing(name);

    /// <inheritdoc cref="RequiredText"/>
    public double RequiredNumber(string name) => Number(name) ?? throw Missing(name);

    private static ComponentException Missing(string name) => new("property_invalid", $"props.{name}: is required", retryable: false);
}
