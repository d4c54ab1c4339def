using Actors.Frontend.Tests.OpenApi;

namespace Actors.Frontend.Tests.Roles;

/// <summary>What the document says of entity tags, every operation keeps.</summary>
[Collection(MatrixCollection.Name)]
public sealed class EntityTagMatrixTests(RoleWorld world)
{
    [Fact]
    public async Task Whoever_has_the_newest_version_is_told_so_without_a_body()
    {
        var wrong = new List<string>();
        foreach (var operation in (await world.DocumentAsync()).Operations.Where(operation => operation.Responses.Any(answer => answer.Key == "304")))
        {
            var call = await Requests.MakeAsync(operation, world.Shared, Actor.Owner);
            var path = await Requests.PathAsync(operation, world.Shared, call);
            var token = call.As ?? TokenFor(operation);
            using var first = await world.SendAsync(operation.Method, path, call, token);
            if (first.Headers.ETag is not { } tag)
            {
                wrong.Add($"  {operation} answered {(int)first.StatusCode} without an ETag");
                continue;
            }

            using var again = await world.SendAsync(operation.Method, path, call with { Headers = [("If-None-Match", tag.ToString())] }, token);
            using var other = await world.SendAsync(operation.Method, path, call with { Headers = [("If-None-Match", "\"another\"")] }, token);
            if ((int)again.StatusCode != 304 || (await again.Content.ReadAsByteArrayAsync()).Length > 0 || !Equals(again.Headers.ETag, tag))
                wrong.Add($"  {operation} answered {(int)again.StatusCode} with {again.Headers.ETag} to one who has {tag}");

            if (!other.IsSuccessStatusCode)
                wrong.Add($"  {operation} answered {(int)other.StatusCode} to one who has another version");
        }

        Assert.True(wrong.Count == 0, $"It is .Versioned(), but:\n{string.Join('\n', wrong)}");
    }

    [Fact]
    public async Task A_write_that_expects_another_version_is_refused()
    {
        var wrong = new List<string>();
        foreach (var operation in (await world.DocumentAsync()).Operations.Where(operation => operation.Parameters.Any(parameter => (string?)parameter["name"] == "If-Match")))
        {
            var scene = new Scene(world, []);
            var call = await Requests.MakeAsync(operation, scene, Actor.Owner);
            using var response = await world.SendAsync(
                operation.Method, await Requests.PathAsync(operation, scene, call), call with { Headers = [("If-Match", "\"v987654321\"")] }, call.As ?? TokenFor(operation));
            if ((int)response.StatusCode != 412)
                wrong.Add($"  {operation} was answered {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        }

        Assert.True(wrong.Count == 0, $"It is .Versioned(), but takes a write that expects a version that never was:\n{string.Join('\n', wrong)}");
    }

    private string? TokenFor(OpenApiOperation operation) => world.TokenOf(operation.Role == "admin" ? Actor.Administrator : Actor.Owner);
}
