using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Actors.Frontend.Tests.OpenApi;
using Xunit.Abstractions;

namespace Actors.Frontend.Tests.Roles;

/// <summary>Every operation of the served document, asked by everybody; what comes back is what the document says.</summary>
public sealed class RoleMatrixTests(RoleWorld world, ITestOutputHelper output) : IClassFixture<RoleWorld>
{
    private const int Parallelism = 8;

    [Fact]
    public async Task Every_operation_lets_in_whom_its_role_says_and_answers_what_it_documents()
    {
        var document = await world.DocumentAsync();
        var check = new SchemaCheck(document.Root);
        var wrong = new ConcurrentBag<string>();
        foreach (var operation in document.Operations)
        {
            if (Requests.Impossible(operation) is { } missing)
                wrong.Add($"  {operation}: {missing}");
        }

        var cells = from operation in document.Operations where Requests.Impossible(operation) is null from actor in Enum.GetValues<Actor>() select (operation, actor);
        var asked = 0;
        await Parallel.ForEachAsync(cells, new ParallelOptions { MaxDegreeOfParallelism = Parallelism }, async (cell, _) =>
        {
            Interlocked.Increment(ref asked);
            if (await JudgeAsync(cell.operation, cell.actor, check) is { } told)
                wrong.Add($"  {cell.operation} as {cell.actor}: {told}");
        });
        output.WriteLine($"{document.Operations.Count} operations, {asked} requests.");
        Assert.True(
            wrong.IsEmpty,
            "The role matrix does not hold. Either the endpoint or its .Needs/.Refuses is wrong, or the matrix cannot make a valid request: "
            + $"then add a row to tests/Frontend.Tests/Roles/OperationRows.cs, which says how.\n{string.Join('\n', wrong.Order(StringComparer.Ordinal))}");
    }

    [Fact]
    public async Task Every_row_belongs_to_an_operation()
    {
        var operations = (await world.DocumentAsync()).Operations.Select(operation => operation.Id!).ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(OperationRows.All.Keys, row => !operations.Contains(row));
    }

    /// <summary>Null when all is well.</summary>
    private async Task<string?> JudgeAsync(OpenApiOperation operation, Actor actor, SchemaCheck check)
    {
        var row = OperationRows.All.GetValueOrDefault(operation.Id!);
        var refusal = row?.Otherwise?.TryGetValue(actor, out var otherwise) is true ? otherwise : RoleRules.Refusal(operation.Role!, actor);
        var scene = refusal is null && operation.Writes ? new Scene(world, [actor]) : world.Shared;
        try
        {
            var call = await Requests.MakeAsync(operation, scene, actor);
            var token = refusal is null ? call.As ?? world.TokenOf(actor) : world.TokenOf(actor);
            using var response = await world.SendAsync(operation.Method, await Requests.PathAsync(operation, scene, call), call, token);
            return await CompareAsync(operation, response, refusal, check);
        }
        catch (Exception notMade) when (notMade is InvalidOperationException or TimeoutException)
        {
            return notMade.Message;
        }
    }

    private static async Task<string?> CompareAsync(OpenApiOperation operation, HttpResponseMessage response, Outcome? refusal, SchemaCheck check)
    {
        var status = (int)response.StatusCode;
        var isJson = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) is true;
        var body = isJson && operation.Method != "HEAD" ? JsonNode.Parse(await response.Content.ReadAsStringAsync()) : null;
        var outcome = new Outcome(status, response.IsSuccessStatusCode ? null : (string?)body?["code"]);

        // What answers the headers alone cannot say the code.
        if (operation.Method == "HEAD" && refusal is not null)
            refusal = refusal with { Code = null };

        if (refusal is null ? !outcome.IsSuccess : outcome != refusal)
            return $"answered {outcome} instead of {refusal?.ToString() ?? "a success"} ({body?["detail"]})";

        if (!operation.Responses.Any(documented => documented.Key == $"{status}"))
            return $"answered {status}, which is not documented";

        if (outcome.Code is { } code && !operation.CodesOf(status).Contains(code))
            return $"answered {outcome}, a code that is not documented: add it with .Refuses(...)";

        // What is no JSON has no more of a schema than its media type.
        if (body is null)
            return null;

        var schema = operation.Json["responses"]![$"{status}"]!["content"]?[response.Content.Headers.ContentType?.MediaType ?? ""]?["schema"];
        return check.Errors(schema, body) is { Count: > 0 } errors ? $"answered otherwise than its schema says: {string.Join("; ", errors)}" : null;
    }
}
