using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using Actors.Domain.Components;
using Actors.Domain.Execution;

namespace Actors.Domain.Designs;

/// <summary>What a node must keep to, apart from its place among the others.</summary>
internal static class NodeRules
{
    public static Refusal? Check(Node node, DesignKind kind, IComponentCatalog components, DesignLimits limits)
    {
        var component = components.Find(node.Type);
        if (component is null || !component.Kinds.Contains(kind))
        {
            return new Refusal(ErrorCodes.TypeUnknown, $"node.type: '{node.Type}' is no component for a {(kind == DesignKind.Process ? "process" : "wireframe")}");
        }

        return Refusals.Identifier("node.id", node.Id, limits)
            ?? Refusals.Coordinate("x", node.X)
            ?? Refusals.Coordinate("y", node.Y)
            ?? Refusals.Size("width", node.Width)
            ?? Refusals.Size("height", node.Height)
            ?? Refusals.Order(node.Order)
            ?? Refusals.Text("label", "nameLength", node.Label, limits.NameLength)
            ?? Refusals.Object("props", node.Props, limits)
            ?? Refusals.Object("execution", node.Execution, limits)
            ?? component.Properties.Check(WithoutNulls(node.Props))
            ?? CheckExecution(node.Execution is { } execution ? WithoutNulls(execution) : null, component);
    }

    /// <summary>Checks of a changed node what the patch can have broken.</summary>
    public static Refusal? CheckChange(Node after, in NodePatch patch, IComponentCatalog components, DesignLimits limits)
    {
        if (Refusals.Text("label", "nameLength", patch.Label, limits.NameLength) is { } tooLong)
        {
            return tooLong;
        }

        if (patch.HasExecution && (Refusals.Object("execution", after.Execution, limits) ?? CheckExecution(after.Execution, components.Find(after.Type))) is { } refusal)
        {
            return refusal;
        }

        if (!patch.HasProps)
        {
            return null;
        }

        return components.Find(after.Type) is { } component
            ? Refusals.Object("props", after.Props, limits) ?? component.Properties.Check(after.Props)
            : new Refusal(ErrorCodes.TypeUnknown, $"'{after.Type}' is no component any more");
    }

    private static Refusal? CheckExecution(JsonElement? execution, ComponentDescriptor? component) => execution is { } settings
        ? NodeExecution.Schema.CheckNamed(settings, "execution") ?? (component is null ? null : NodeExecution.CheckPorts(settings, component))
        : null;

    /// <summary>
    /// Members that are null are absent, as a merge patch would have it: else a patch could not bring back what it was
    /// asked to take away.
    /// </summary>
    public static JsonElement WithoutNulls(JsonElement value)
    {
        if (value.GetPropertyCount() == 0)
        {
            return Node.EmptyObject;
        }

        return JsonMarshal.GetRawUtf8Value(value).IndexOf("null"u8) < 0 ? value : MergePatch.Apply(default, value);
    }

    /// <summary>Whether the server had nothing to put right in an added node.</summary>
    public static bool Same(Node effective, Node sent) =>
        effective.Id == sent.Id
        && effective.Parent == sent.Parent
        && effective.Order == sent.Order
        && JsonElement.DeepEquals(effective.Props, sent.Props)
        && (effective.Execution is null || JsonElement.DeepEquals(effective.Execution.Value, sent.Execution!.Value));
}

/// <summary>What a connection must keep to.</summary>
internal static class ConnectionRules
{
    /// <summary>Both ports exist and what leaves the one may enter the other. Asked only when both nodes exist.</summary>
    public static Refusal? CheckPorts(Connection connection, DesignGraph graph, IComponentCatalog components)
    {
        var from = Find(components.Find(graph.Nodes[connection.From.Node].Node.Type)?.Outputs, connection.From.Port);
        if (from is null)
        {
            return new Refusal(ErrorCodes.PortUnknown, $"from: '{connection.From.Node}' has no output port '{connection.From.Port}'");
        }

        var to = Find(components.Find(graph.Nodes[connection.To.Node].Node.Type)?.Inputs, connection.To.Port);
        if (to is null)
        {
            return new Refusal(ErrorCodes.PortUnknown, $"to: '{connection.To.Node}' has no input port '{connection.To.Port}'");
        }

        return from.Type.Fits(to.Type)
            ? null
            : new Refusal(ErrorCodes.PortMismatch, $"connection '{connection.Id}': {from.Type} does not fit {to.Type}");
    }

    /// <summary>The settings that a channel is made of; what else stands in <c>props</c> is the client's own.</summary>
    public static Refusal? CheckProps(JsonElement props) => ChannelSettings.Schema.CheckNamed(props, "props");

    /// <summary>Whether the server had nothing to put right in an added connection.</summary>
    public static bool Same(Connection effective, Connection sent) =>
        effective.Id == sent.Id && effective.From == sent.From && effective.To == sent.To && JsonElement.DeepEquals(effective.Props, sent.Props);

    /// <summary>The patch with both ends as the connection has them.</summary>
    public static JsonElement WithEnds(JsonElement patch, Connection connection) => JsonObjects.Write(writer =>
    {
        foreach (var member in patch.EnumerateObject())
        {
            if (member.NameEquals("from"u8) || member.NameEquals("to"u8))
            {
                var end = member.NameEquals("from"u8) ? connection.From : connection.To;
                writer.WriteStartObject(member.Name);
                writer.WriteString("node", end.Node);
                writer.WriteString("port", end.Port);
                writer.WriteEndObject();
            }
            else
            {
                member.WriteTo(writer);
            }
        }
    });

    private static PortDescriptor? Find(ImmutableArray<PortDescriptor>? ports, string name)
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

/// <summary>What the design's own fields must keep to.</summary>
internal static class HeaderRules
{
    public static Refusal? Check(DesignHeader header, DesignLimits limits) =>
        header.Name.Length == 0
            ? Refusals.Invalid("name", "must not be empty")
            : Refusals.Text("name", "nameLength", header.Name, limits.NameLength)
                ?? Refusals.Text("description", "descriptionLength", header.Description, limits.DescriptionLength)
                ?? Refusals.Object("settings", header.Settings, limits);
}
