using Actors.Domain.Designs;
using Microsoft.OpenApi;

namespace Actors.Frontend.Documentation;

/// <summary>The operations of a batch and the answer to it, which their own converters write.</summary>
internal static class OperationSchema
{
    public static void Write(OpenApiSchema shape, Func<Type, IOpenApiSchema> schemaOf)
    {
        shape.Type = null;
        shape.AdditionalPropertiesAllowed = true;
        shape.OneOf =
        [
            Of("node.add", ("node", schemaOf(typeof(Node)))),
            Of("node.set", ("id", Text()), ("patch", Patch())),
            Of("node.remove", ("id", Text())),
            Of("connection.add", ("connection", schemaOf(typeof(Connection)))),
            Of("connection.set", ("id", Text()), ("patch", Patch())),
            Of("connection.remove", ("id", Text())),
            Of("design.set", ("patch", Patch())),
        ];
    }

    public static void WriteResult(OpenApiSchema shape, Func<Type, IOpenApiSchema> schemaOf)
    {
        shape.Type = JsonSchemaType.Object;
        shape.AdditionalPropertiesAllowed = false;
        shape.Required = new HashSet<string>(["status", "revision", "ignored"], StringComparer.Ordinal);
        shape.Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.String, Const = "committed" },
            ["revision"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" },
            ["ignored"] = List(new OpenApiSchema { Type = JsonSchemaType.Integer }, "Places of operations that a concurrent edit had made void."),
            ["operations"] = List(schemaOf(typeof(Operation)), "Only where the server changed something: what was committed."),
        };
    }

    private static OpenApiSchema Of(string op, params (string Name, IOpenApiSchema Schema)[] members)
    {
        var properties = new Dictionary<string, IOpenApiSchema> { ["op"] = new OpenApiSchema { Type = JsonSchemaType.String, Const = op } };
        foreach (var (name, schema) in members)
            properties[name] = schema;

        return new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Required = new HashSet<string>(properties.Keys, StringComparer.Ordinal),
            Properties = properties,
            AdditionalPropertiesAllowed = false,
        };
    }

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    private static OpenApiSchema Patch() => new() { Type = JsonSchemaType.Object, Description = "JSON merge patch (RFC 7396)." };

    private static OpenApiSchema List(IOpenApiSchema items, string description) => new() { Type = JsonSchemaType.Array, Items = items, Description = description };
}
