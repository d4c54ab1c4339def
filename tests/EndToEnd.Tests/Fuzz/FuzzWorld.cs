using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.TestKit.Server;

namespace Actors.EndToEnd.Tests.Fuzz;

/// <summary>A server with people and a project in which there is something of everything.</summary>
internal sealed class FuzzWorld : IDisposable
{
    private const int Victims = 10;

    private readonly ApiClient _administrator;
    private readonly ApiClient _owner;
    private readonly ApiClient _viewer;
    private readonly ApiClient _stranger;

    private FuzzWorld(ApiDocument document, ApiClient administrator, ApiClient owner, ApiClient viewer, ApiClient stranger)
    {
        (Document, _administrator, _owner, _viewer, _stranger) = (document, administrator, owner, viewer, stranger);
        Values = new SchemaValues(document, Pool);
    }

    public ApiDocument Document { get; }

    public ValuePool Pool { get; } = new();

    public SchemaValues Values { get; }

    public ApiClient OwnersClient => _owner;

    public string Administrator => _administrator.Token!;

    public string Owner => _owner.Token!;

    public string Viewer => _viewer.Token!;

    public string Stranger => _stranger.Token!;

    public string PersonalToken { get; private set; } = "";

    public string ProjectId { get; private set; } = "";

    public string Wireframe { get; private set; } = "";

    public string Process { get; private set; } = "";

    public static async Task<FuzzWorld> CreateAsync(Uri server)
    {
        var world = new FuzzWorld(
            await ApiDocument.ReadAsync(server),
            await ApiClient.RegisterAsync(server, "administrator"),
            await ApiClient.RegisterAsync(server, "owner"),
            await ApiClient.RegisterAsync(server, "viewer"),
            await ApiClient.RegisterAsync(server, "stranger"));
        await world.FillAsync(server);
        return world;
    }

    /// <summary>A body for an operation whose document has no example.</summary>
    public JsonNode? ExampleOf(ApiOperation operation) => operation.Id switch
    {
        "StartRun" => JsonNode.Parse("""{"inputs":{"words":["a","b"]}}"""),
        "FixDesign" => JsonNode.Parse("""{"findings":["f"]}"""),
        _ => null,
    };

    public string AnyIdentifier(Random random)
    {
        string[] kinds = ["prj_", "dsg_", "usr_", "thr_", "ver_"];
        return Pool.Draw(kinds[random.Next(kinds.Length)], random);
    }

    public void Dispose()
    {
        _administrator.Dispose();
        _owner.Dispose();
        _viewer.Dispose();
        _stranger.Dispose();
    }

    private static JsonObject Add(string id, string type, string props) =>
        new() { ["op"] = "node.add", ["node"] = new JsonObject { ["id"] = id, ["type"] = type, ["x"] = 10, ["y"] = 20, ["props"] = JsonNode.Parse(props) } };

    private async Task FillAsync(Uri server)
    {
        ProjectId = await _owner.CreateProjectAsync("Fuzzed");
        await _owner.AddMemberAsync(ProjectId, _viewer, "viewer");
        Wireframe = await _owner.CreateDesignAsync(ProjectId, "Wireframe");
        Process = await _owner.CreateDesignAsync(ProjectId, "Process", "process");
        (await _owner.SubmitAsync(Wireframe, Guid.NewGuid(), [Add("n1", "ui.button", "{}"), Add("n2", "text", """{"text":"Hello"}"""), Add("frame", "frame", "{}")])).Expect();
        (await _owner.SubmitAsync(
            Process,
            Guid.NewGuid(),
            [
                Add("in", "input", """{"name":"words"}"""), Add("out", "output", """{"name":"list"}"""),
                new JsonObject { ["op"] = "connection.add", ["connection"] = JsonNode.Parse("""{"id":"c1","from":{"node":"in","port":"out"},"to":{"node":"out","port":"in"}}""") },
            ])).Expect();

        Pool.Keep("prj_", ProjectId);
        Pool.Add("prj_", "prj_00000000000000000000000000", await _owner.CreateProjectAsync("Victim"));
        Pool.Keep("dsg_", Wireframe, Process);
        Pool.Add("dsg_", "dsg_00000000000000000000000000", await _owner.CreateDesignAsync(ProjectId, "Victim"));
        await AddKnownAsync();
        await AddVictimsAsync(server);
        await AddMadeAsync();
    }

