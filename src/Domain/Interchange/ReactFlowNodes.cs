using System.Text.Json;
using Actors.Domain.Components;
using Actors.Domain.Components.BuiltIn;
using Actors.Domain.Designs;
using Actors.Domain.Execution;

namespace Actors.Domain.Interchange;

/// <summary>
/// How a React Flow node's fields are understood. Import and export both read the original through here, so that an
/// export changes only those fields of the original whose meaning was edited.
/// </summary>
internal static class ReactFlowNodes
{
    public const string FormatName = "reactflow";

    /// <summary>Position relative to the parent; null when there is none that can be read.</summary>
    public static (double X, double Y)? Position(JsonElement node) =>
        node.GetObject("position") is { } position && position.GetNumber("x") is { } x && position.GetNumber("y") is { } y ? (x, y) : null;

    /// <summary>The size stands in different fields in different versions of React Flow.</summary>
    public static double? Size(JsonElement node, string side)
    {
        var size = node.GetNumber(side) ?? node.GetObject("measured")?.GetNumber(side) ?? node.GetObject("style")?.GetNumber(side);
        return size >= 0 ? size : null;
    }

    public static string? Parent(JsonElement node) => node.GetText(ParentField(node));

    /// <summary>The field was renamed in version 12.</summary>
    public static string ParentField(JsonElement node) => node.Get("parentId") is null && node.Get("parentNode") is not null ? "parentNode" : "parentId";

    /// <summary>The data of a known component are its properties, and their label is one of these; in other data it is the node's name.</summary>
    public static string? Label(JsonElement node, string type, DesignLimits limits) =>
        (node.GetText("label") ?? (type == ForeignComponent.Id ? node.GetObject("data")?.GetText("label") : null))?.Cut(limits.NameLength);

    /// <summary>How the node is executed, where a node of the file says it in our terms; anything else stays in the original alone.</summary>
    public static JsonElement? Execution(JsonElement node) =>
        node.GetObject("execution") is { } execution && NodeExecution.Schema.CheckNamed(execution, "execution") is null ? execution : null;

    /// <summary>The node that an import kept, or null when this one came another way.</summary>
    public static JsonElement? Original(JsonElement props) =>
        props.GetText(Rules.SourceFormat) == FormatName ? props.GetObject(Rules.Source) : null;

    /// <summary>A node without an original as React Flow has it; the fields that it does not know (label, execution) it keeps.</summary>
    public static JsonElement Plain(Node node, string id, (double X, double Y) position, string? parent) => JsonBuild.Object(writer =>
    {
        writer.WriteString("id", id);
        writer.WriteString("type", node.Type);
        WritePosition(writer, position);
        if (node.Width is { } width)
        {
            writer.WriteNumber("width", width);
        }

        if (node.Height is { } height)
        {
            writer.WriteNumber("height", height);
        }

        if (parent is not null)
        {
            writer.WriteString("parentId", parent);
        }

        if (node.Label is not null)
        {
            writer.WriteString("label", node.Label);
        }

        if (node.Execution is { } execution)
        {
            writer.Property("execution", execution);
        }

        writer.Property("data", node.Props);
    });

    public static void WritePosition(Utf8JsonWriter writer, (double X, double Y) position)
    {
        writer.WriteStartObject("position");
        writer.WriteNumber("x", position.X);
        writer.WriteNumber("y", position.Y);
        writer.WriteEndObject();
    }

    /// <summary>
    /// Properties of a node of a known type: its data, and the rest of the original beside them. Empty data stay in the
    /// original, so that a node that had none is told from one whose data were empty.
    /// </summary>
    public static JsonElement WithOriginal(JsonElement? data, JsonElement original) => JsonBuild.Object(writer =>
    {
        var moves = data is { } some && some.EnumerateObject().Any();
        if (moves)
        {
            JsonBuild.CopyExcept(writer, data!.Value);
        }

        writer.WriteString(Rules.SourceFormat, FormatName);
        writer.Property(Rules.Source, moves ? JsonBuild.Without(original, "data") : original);
    });
}
