using System.Text.Json;
using Actors.Domain.Components.BuiltIn;
using Actors.Domain.Designs;

namespace Actors.Domain.Interchange;

/// <summary>How a React Flow edge's fields are understood, by import and export alike.</summary>
internal static class ReactFlowEdges
{
    /// <summary>The edge's place among the others, because connections have no order of their own.</summary>
    public const string Order = "order";

    public static string DefaultId(JsonElement edge, int index) =>
        edge.GetText("id") is { Length: > 0 } id ? id : FormattableString.Invariant($"edge-{index + 1}");

    public static JsonElement Plain(Connection connection, string source, string target) => JsonBuild.Object(writer =>
    {
        writer.WriteString("id", connection.Id);
        writer.WriteString("source", source);
        writer.WriteString("target", target);
        writer.WriteString("sourceHandle", connection.From.Port);
        writer.WriteString("targetHandle", connection.To.Port);
        if (connection.Props.ValueKind == JsonValueKind.Object && connection.Props.EnumerateObject().Any())
        {
            writer.Property("data", connection.Props);
        }
    });

    public static JsonElement WithOriginal(JsonElement edge, int index) => JsonBuild.Object(writer =>
    {
        writer.WriteString(Order, OrderSequence.Key(index));
        writer.WriteString(Rules.SourceFormat, ReactFlowNodes.FormatName);
        writer.Property(Rules.Source, edge);
    });
}
