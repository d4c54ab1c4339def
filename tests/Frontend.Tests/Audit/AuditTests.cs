using System.Text.Json;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Audit;

[Collection(RunningServer.Collection)]
public sealed class AuditTests(RunningServer server)
{
    [Fact]
    public async Task A_change_is_recorded_with_who_what_where_and_when()
    {
        var (token, id) = await PersonAsync();
        using var created = await server.SendAsync("POST", "/api/v1/projects", """{"name":"P"}""", token, headers: [("User-Agent", "tester/1"), ("X-Request-Id", "made-it-1")]);
        var project = created.Headers.Location!.ToString();
        var entry = Assert.Single(await EntriesAsync(token, $"{project}/audit", count: 1));
        Assert.Equal("CreateProject", Text(entry, "action"));
        Assert.Equal(id, Text(entry, "accountId"));
        Assert.Equal(("project", project[(project.LastIndexOf('/') + 1)..]), (Text(entry, "subjectKind"), Text(entry, "subjectId")));
        Assert.Equal(201, entry.GetProperty("status").GetInt32());
        Assert.Equal(("tester/1", "made-it-1"), (Text(entry, "agent"), Text(entry, "requestId")));
        Assert.Contains("127.0.0.1", Text(entry, "address"), StringComparison.Ordinal);
        Assert.StartsWith("aud_", Text(entry, "id"), StringComparison.Ordinal);
        Assert.StartsWith("ses_", Text(entry, "sessionId"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_attempts_are_recorded_and_found_by_filter()
    {
        var (token, _) = await PersonAsync();
        var (stranger, strangerId) = await PersonAsync();
        var (project, design) = await DesignAsync(token);
        foreach (var (method, path, body, by) in new[]
        {
            ("PATCH", project, """{"name":""}""", token),
            ("PATCH", project, """{"name":"Taken"}""", stranger),
            ("DELETE", design, null, stranger),
        })
        {
            using var refused = await server.SendAsync(method, path, body, by);
            Assert.InRange((int)refused.StatusCode, 400, 499);
        }

        var all = await EntriesAsync(token, $"{project}/audit?result=refused", count: 3);
        Assert.Equal(["DeleteDesign", "ChangeProject", "ChangeProject"], all.Select(entry => Text(entry, "action")));
        Assert.Equal(["not_found", "not_found", "validation_failed"], all.Select(entry => Text(entry, "code")));
        Assert.Equal(2, (await EntriesAsync(token, $"{project}/audit?account={strangerId}", count: 2)).Count);
        Assert.Single(await EntriesAsync(token, $"{project}/audit?action=DeleteDesign", count: 1));
        Assert.Single(await EntriesAsync(token, $"{project}/audit?action=CreateDesign&subject={design[(design.LastIndexOf('/') + 1)..]}", count: 1));
        Assert.Single(await EntriesAsync(token, $"{project}/audit?search=DELETEd", count: 1));
        Assert.Equal(2, (await EntriesAsync(token, $"{project}/audit?search=DSG_", count: 2)).Count);
        Assert.Empty(await EntriesAsync(token, $"{project}/audit?search=dsg%25", count: 0));
        Assert.Empty(await EntriesAsync(token, $"{project}/audit?to=2020-01-01T00:00:00Z", count: 0));
        Assert.Equal(5, (await EntriesAsync(token, $"{project}/audit?from=2020-01-01T00:00:00Z", count: 5)).Count);
    }

    [Fact]
    public async Task The_log_is_read_page_by_page_both_ways()
    {
        var (token, _) = await PersonAsync();
        var (project, _) = await DesignAsync(token);
        await EntriesAsync(token, $"{project}/audit", count: 2);
        using var first = await server.SendAsync("GET", $"{project}/audit?limit=1", token: token);
        var page = await RunningServer.ReadAsync(first, 200);
        Assert.Equal("CreateDesign", Text(page.GetProperty("items")[0], "action"));
        using var second = await server.SendAsync("GET", $"{project}/audit?limit=1&cursor={Text(page, "nextCursor")}", token: token);
        page = await RunningServer.ReadAsync(second, 200);
        Assert.Equal("CreateProject", Text(page.GetProperty("items")[0], "action"));
        Assert.Equal(JsonValueKind.Null, page.GetProperty("nextCursor").ValueKind);
        Assert.Equal(["CreateProject", "CreateDesign"], (await EntriesAsync(token, $"{project}/audit?sort=at", count: 2)).Select(entry => Text(entry, "action")));
    }

    [Theory]
    [InlineData("result=maybe", "result")]
    [InlineData("from=yesterday", "from")]
    [InlineData("to=2026-11-20T13:30:00", "to")]
    [InlineData("format=xml", "format")]
    [InlineData("cursor=forged", "cursor")]
    [InlineData("sort=name", "sort")]
    [InlineData("who=me", "who")]
    public async Task A_filter_is_refused_by_name(string query, string field)
    {
        var (token, _) = await PersonAsync();
        var (project, _) = await DesignAsync(token);
        using var response = await server.SendAsync("GET", $"{project}/audit?{query}", token: token);
        var problem = await RunningServer.RefusesAsync(response, 400, "validation_failed");
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task Only_owners_read_a_projects_log_and_only_administrators_all_of_it()
    {
        var (token, _) = await PersonAsync();
        var (project, _) = await DesignAsync(token);
        var (answer, email) = await server.RegisterAsync("Viewer");
        var viewer = Text(answer, "accessToken");
        using var added = await server.SendAsync("POST", $"{project}/members", JsonSerializer.Serialize(new { email, role = "editor" }), token);
        await RunningServer.ReadAsync(added, 201);
        using var tooLow = await server.SendAsync("GET", $"{project}/audit", token: viewer);
        await RunningServer.RefusesAsync(tooLow, 403, "forbidden");
        using var stranger = await server.SendAsync("GET", $"{project}/audit", token: (await PersonAsync()).Token);
        await RunningServer.RefusesAsync(stranger, 404, "not_found");
        using var anonymous = await server.SendAsync("GET", $"{project}/audit");
        await RunningServer.RefusesAsync(anonymous, 401, "unauthenticated");
        using var all = await server.SendAsync("GET", "/api/v1/admin/audit", token: viewer);
        await RunningServer.RefusesAsync(all, 403, "forbidden");
        using var activity = await server.SendAsync("GET", $"{project}/activity", token: viewer);
        await RunningServer.ReadAsync(activity, 200);
    }

    [Fact]
    public async Task An_export_has_every_entry_and_no_formulas()
    {
        var (token, _) = await PersonAsync();
        using var created = await server.SendAsync("POST", "/api/v1/projects", """{"name":"P"}""", token, headers: ("User-Agent", "=1+1,\"x\""));
        var project = created.Headers.Location!.ToString();
        await EntriesAsync(token, $"{project}/audit", count: 1);
        using var csv = await server.SendAsync("GET", $"{project}/audit?format=csv", token: token);
        Assert.Equal("text/csv", csv.Content.Headers.ContentType?.MediaType);
        var lines = (await csv.Content.ReadAsStringAsync()).Split("\r\n");
        Assert.StartsWith("id,at,projectId,accountId", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"'=1+1,\"\"x\"\"\"", lines[1], StringComparison.Ordinal);
        Assert.Equal("", lines[2]);

        using var ndjson = await server.SendAsync("GET", $"{project}/audit?format=ndjson", token: token);
        Assert.Equal("application/x-ndjson", ndjson.Content.Headers.ContentType?.MediaType);
        var line = Assert.Single((await ndjson.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal("CreateProject", Text(JsonElement.Parse(line), "action"));
    }

    [Fact]
    public async Task Activity_shows_what_was_done_without_addresses()
    {
        var (token, id) = await PersonAsync();
        var (project, _) = await DesignAsync(token);
        using var refused = await server.SendAsync("PATCH", project, """{"name":""}""", token);
        await EntriesAsync(token, $"{project}/audit", count: 3);
        var items = await EntriesAsync(token, $"{project}/activity", count: 2);
        Assert.Equal(["CreateDesign", "CreateProject"], items.Select(item => Text(item, "action")));
        Assert.All(items, item =>
        {
            Assert.Equal((id, "Ada"), (Text(item, "accountId"), Text(item, "name")));
            Assert.False(item.TryGetProperty("address", out _));
            Assert.False(item.TryGetProperty("agent", out _));
        });
    }

    [Fact]
    public async Task Usage_counts_what_a_project_holds()
    {
        var (token, _) = await PersonAsync();
        var (project, design) = await DesignAsync(token);
        using var node = await server.SendAsync("POST", $"{design}/nodes", """{"id":"n","type":"text","x":0,"y":0,"props":{}}""", token);
        await RunningServer.ReadAsync(node, 201);
        await EntriesAsync(token, $"{project}/audit", count: 3);
        using var response = await server.SendAsync("GET", $"{project}/usage", token: token);
        var usage = await RunningServer.ReadAsync(response, 200);
        Assert.Equal((1, 1, 1, 0), (Number(usage, "members"), Number(usage, "designs"), Number(usage, "nodes"), Number(usage, "files")));
    }

    [Fact]
    public async Task What_was_recorded_survives_an_orderly_stop_and_hub_edits_are_gathered()
    {
        await using var own = await ServerProcess.StartAsync();
        using var account = await ApiClient.RegisterAsync(own.Address, "auditor");
        var projectId = await account.CreateProjectAsync("P");
        var designId = await account.CreateDesignAsync(projectId, "D");
        await using (var hub = await account.ConnectAsync())
        {
            for (var i = 0; i < 5; i++)
            {
                var node = new { op = "node.add", node = new { id = $"n{i}", type = "text", x = 0, y = 0, props = new { } } };
                await hub.InvokeAsync("Submit", designId, JsonSerializer.SerializeToNode(new { batchId = Guid.NewGuid(), baseRevision = 0, operations = new[] { node } })!);
            }
        }

        await own.RestartAsync();
        var items = (await account.GetAsync($"projects/{projectId}/audit")).Expect().GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["CreateDesign", "CreateProject", "Hub.Submit"], items.Select(item => Text(item, "action")).Order(StringComparer.Ordinal));
        var edits = items.Single(item => Text(item, "action") == "Hub.Submit");
        Assert.Equal((5, 2, 6), (Number(edits, "count"), Number(edits, "fromRevision"), Number(edits, "toRevision")));
        Assert.Equal((account.AccountId, designId, "design"), (Text(edits, "accountId"), Text(edits, "subjectId"), Text(edits, "subjectKind")));

        // The first account administers the installation, and sees its own registration.
        var all = (await account.GetAsync($"admin/audit?account={account.AccountId}&action=Register")).Expect().GetProperty("items");
        Assert.Equal(1, all.GetArrayLength());
    }

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString()!;

    private static long Number(JsonElement item, string name) => item.GetProperty(name).GetInt64();

    private async Task<(string Token, string Id)> PersonAsync()
    {
        var (answer, _) = await server.RegisterAsync();
        return (Text(answer, "accessToken"), Text(answer.GetProperty("user"), "id"));
    }

    private async Task<(string Project, string Design)> DesignAsync(string token)
    {
        using var project = await server.SendAsync("POST", "/api/v1/projects", """{"name":"P"}""", token);
        using var design = await server.SendAsync("POST", $"{project.Headers.Location}/designs", """{"name":"D","kind":"wireframe"}""", token);
        await RunningServer.ReadAsync(design, 201);
        return (project.Headers.Location!.ToString(), design.Headers.Location!.ToString());
    }

    /// <summary>Entries are stored behind the answer, so they are waited for.</summary>
    private async Task<List<JsonElement>> EntriesAsync(string token, string path, int count)
    {
        List<JsonElement> items = [];
        await Eventually.HoldsAsync(async () =>
        {
            using var response = await server.SendAsync("GET", path, token: token);
            items = [.. (await RunningServer.ReadAsync(response, 200)).GetProperty("items").EnumerateArray()];
            return items.Count >= count;
        }, TimeSpan.FromSeconds(20), $"{count} entries at {path}");
        Assert.Equal(count, items.Count);
        return items;
    }
}
