using System.Text.Json;
using Actors.Domain.Designs;

namespace Actors.Domain.Validation;

/// <summary>Fixes that several rules offer.</summary>
internal static class Fixes
{
    public static FindingFix Remove(Node node) => new("Remove it", [new NodeRemove(node.Id)]);

    public static FindingFix Remove(Connection connection) => new("Remove the connection", [new ConnectionRemove(connection.Id)]);

    /// <summary>Sets fields of a node to what <paramref name="members"/> writes.</summary>
    public static FindingFix Set(string title, Node node, Action<Utf8JsonWriter> members) => new(title, [new NodeSet(node.Id, JsonObjects.Write(members))]);

    /// <summary>Sets one property of a node.</summary>
    public static FindingFix SetProperty(string title, Node node, string name, JsonElement value) => Set(title, node, writer =>
    {
        writer.WriteStartObject("props");
        writer.WritePropertyName(name);
        value.WriteTo(writer);
        writer.WriteEndObject();
    });
}
