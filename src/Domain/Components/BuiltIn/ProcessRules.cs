using System.Collections.Immutable;
using Actors.Domain.Designs;
using static Actors.Domain.Components.BuiltIn.Rules;

namespace Actors.Domain.Components.BuiltIn;

/// <summary>How a descriptor of a process component is made.</summary>
internal static class ProcessRules
{
    public static PortDescriptor Error { get; } = new("error", PortType.Json, Description: "What went wrong, when onError is port.");

    public static PortDescriptor In(PortType? type = null, string description = "") => new("in", type ?? PortType.Any, Required: true, description);

    public static PortDescriptor Out(PortType? type = null, string description = "") => new("out", type ?? PortType.Any, Description: description);

    public static PortDescriptor Out(string name, PortType type, string description) => new(name, type, Description: description);

    public static ComponentDescriptor Process(
        string id,
        string category,
        string title,
        string description,
        string icon,
        ImmutableArray<PortDescriptor> inputs,
        ImmutableArray<PortDescriptor> outputs,
        string example,
        params ReadOnlySpan<(string Name, PropertyRule Rule)> rules) => new()
        {
            Id = id,
            Category = category,
            Title = title,
            Description = description,
            Icon = icon,
            Kinds = [DesignKind.Process],
            Inputs = inputs,
            Outputs = outputs,
            Properties = new PropertySchema(Common.And(rules)),
            DefaultWidth = 200,
            DefaultHeight = 80,
            Example = Parse(example),
        };
}
