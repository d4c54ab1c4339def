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
    public async Task Own_invitations_are_sorted_searched_and_filtered_by_role()
    {
        var (owner, _) = await server.RegisterAsync("Zoe");
        var token = owner.GetProperty("accessToken").GetString()!;
        var (guest, email) = await server.RegisterAsync("Bob");
        var guestToken = guest.GetProperty("accessToken").GetString()!;
        foreach (var (name, role, days) in new[] { ("Shop", "viewer", 9), ("Atlas", "editor", 7), ("Blog", "viewer", 8) })
        {
            var body = JsonSerializer.Serialize(new { email, role, expiresInDays = days });
            using var invited = await server.SendAsync("POST", $"{await CreateProjectAsync(token, name)}/invitations", body, token);
            await RunningServer.ReadAsync(invited, 201);
        }

        const string mine = "/api/v1/auth/invitations";
        Assert.Equal(["Blog", "Atlas", "Shop"], await ReadAllAsync(guestToken, $"{mine}?limit=1", "projectName"));
        Assert.Equal(["Atlas", "Blog", "Shop"], await ReadAllAsync(guestToken, $"{mine}?limit=2&sort=projectName", "projectName"));
        Assert.Equal(["Shop", "Blog", "Atlas"], await ReadAllAsync(guestToken, $"{mine}?sort=-expiresAt", "projectName"));
        Assert.Equal(["Atlas"], await ReadAllAsync(guestToken, $"{mine}?search=ATL", "projectName"));
        Assert.Equal(["Blog", "Atlas", "Shop"], await ReadAllAsync(guestToken, $"{mine}?search=zoe", "projectName"));
        Assert.Equal(["Blog", "Shop"], await ReadAllAsync(guestToken, $"{mine}?role=viewer", "projectName"));
        using var unknown = await server.SendAsync("GET", $"{mine}?role=chief", token: guestToken);
        await RunningServer.RefusesAsync(unknown, 400, "validation_failed");
    }

    [Fact]
    public async Task Changes_and_history_are_filtered_by_author_node_operation_and_time()
    {
        var (owner, _) = await server.RegisterAsync("Zoe");
        var token = owner.GetProperty("accessToken").GetString()!;
        var project = await CreateProjectAsync(token, "P");
        var (editor, email) = await server.RegisterAsync("Bob");
        using (var added = await server.SendAsync("POST", $"{project}/members", JsonSerializer.Serialize(new { email, role = "editor" }), token))
            await RunningServer.ReadAsync(added, 201);

        using var created = await server.SendAsync("POST", $"{project}/designs", """{"name":"D","kind":"wireframe"}""", token);
        var design = created.Headers.Location!.ToString();
        var bob = editor.GetProperty("accessToken").GetString();
        foreach (var (by, method, path, body) in new[]
        {
            (token, "POST", "nodes", """{"id":"a","type":"text","x":0,"y":0,"props":{"text":"A"}}"""),
            (bob, "POST", "nodes", """{"id":"b","type":"text","x":0,"y":0,"props":{"text":"B"}}"""),
            (bob, "PATCH", "nodes/a", """{"x":5}"""),
        })
        {
            using var written = await server.SendAsync(method, $"{design}/{path}", body, by);
            Assert.True(written.IsSuccessStatusCode);
        }

        var who = editor.GetProperty("user").GetProperty("id").GetString();
        Assert.Equal(["1", "2", "3", "4"], await ReadAllAsync(token, $"{design}/changes?limit=1", "revision"));
        Assert.Equal(["3", "4"], await ReadAllAsync(token, $"{design}/changes?limit=1&author={who}", "revision"));
        Assert.Equal(["2", "4"], await ReadAllAsync(token, $"{design}/changes?nodeId=a", "revision"));
        Assert.Equal(["4"], await ReadAllAsync(token, $"{design}/changes?nodeId=a&operation=node.set", "revision"));
        Assert.Equal(["3"], await ReadAllAsync(token, $"{design}/changes?after=2&operation=node.add", "revision"));
        Assert.Equal(["4"], await ReadAllAsync(token, $"{design}/history?author={who}&operation=node.set", "toRevision"));
        Assert.Equal(["3"], await ReadAllAsync(token, $"{design}/history?nodeId=b", "toRevision"));
        Assert.NotEmpty(await ReadAllAsync(token, $"{design}/history?since=2020-01-01T00:00:00Z&until=2100-01-01T00:00:00Z", "toRevision"));
        Assert.Empty(await ReadAllAsync(token, $"{design}/history?since=2100-01-01T00:00:00Z", "toRevision"));
        Assert.Empty(await ReadAllAsync(token, $"{design}/history?until=2020-01-01T00:00:00Z", "toRevision"));
        foreach (var query in new[] { "changes?operation=node.paint", "history?operation=node.paint", "history?since=yesterday", "history?until=now", "history?cursor=0" })
        {
            using var refused = await server.SendAsync("GET", $"{design}/{query}", token: token);
            await RunningServer.RefusesAsync(refused, 400, "validation_failed");
        }
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
            values.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty(field).ToString()));
            cursor = page.GetProperty("nextCursor").GetString();
        }

        return values;
    }
}
