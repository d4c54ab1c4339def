using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Actors.Frontend.Tests.OpenApi;

/// <summary>Every endpoint is documented whole. Each failure names the endpoints and what to write at them.</summary>
[Collection(RunningServer.Collection)]
public sealed partial class OpenApiLintTests(RunningServer server)
{
    private static readonly HashSet<string> Roles = new(["anonymous", "signedIn", "viewer", "commenter", "editor", "owner", "admin"], StringComparer.Ordinal);

    [Fact]
    public async Task Every_operation_has_a_name_of_its_own()
    {
        var document = await ReadAsync();
        None(document.Operations.Where(operation => operation.Id is null || !PascalCase().IsMatch(operation.Id)), "give it .WithName(\"VerbNoun\") in PascalCase");
        None(document.Operations.GroupBy(operation => operation.Id).Where(group => group.Count() > 1).SelectMany(group => group), "its operationId is taken: choose another in .WithName");
    }

    [Fact]
    public async Task Every_operation_has_a_summary_and_exactly_one_tag()
    {
        var document = await ReadAsync();
        None(document.Operations.Where(operation => string.IsNullOrWhiteSpace((string?)operation.Json["summary"])), "say in .WithSummary(...) what it does");
        None(document.Operations.Where(operation => operation.Json["tags"] is not JsonArray { Count: 1 }), "give it or its group one .WithTags(\"Resource\")");
    }

    [Fact]
    public async Task Every_operation_says_what_role_it_needs()
    {
        var document = await ReadAsync();
        None(
            document.Operations.Where(operation => operation.Role is null || !Roles.Contains(operation.Role)),
            "say the least role with .Needs(ProjectRole.Viewer) or .Needs(CallerKind.SignedIn)");
    }

    [Fact]
    public async Task Every_parameter_is_described()
    {
        var document = await ReadAsync();
        None(
            from operation in document.Operations
            from parameter in operation.Parameters
            where string.IsNullOrWhiteSpace((string?)parameter["description"])
            select $"{operation}: {parameter["in"]} parameter '{parameter["name"]}'",
            "describe it with .Describes(\"name\", \"what it means\"), or in ParameterDescriptions.cs when it means the same everywhere");
    }

    [Fact]
    public async Task Every_body_has_an_example_that_fits_its_schema()
    {
        var document = await ReadAsync();
        var check = new SchemaCheck(document.Root);
        var bodies = (from operation in document.Operations
                      from media in Json(operation.RequestBody?["content"])
                      select (Place: $"{operation}: request", Media: media))
            .Concat(from operation in document.Operations
                    from response in operation.Responses
                    where response.Key[0] == '2'
                    from media in Json(response.Value!["content"])
                    where media["schema"] is not null
                    select (Place: $"{operation}: answer {response.Key}", Media: media)).ToList();
        None(bodies.Where(body => body.Media["example"] is null).Select(body => body.Place), "give it .Example(request: ..., response: ...) from the examples class of its resource");
        None(
            from body in bodies
            where body.Media["example"] is not null
            from error in check.Errors(body.Media["schema"], body.Media["example"])
            select $"{body.Place}: {error}",
            "correct the example, or the type whose schema is wrong");
    }

    [Fact]
    public async Task Every_success_with_a_body_says_what_it_is()
    {
        var document = await ReadAsync();
        None(document.Operations.Where(operation => !operation.Responses.Any(response => response.Key[0] == '2')), "declare its answer: Results<Ok<T>, ...> or .Produces<T>()");
        None(
            from operation in document.Operations
            from response in operation.Responses
            where response.Key is "200" or "201" or "202" && response.Value!["content"] is not JsonObject { Count: > 0 }
            select $"{operation}: answer {response.Key}",
            "declare its type with .Produces<T>(), or its content type with .AnswersAlso(\"...\")");
    }

    [Fact]
    public async Task Every_refusal_is_a_problem_document_with_known_codes()
    {
        var document = await ReadAsync();
        var known = ErrorCodesOfTheDomain();
        None(
            from operation in document.Operations
            from response in operation.Responses
            where response.Key[0] is '4' or '5'
            let codes = operation.CodesOf(int.Parse(response.Key, System.Globalization.CultureInfo.InvariantCulture))
            where codes.Count == 0 || !codes.All(known.Contains) || response.Value!["content"]?["application/problem+json"] is null
            select $"{operation}: answer {response.Key}",
            "declare codes of ErrorCodes with .Refuses(ErrorCodes.X, ...)");
    }

    [Fact]
    public async Task Whatever_is_no_success_is_documented_under_the_status_of_its_code()
    {
        var document = await ReadAsync();
        None(document.Operations.Where(operation => operation.Role is not "anonymous" && operation.CodesOf(401).Count == 0), "it needs .RequireAuthorization(), or .Needs(CallerKind.Anonymous)");
        None(document.Operations.Where(operation => operation.Role == "anonymous" && operation.Json["security"] is not JsonArray { Count: 0 }), "an anonymous operation must not ask for a token");
    }

    private Task<OpenApiDocument> ReadAsync() => OpenApiDocument.ReadAsync(server);

    private static HashSet<string> ErrorCodesOfTheDomain() =>
        [.. typeof(Domain.ErrorCodes).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)];

    private static IEnumerable<JsonObject> Json(JsonNode? content) =>
        content?.AsObject().Where(media => media.Key.EndsWith("json", StringComparison.Ordinal)).Select(media => media.Value!.AsObject()) ?? [];

    private static void None<T>(IEnumerable<T> offenders, string remedy)
    {
        var named = offenders.Select(offender => $"  {offender}").ToList();
        Assert.True(named.Count == 0, $"Not documented as CONTRIBUTING.md says; {remedy}:\n{string.Join('\n', named)}");
    }

    [GeneratedRegex("^[A-Z][A-Za-z0-9]+$", RegexOptions.None, 1000)]
    private static partial Regex PascalCase();
}
