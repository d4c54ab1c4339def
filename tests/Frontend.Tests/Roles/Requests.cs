using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Actors.Frontend.Tests.OpenApi;

namespace Actors.Frontend.Tests.Roles;

/// <summary>Valid requests of the operations of the document.</summary>
public static partial class Requests
{
    /// <summary>Why nobody can ask for it at all; null when the matrix can.</summary>
    public static string? Impossible(OpenApiOperation operation)
    {
        if (operation.Role is null)
            return "its role is unknown: say it with .Needs(...)";

        var unknown = Parameter().Matches(operation.Path).Select(match => match.Groups["name"].Value).FirstOrDefault(name => !OperationRows.PathValues.ContainsKey(name));
        return unknown is null
            ? null
            : $"nobody knows what to put for {{{unknown}}}: add it to the OperationRows of its area, and a method to Scene that makes one";
    }

    public static async Task<Call> MakeAsync(OpenApiOperation operation, Scene scene, Actor actor) =>
        OperationRows.All.GetValueOrDefault(operation.Id!) is { } row ? await row.Make(scene, actor) : new Call(Example(operation));

    public static async Task<string> PathAsync(OpenApiOperation operation, Scene scene, Call call)
    {
        var path = operation.Path;
        foreach (Match parameter in Parameter().Matches(path))
        {
            var name = parameter.Groups["name"].Value;
            var value = call.Path?.GetValueOrDefault(name) ?? await OperationRows.PathValues[name](scene);
            path = path.Replace(parameter.Value, Uri.EscapeDataString(value), StringComparison.Ordinal);
        }

        return path;
    }

    public static async Task<OpenApiDocument> DocumentAsync(this RoleWorld world)
    {
        using var response = await world.SendAsync("GET", "/openapi/v1.json", new Call(), null);
        return new OpenApiDocument(JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject());
    }

    private static string? Example(OpenApiOperation operation) =>
        operation.RequestBody?["content"]?.AsObject().Select(media => media.Value?["example"]).FirstOrDefault()?.ToJsonString();

    [GeneratedRegex(@"\{\*{0,2}(?<name>\w+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameter();
}
