using System.Text.Json.Nodes;
using Actors.Frontend.Tests.Runs;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Projects;

[Collection(RunningServer.Collection)]
public sealed class ProjectComponentTests(RunningServer server) : IAsyncLifetime
{
    private ApiClient _owner = null!;
    private ApiClient _editor = null!;
    private ApiClient _stranger = null!;
    private string _project = "";
    private string _path = "";

    public async Task InitializeAsync()
    {
        _owner = await ApiClient.RegisterAsync(server.Address, "owner");
        _editor = await ApiClient.RegisterAsync(server.Address, "editor");
        _stranger = await ApiClient.RegisterAsync(server.Address, "stranger");
        _project = await _owner.CreateProjectAsync("Components");
        await _owner.AddMemberAsync(_project, _editor, "editor");
        _path = $"projects/{_project}/components";
    }

    public Task DisposeAsync()
    {
        foreach (var client in new[] { _owner, _editor, _stranger })
            client.Dispose();

        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_component_that_an_owner_switches_off_is_in_no_palette_and_no_node_of_it_is_added()
    {
        var design = await _editor.CreateProcessAsync(_project, [("wait", "delay", """{"milliseconds":1}""")]);
        Assert.Empty((await _editor.GetAsync(_path)).Expect().GetProperty("disabled").EnumerateArray());
        await DisableAsync("http.request", "delay", "delay");

        Assert.Equal("""["delay","http.request"]""", (await _editor.GetAsync(_path)).Expect().GetProperty("disabled").GetRawText());
        var palette = await PaletteAsync($"&projectId={_project}");
        Assert.DoesNotContain("delay", palette);
        Assert.Contains("merge", palette);
        Assert.Contains("delay", await PaletteAsync(""));

        (await AddAsync(design, "more")).Refuses(422, "component_disabled");

        // What is there can be changed and taken away, and taken away in vain.
        (await _editor.SubmitAsync(design, Guid.NewGuid(), [JsonNode.Parse("""{"op":"node.set","id":"wait","patch":{"x":5}}""")])).Expect();
        (await _editor.SubmitAsync(design, Guid.NewGuid(), [JsonNode.Parse("""{"op":"node.remove","id":"wait"}""")])).Expect();
        (await _editor.PostAsync($"designs/{design}/undo", new { })).Expect();

        await DisableAsync();
        (await AddAsync(design, "more")).Expect();
    }

    [Fact]
    public async Task A_design_with_a_component_that_is_switched_off_has_a_finding_and_does_not_run()
    {
        var design = await _editor.CreateProcessAsync(
            _project, [("c", "constant", """{"value":1}"""), ("wait", "delay", """{"milliseconds":1}"""), ("out", "output", """{"name":"n"}""")], "c>wait", "wait>out");
        await DisableAsync("delay");

        var findings = (await _editor.GetAsync($"designs/{design}/validation")).Expect().GetProperty("findings").EnumerateArray();
        Assert.Equal("error", Assert.Single(findings, finding => finding.GetProperty("id").GetString() == "component.disabled:wait").GetProperty("severity").GetString());
        var refused = await _editor.PostAsync($"designs/{design}/runs", new { });
        refused.Refuses(422, "component_disabled");
        Assert.Equal(["wait"], refused.Body.GetProperty("errors").EnumerateObject().Select(node => node.Name));

        await DisableAsync();
        await _editor.EndRunAsync(await _editor.StartRunAsync(design));
    }

    [Fact]
    public async Task Only_owners_switch_components_and_only_those_that_there_are()
    {
        (await _editor.SendAsync(HttpMethod.Put, _path, new { disabled = new[] { "delay" } })).Refuses(403, "forbidden");
        (await _stranger.SendAsync(HttpMethod.Put, _path, new { disabled = new[] { "delay" } })).Refuses(404, "not_found");
        (await _stranger.GetAsync(_path)).Refuses(404, "not_found");
        (await _stranger.GetAsync($"components?projectId={_project}")).Refuses(404, "not_found");
        (await _owner.GetAsync("components?projectId=nonsense")).Refuses(400, "identifier_invalid");
        (await _owner.SendAsync(HttpMethod.Put, _path, new { disabled = new[] { "no.such.component" } })).Refuses(400, "validation_failed");
        (await _owner.SendAsync(HttpMethod.Put, _path, new { disabled = new[] { "" } })).Refuses(400, "validation_failed");
        (await _owner.SendAsync(HttpMethod.Put, _path, new { })).Refuses(400, "validation_failed");
    }

    private async Task DisableAsync(params string[] disabled) => (await _owner.SendAsync(HttpMethod.Put, _path, new { disabled })).Expect();

    private Task<ApiReply> AddAsync(string design, string id) =>
        _editor.SubmitAsync(design, Guid.NewGuid(), [RunClient.Add((id, "delay", """{"milliseconds":1}"""))]);

    private async Task<string[]> PaletteAsync(string more) =>
        [.. (await _editor.GetAsync($"components?kind=process&limit=100{more}")).Expect().GetProperty("items").EnumerateArray().Select(component => component.GetProperty("id").GetString()!)];
}
