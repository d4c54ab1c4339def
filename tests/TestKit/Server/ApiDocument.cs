using System.Text.Json.Nodes;

namespace Actors.TestKit.Server;

/// <summary>A server's OpenAPI document, as tests that are made of it read it.</summary>
public sealed class ApiDocument(JsonObject root)
{
    private const string SchemaPrefix = "#/components/schemas/";

    public JsonObject Root => root;

    public IReadOnlyList<ApiOperation> Operations { get; } =
    [
        .. from path in root["paths"]!.AsObject()
           from operation in path.Value!.AsObject()
           select new ApiOperation(path.Key, operation.Key.ToUpperInvariant(), operation.Value!.AsObject()),
    ];

    public static async Task<ApiDocument> ReadAsync(Uri server)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        return new ApiDocument(JsonNode.Parse(await http.GetStringAsync(new Uri(server, "/openapi/v1.json")))!.AsObject());
    }

    /// <summary>The schema itself where <paramref name="schema"/> only names it.</summary>
    public JsonObject Resolve(JsonObject schema)
    {
        while ((string?)schema["$ref"] is { } reference)
            schema = root["components"]!["schemas"]![reference[SchemaPrefix.Length..]]!.AsObject();

        return schema;
    }
}

/// <summary>One operation of the document.</summary>
/// <param name="Path">With its parameters in braces.</param>
/// <param name="Method">In capitals.</param>
public sealed record ApiOperation(string Path, string Method, JsonObject Json)
{
    public string Id { get; } = (string)Json["operationId"]!;

    public string Tag { get; } = (string)Json["tags"]![0]!;

    /// <summary>The least role, as <c>x-role</c> says it.</summary>
    public string? Role { get; } = (string?)Json["x-role"];

    public IReadOnlyList<ApiParameter> Parameters { get; } =
    [
        .. from parameter in Json["parameters"]?.AsArray() ?? []
           select new ApiParameter((string)parameter["name"]!, (string)parameter["in"]!, (string?)parameter["schema"]?["pattern"], parameter["schema"]!.AsObject()),
    ];

    /// <summary>The content of the body by its media type; empty where none is taken.</summary>
    public IReadOnlyList<ApiBody> Bodies { get; } =
    [
        .. from media in Json["requestBody"]?["content"]?.AsObject() ?? []
           select new ApiBody(media.Key, media.Value!["schema"] as JsonObject ?? [], media.Value["example"]),
    ];

    public bool Documents(int status) => Json["responses"]!.AsObject().ContainsKey($"{status}");

    /// <summary>The codes that it documents for a status.</summary>
    public IReadOnlyList<string> CodesOf(int status) =>
        [.. Json["responses"]![$"{status}"]?["x-codes"]?.AsArray().Select(code => (string)code!) ?? []];

    public override string ToString() => Id;
}

/// <param name="In"><c>path</c>, <c>query</c> or <c>header</c>.</param>
public sealed record ApiParameter(string Name, string In, string? Pattern, JsonObject Schema);

public sealed record ApiBody(string MediaType, JsonObject Schema, JsonNode? Example);
