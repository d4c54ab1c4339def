using System.Collections.Immutable;
using System.Text.Json;
using Actors.Domain.Components;

namespace Actors.Domain.Interchange;

/// <summary>The port that a React Flow handle means: the one of its name, else the plain one, else the first.</summary>
internal static class ReactFlowPorts
{
    public static PortDescriptor? Output(ComponentDescriptor? component, JsonElement edge) => Find(component?.Outputs, edge.GetText("sourceHandle"), "out");

    public static PortDescriptor? Input(ComponentDescriptor? component, JsonElement edge) => Find(component?.Inputs, edge.GetText("targetHandle"), "in");

    private static PortDescriptor? Find(ImmutableArray<PortDescriptor>? ports, string? handle, string plain) => ports is not { Length: > 0 } some
        ? null
        : some.FirstOrDefault(port => port.Name == handle) ?? some.FirstOrDefault(port => port.Name == plain) ?? some[0];
}
