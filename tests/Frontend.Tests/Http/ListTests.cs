using System.Text.Json;

namespace Actors.Frontend.Tests.Http;

[Collection(RunningServer.Collection)]
public sealed class ListTests(RunningServer server)
{
    [Fact]
    public async Task Projects_are_sorted_searched_and_paged_in_that_order()
    {
        var token = await TokenAsync();
        foreach (var name in new[] { "beta", "Alpha", "gamma_1", "Alphabet" })
            await CreateProjectAsync(token, name);

        Assert.Equal(["Alphabet", "gamma_1", "Alpha", "beta"], await ReadAllAsync(token, "/api/v1/projects?limit=3", "name"));
        Assert.Equal(["beta", "Alpha", "gamma_1", "Alphabet"], await ReadAllAsync(token, "/api/v1/projects?limit=3&sort=createdAt", "name"));
        Assert.Equal(["Alpha", "Alphabet", "beta", "gamma_1"], await ReadAllAsync(token, "/api/v1/projects?limit=1&sort=name", "name"));
        Assert.Equal(["gamma_1", "beta", "Alphabet", "Alpha"], await ReadAllAsync(token, "/api/v1/projects?limit=2&sort=-name", "name"));
        Assert.Equal(["Alphabet", "Alpha"], await ReadAllAsync(token, "/api/v1/projects?limit=1&search=ALPHA", "name"));
        Assert.Equal(["gamma_1"], await ReadAllAsync(token, "/api/v1/projects?search=_", "name"));
    }

    [Fact]
    public async Task Members_are_filtered_by_role_and_found_by_address()
    {
        var (owner, email) = await server.RegisterAsync("Zoe");
        var token = owner.GetProperty("accessToken").GetString()!;
        var project = await CreateProjectAsync(token, "P");
        var (_, friend) = await server.RegisterAsync("Bob");
        using var added = await server.SendAsync("POST", $"{project}/members", JsonSerializer.Serialize(new { email = friend, role = "viewer" }), token);
        await RunningServer.ReadAsync(added, 201);
        Assert.Equal([friend, email], await ReadAllAsync(token, $"{project}/members?limit=1", "email"));
        Assert.Equal([friend, email], await ReadAllAsync(token, $"{project}/members?limit=1&sort=name", "email"));
        Assert.Equal([email, friend], await ReadAllAsync(token, $"{project}/members?sort=-role", "email"));
        Assert.Equal([friend], await ReadAllAsync(token, $"{project}/members?role=viewer", "email"));
        Assert.Equal([friend], await ReadAllAsync(token, $"{project}/members?search={friend[..12].ToUpperInvariant()}", "email"));
        Assert.Empty(await ReadAllAsync(token, $"{project}/members?role=editor", "email"));
    }

    [Fact]
    public async Task Nodes_keep_their_own_order_or_are_sorted_and_filtered()
    {
        var token = await TokenAsync();
        var project = await CreateProjectAsync(token, "P");
        using var created = await server.SendAsync("POST", $"{project}/designs", """{"name":"D","kind":"wireframe"}""", token);
        var design = created.Headers.Location!.ToString();
        foreach (var (id, type, label) in new[] { ("c", "text", "Red"), ("a", "text", "blue"), ("b", "frame", "Green") })
        {
            using var node = await server.SendAsync("POST", $"{design}/nodes", JsonSerializer.Serialize(new { id, type, label, x = 0, y = 0, props = new { } }), token);
            await RunningServer.ReadAsync(node, 201);
        }

        Assert.Equal(["c", "a", "b"], await ReadAllAsync(token, $"{design}/nodes?limit=2", "id"));
        Assert.Equal(["b", "a", "c"], await ReadAllAsync(token, $"{design}/nodes?limit=1&sort=-order", "id"));
        Assert.Equal(["a", "b", "c"], await ReadAllAsync(token, $"{design}/nodes?limit=1&sort=label", "id"));
        Assert.Equal(["c", "a"], await ReadAllAsync(token, $"{design}/nodes?type=text", "id"));
        Assert.Equal(["b", "c"], await ReadAllAsync(token, $"{design}/nodes?limit=1&search=RE&sort=id", "id"));
    }

    [Theory]
    [InlineData("/api/v1/projects?sort=size", "sort")]
    [InlineData("/api/v1/projects?sort=-", "sort")]
    [InlineData("/api/v1/projects?sort=name,createdAt", "sort")]
    [InlineData("/api/v1/projects?serach=a", "serach")]
    [InlineData("/api/v1/projects?limit=1&limit=2", "limit")]
    [InlineData("/api/v1/auth/me?verbose=1", "verbose")]
    [InlineData("/api/v1/components?kind=diagram", "kind")]
    [InlineData("/api/v1/components?cursor=text", "cursor")]
    public async Task A_parameter_is_refused_by_name(string path, string field)
    {
        using var response = await server.SendAsync("GET", path, token: await TokenAsync());
        var problem = await RunningServer.RefusesAsync(response, 400, "validation_failed");
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task A_search_is_bounded_and_a_cursor_belongs_to_its_order()
    {
        var token = await TokenAsync();
        await CreateProjectAsync(token, "A");
        await CreateProjectAsync(token, "B");
        using var tooLong = await server.SendAsync("GET", $"/api/v1/projects?search={new string('a', 201)}", token: token);
        await RunningServer.RefusesAsync(tooLong, 400, "validation_failed");
        using var first = await server.SendAsync("GET", "/api/v1/projects?limit=1&sort=name", token: token);
        var cursor = (await RunningServer.ReadAsync(first, 200)).GetProperty("nextCursor").GetString();
        using var other = await server.SendAsync("GET", $"/api/v1/projects?limit=1&sort=-name&cursor={cursor}", token: token);
        await RunningServer.RefusesAsync(other, 400, "validation_failed");
    }

    private async Task<string> TokenAsync() => (await server.RegisterAsync()).Answer.GetProperty("accessToken").GetString()!;

    private async Task<string> CreateProjectAsync(string token, string name)
    {
        using var created = await server.SendAsync("POST", "/api/v1/projects", JsonSerializer.Serialize(new { name }), token);
        await RunningServer.ReadAsync(created, 201);
        return created.Headers.Location!.ToString();
    }

    private async Task<List<string?>> ReadAllAsync(string token, string path, string field)
    {
        List<string?> values = [];
        for (string? cursor = ""; cursor is not null;)
        {
            using var response = await server.SendAsync("GET", cursor.Length == 0 ? path : $"{path}&cursor={Uri.EscapeDataString(cursor)}", token: token);
            var page = await RunningServer.ReadAsync(response, 200);
            values.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty(field).GetString()));
            cursor = page.GetProperty("nextCursor").GetString();
        }

        return values;
    }
}
