using System.Text.Json;

namespace Actors.Frontend.Tests.Projects;

[Collection(RunningServer.Collection)]
public sealed class ProjectTests(RunningServer server)
{
    [Fact]
    public async Task A_created_project_is_found_at_its_location_and_in_the_list()
    {
        var owner = await PersonAsync();
        using var created = await server.SendAsync("POST", "/api/v1/projects", """{"name":"Site"}""", owner.Token);
        var project = await RunningServer.ReadAsync(created, 201);
        using var read = await server.SendAsync("GET", created.Headers.Location!.ToString(), token: owner.Token);
        Assert.Equal(project.GetRawText(), (await RunningServer.ReadAsync(read, 200)).GetRawText());
        using var unchanged = await server.SendAsync("GET", created.Headers.Location!.ToString(), token: owner.Token, headers: ("If-None-Match", read.Headers.ETag!.ToString()));
        await RunningServer.ReadAsync(unchanged, 304);
        using var list = await server.SendAsync("GET", "/api/v1/projects", token: owner.Token);
        Assert.Single((await RunningServer.ReadAsync(list, 200)).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_list_is_read_page_by_page_newest_first()
    {
        var owner = await PersonAsync();
        for (var i = 0; i < 3; i++)
            await ProjectAsync(owner, $"P{i}");

        using var first = await server.SendAsync("GET", "/api/v1/projects?limit=2", token: owner.Token);
        var page = await RunningServer.ReadAsync(first, 200);
        Assert.Equal(["P2", "P1"], Names(page));
        var cursor = Uri.EscapeDataString(page.GetProperty("nextCursor").GetString()!);
        using var second = await server.SendAsync("GET", $"/api/v1/projects?limit=2&cursor={cursor}", token: owner.Token);
        page = await RunningServer.ReadAsync(second, 200);
        Assert.Equal(["P0"], Names(page));
        Assert.Equal(JsonValueKind.Null, page.GetProperty("nextCursor").ValueKind);
    }

    [Fact]
    public async Task A_stranger_meets_no_project()
    {
        var project = await ProjectAsync(await PersonAsync());
        var stranger = await PersonAsync();
        foreach (var (method, body) in new[] { ("GET", null), ("PATCH", """{"name":"x"}"""), ("PUT", """{"name":"x"}"""), ("DELETE", null) })
        {
            using var response = await server.SendAsync(method, project, body, stranger.Token);
            await RunningServer.RefusesAsync(response, 404, "not_found");
        }

        using var members = await server.SendAsync("GET", $"{project}/members", token: stranger.Token);
        await RunningServer.RefusesAsync(members, 404, "not_found");
    }

    [Fact]
    public async Task A_role_decides_and_a_change_of_it_counts_at_once()
    {
        var owner = await PersonAsync();
        var member = await PersonAsync();
        var project = await ProjectAsync(owner);
        await AddAsync(project, owner, member, "viewer");
        using var tooLow = await server.SendAsync("POST", $"{project}/designs", """{"name":"D","kind":"wireframe"}""", member.Token);
        await RunningServer.RefusesAsync(tooLow, 403, "forbidden");

        using var promoted = await server.SendAsync("PATCH", $"{project}/members/{member.Id}", """{"role":"editor"}""", owner.Token);
        await RunningServer.ReadAsync(promoted, 200);
        using var enough = await server.SendAsync("POST", $"{project}/designs", """{"name":"D","kind":"wireframe"}""", member.Token);
        await RunningServer.ReadAsync(enough, 201);

        using var removed = await server.SendAsync("DELETE", $"{project}/members/{member.Id}", token: owner.Token);
        await RunningServer.ReadAsync(removed, 204);
        using var gone = await server.SendAsync("GET", $"{project}/designs", token: member.Token);
        await RunningServer.RefusesAsync(gone, 404, "not_found");
    }

    [Fact]
    public async Task Members_are_refused_for_their_rules()
    {
        var owner = await PersonAsync();
        var member = await PersonAsync();
        var project = await ProjectAsync(owner);
        await AddAsync(project, owner, member, "editor");
        await RefusesAsync("POST", $"{project}/members", $$"""{"accountId":"{{member.Id}}","role":"viewer"}""", owner, 409, "member_exists");
        await RefusesAsync("POST", $"{project}/members", """{"email":"nobody@example.net","role":"viewer"}""", owner, 400, "validation_failed");
        await RefusesAsync("POST", $"{project}/members", $$"""{"accountId":"{{member.Id}}","role":"king"}""", owner, 400, "validation_failed");
        await RefusesAsync("POST", $"{project}/members", $$"""{"accountId":"{{member.Id}}","role":3}""", owner, 400, "validation_failed");
        await RefusesAsync("POST", $"{project}/members", """{"email":"nobody@example.net","role":"viewer"}""", member, 403, "forbidden");
        await RefusesAsync("DELETE", $"{project}/members/{owner.Id}", null, owner, 409, "last_owner");
        await RefusesAsync("PATCH", $"{project}/members/{owner.Id}", """{"role":"viewer"}""", owner, 409, "last_owner");
    }

    [Fact]
    public async Task A_lost_race_is_told()
    {
        var owner = await PersonAsync();
        var project = await ProjectAsync(owner);
        using var read = await server.SendAsync("GET", project, token: owner.Token);
        var tag = read.Headers.ETag!.ToString();
        using var won = await server.SendAsync("PATCH", project, """{"name":"First"}""", owner.Token, headers: ("If-Match", tag));
        await RunningServer.ReadAsync(won, 200);
        using var lost = await server.SendAsync("PATCH", project, """{"name":"Second"}""", owner.Token, headers: ("If-Match", tag));
        await RunningServer.RefusesAsync(lost, 412, "precondition_failed");
        using var nonsense = await server.SendAsync("PATCH", project, """{"name":"Second"}""", owner.Token, headers: ("If-Match", "W/\"v1\""));
        await RunningServer.RefusesAsync(nonsense, 412, "precondition_failed");
    }

    [Fact]
    public async Task A_patch_keeps_what_it_does_not_name_and_null_removes()
    {
        var owner = await PersonAsync();
        var project = await ProjectAsync(owner);
        using var described = await server.SendAsync("PATCH", project, """{"description":"About"}""", owner.Token);
        Assert.Equal("Site", (await RunningServer.ReadAsync(described, 200)).GetProperty("name").GetString());
        using var cleared = await server.SendAsync("PATCH", project, """{"description":null}""", owner.Token);
        Assert.Equal(JsonValueKind.Null, (await RunningServer.ReadAsync(cleared, 200)).GetProperty("description").ValueKind);
    }

    [Fact]
    public async Task A_deleted_project_is_gone_for_everybody()
    {
        var owner = await PersonAsync();
        var project = await ProjectAsync(owner);
        using var deleted = await server.SendAsync("DELETE", project, token: owner.Token);
        await RunningServer.ReadAsync(deleted, 204);
        await RefusesAsync("GET", project, null, owner, 404, "not_found");
        using var list = await server.SendAsync("GET", "/api/v1/projects", token: owner.Token);
        Assert.Empty((await RunningServer.ReadAsync(list, 200)).GetProperty("items").EnumerateArray());
    }

    private static IEnumerable<string?> Names(JsonElement page) => page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString());

    private async Task<Person> PersonAsync()
    {
        var (answer, email) = await server.RegisterAsync();
        return new Person(answer.GetProperty("user").GetProperty("id").GetString()!, email, answer.GetProperty("accessToken").GetString()!);
    }

    private async Task<string> ProjectAsync(Person owner, string name = "Site")
    {
        using var created = await server.SendAsync("POST", "/api/v1/projects", JsonSerializer.Serialize(new { name }, JsonSerializerOptions.Web), owner.Token);
        return $"/api/v1/projects/{(await RunningServer.ReadAsync(created, 201)).GetProperty("id").GetString()}";
    }

    private async Task AddAsync(string project, Person owner, Person member, string role)
    {
        using var added = await server.SendAsync("POST", $"{project}/members", $$"""{"email":"{{member.Email}}","role":"{{role}}"}""", owner.Token);
        await RunningServer.ReadAsync(added, 201);
    }

    private async Task RefusesAsync(string method, string path, string? body, Person by, int status, string code)
    {
        using var response = await server.SendAsync(method, path, body, by.Token);
        await RunningServer.RefusesAsync(response, status, code);
    }

    private sealed record Person(string Id, string Email, string Token);
}
