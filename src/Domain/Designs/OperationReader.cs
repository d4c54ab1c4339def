using System.Text.Json;

namespace Actors.Domain.Designs;

/// <summary>Reads operations: the protocol's table of operations, as <see cref="OperationConverter"/> writes it.</summary>
internal static class OperationReader
{
    public static Refusal? Read(JsonElement json, DesignLimits limits, out Operation? operation)
    {
        operation = null;
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Refusals.Malformed("operation", "must be an object");
        }

        // Around properties stand the operation itself and the node, the connection or the patch.
        if (JsonShape.Check(json, "operation", limits.PropertyDepth + 2) is { } malformed)
        {
            return malformed;
        }

        var fields = new ObjectReader(json);
        var op = fields.Text("op");
        Operation? read = op switch
        {
            "node.set" => new NodeSet(fields.Text("id"), fields.Object("patch")),
            "node.add" => new NodeAdd(ReadNode(ref fields)),
            "node.remove" => new NodeRemove(fields.Text("id")),
            "connection.set" => new ConnectionSet(fields.Text("id"), fields.Object("patch")),
            "connection.add" => new ConnectionAdd(ReadConnection(ref fields)),
            "connection.remove" => new ConnectionRemove(fields.Text("id")),
            "design.set" => new DesignSet(fields.Object("patch")),
            _ => null,
        };
        if (read is null)
        {
            return fields.Refusal ?? new Refusal(ErrorCodes.OperationUnknown, $"op: there is no operation '{op}'");
        }

        operation = read;
        return fields.Finish();
    }

    private static Node ReadNode(ref ObjectReader operation)
    {
        var fields = operation.Inner("node");
        var node = new Node
        {
            Id = fields.Text("id"),
            Type = fields.Text("type"),
            Parent = fields.OptionalText("parent"),
            X = fields.Number("x"),
            Y = fields.Number("y"),
            Width = fields.OptionalNumber("width"),
            Height = fields.OptionalNumber("height"),
            Order = fields.OptionalText("order") ?? "",
            Label = fields.OptionalText("label"),
            Props = fields.OptionalObject("props") ?? Node.EmptyObject,
            Execution = fields.OptionalObject("execution"),
        };
        operation.Join(fields);
        return node;
    }

    private static Connection ReadConnection(ref ObjectReader operation)
    {
        var fields = operation.Inner("connection");
        var connection = new Connection
        {
            Id = fields.Text("id"),
            From = ReadEnd(ref fields, "from"),
            To = ReadEnd(ref fields, "to"),
            Props = fields.OptionalObject("props") ?? Node.EmptyObject,
        };
        operation.Join(fields);
        return connection;
    }

    private static Endpoint ReadEnd(ref ObjectReader connection, string name)
    {
        var fields = connection.Inner(name);
        var end = new Endpoint(fields.Text("node"), fields.Text("port"));
        connection.Join(fields);
        return end;
    }
}