    private async Task AddKnownAsync()
    {
        Pool.Keep("nodeId", "n1", "n2", "frame", "in", "out", "missing");
        Pool.Keep("connectionId", "c1", "missing");
        Pool.Keep("componentId", "ui.button", "input", "missing");
        Pool.Keep("type", "ui.button", "text", "frame", "input", "output", "foreign", "approval", "missing");
        Pool.Add("id", "n1", "n9", "a", "b");
        Pool.Keep("name", "words", "list", "API_KEY", "Name");
        Pool.Keep("path", "notes/a.txt", "notes", "pictures/logo.svg", "missing.txt");
        Pool.Add("folder", "", "notes", "missing");
        Pool.Add("format", "json", "svg", "png", "html", "html-zip", "react", "mermaid", "reactflow", "excalidraw", "csv", "ndjson");
        Pool.Add("sort", "-createdAt", "name", "updatedAt", "-at", "id", "missing");
        Pool.Add("role", "viewer", "commenter", "editor", "owner", "member", "admin");
        Pool.Add("kind", "wireframe", "process", "named", "automatic", "webhook", "schedule", "design", "file");
        Pool.Add("status", "running", "completed", "enabled", "open", "active");
        Pool.Add("revision", "1", "0", "2", "-1", "99999");
        Pool.Add("from", "1", "2", "2026-01-01T00:00:00Z");
        Pool.Add("to", "2", "1", "2027-01-01T00:00:00Z");
        Pool.Add("after", "0", "1", "-1");
        Pool.Add("op", "move", "copy", "delete");
        Pool.Add("cron", "0 3 * * *", "@daily", "* * * * *", "61 * * * *");
        Pool.Add("timeZone", "Europe/Berlin", "Mars/Olympus");
        Pool.Add("password", "violet-kettle-42", "short");
        foreach (var template in (await _owner.GetAsync("templates?limit=3")).Expect().GetProperty("items").EnumerateArray())
            Pool.Add("tpl_", template.GetProperty("id").GetString()!);
    }

    /// <summary>Accounts whose sessions may end at any time.</summary>
    private async Task AddVictimsAsync(Uri server)
    {
        Pool.Keep("usr_", _viewer.AccountId);
        Pool.Add("usr_", "usr_00000000000000000000000000");
        for (var i = 0; i < Victims; i++)
        {
            using var victim = await ApiClient.RegisterAsync(server, "victim");
            Pool.Add("usr_", victim.AccountId);
            Pool.Add("email", victim.Email);
            Pool.Add("accessToken", victim.Token!);
            Pool.Add("refreshToken", victim.RefreshToken);
        }
    }

    private async Task AddMadeAsync()
    {
        await MakeAsync($"designs/{Wireframe}/comments", new { anchor = new { nodeId = "n1" }, text = "Is this right?" });
        await MakeAsync($"designs/{Wireframe}/versions", new { name = "First" });
        await MakeAsync($"projects/{ProjectId}/invitations", new { role = "viewer", maximumUses = 100 });
        await MakeAsync($"projects/{ProjectId}/triggers", new { name = "Hook", designId = Process, kind = "webhook", payloadInput = "words" });
        await MakeAsync($"projects/{ProjectId}/files", new { path = "notes/a.txt", content = "Hello" });
        await MakeAsync($"designs/{Wireframe}/template", new { name = "Template" });
        await MakeAsync($"designs/{Process}/runs", new { inputs = new { words = new[] { "a" } } });
        PersonalToken = (await _owner.PostAsync("auth/tokens", new { name = "Script", scopes = new[] { "read", "write", "run" } })).Expect().GetProperty("token").GetString()!;
        (await _owner.SendAsync(HttpMethod.Put, $"projects/{ProjectId}/secrets/API_KEY", new { value = "s" })).Expect();

        // Their lists say the identifiers that no answer to a request has brought.
        foreach (var list in new[] { $"designs/{Wireframe}/comments", "auth/sessions", "auth/tokens", "notifications" })
        {
            foreach (var item in (await _owner.GetAsync(list)).Expect().GetProperty("items").EnumerateArray())
                LearnAll(item);
        }
    }

    private void LearnAll(JsonElement item)
    {
        Pool.Learn(item, keep: true);
        if (item.TryGetProperty("comments", out var comments))
            comments.EnumerateArray().ToList().ForEach(comment => Pool.Learn(comment, keep: true));
    }

    private async Task MakeAsync(string path, object body) => LearnAll((await _owner.PostAsync(path, body)).Expect());
}
