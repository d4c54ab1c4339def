using System.Text.Json.Nodes;

namespace Actors.Frontend.Tests.OpenApi;

/// <summary>The OpenAPI document as the server serves it.</summary>
public sealed class OpenApiDocument(JsonObject root)
{
    public JsonObject Root => root;

    public IReadOnlyList<OpenApiOperation> Operations { get; } =
    [
        .. from path in root["paths"]!.AsObject()
           from operation in path.Value!.AsObject()
           select new OpenApiOperation(path.Key, operation.Key.ToUpperInvariant(), operation.Value!.AsObject()),
    ];

    public static async Task<OpenApiDocument> ReadAsync(RunningServer server)
    {
        using var response = await server.SendAsync("GET", "/openapi/v1.json");
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"The document cannot be made; the server's log says why: {text}");
        return new OpenApiDocument(JsonNode.Parse(text)!.AsObject());
    }
}

/// <summary>One operation of the document.</summary>
public sealed class OpenApiOperation(string path, string method, JsonObject json)
{
    public string Path => path;

    public string Method => method;

    public JsonObject Json => json;

    public bool Writes => method is not ("GET" or "HEAD");

    public string? Id => (string?)json["operationId"];

    /// <summary>The least role, as <c>x-role</c> says it; null when it says none.</summary>
    public string? Role => (string?)json["x-role"];

    public IEnumerable<JsonObject> Parameters => json["parameters"]?.AsArray().Select(parameter => parameter!.AsObject()) ?? [];

    public JsonObject? RequestBody => json["requestBody"]?.AsObject();

    public IEnumerable<KeyValuePair<string, JsonNode?>> Responses => json["responses"]!.AsObject();

    /// <summary>The codes that the operation documents for a status.</summary>
    public IReadOnlyList<string> CodesOf(int status) =>
        [.. json["responses"]![$"{status}"]?["x-codes"]?.AsArray().Select(code => (string)code!) ?? []];

    public override string ToString() => $"{Id ?? "(no operationId)"} ({method} {path})";
}
