using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.UiComponents;

/// <summary>Components that a project makes for itself, and what becomes of nodes of them.</summary>
[Collection(RunningServer.Collection)]
public sealed class ProjectUiComponentTests(RunningServer server) : IAsyncLifetime
{
    private const string Tag = "custom.price-tag";

    private const string Definition = """
        {"title":"Price tag","category":"shop","icon":"tag",
         "schema":{"type":"object","properties":{"price":{"type":"string","maxLength":20,"default":"€ 0"},"sale":{"type":"boolean"}},"required":["price"]},
         "example":{"price":"€ 12"},"defaultWidth":96,"defaultHeight":32,
         "drawing":[{"shape":"rectangle","radius":6,"fill":"#fef3c7"},{"shape":"text","text":"{{price}}","align":"center"}],
         "markup":{"tag":"span","style":{"background":"#fef3c7"},"children":[{"tag":"strong","children":["{{price}}"]}]}}
        """;

    private static readonly object[] Box = [new { shape = "rectangle", fill = "#ffffff" }];

    private ApiClient _owner = null!;
    private ApiClient _viewer = null!;
    private ApiClient _stranger = null!;
    private string _project = "";

    private string Library => $"projects/{_project}/ui-components";

    public async Task InitializeAsync()
    {
        _owner = await ApiClient.RegisterAsync(server.Address, "owner");
        _viewer = await ApiClient.RegisterAsync(server.Address, "viewer");
        _stranger = await ApiClient.RegisterAsync(server.Address, "stranger");
        _project = await _owner.CreateProjectAsync("Shop");
        await _owner.AddMemberAsync(_project, _viewer, "viewer");
    }

    public Task DisposeAsync()
    {
        foreach (var client in new[] { _owner, _viewer, _stranger })
            client.Dispose();

        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_project_makes_a_component_and_its_designs_use_it_at_once()
    {
        var made = await MakeAsync();
        Assert.Equal((Tag, "project", 1), (Text(made, "id"), Text(made, "origin"), made.GetProperty("version").GetInt32()));
        Assert.Equal("€ 0", Text(made.GetProperty("defaults"), "price"));
        Assert.Contains("€ 12", Text(made.GetProperty("export"), "html"), StringComparison.Ordinal);
        Assert.Contains("export function PriceTag()", Text(made.GetProperty("export"), "react"), StringComparison.Ordinal);

        var design = await _owner.CreateDesignAsync(_project, "Checkout");
        (await AddAsync(design, "a", """{"price":"€ 7"}""")).Expect();
        Refuses(await AddAsync(design, "b", """{"price":7}"""), 422, "property_invalid");
        Refuses(await AddAsync(design, "c", """{"cost":"€ 7"}"""), 422, "property_invalid");

        Assert.Contains("€ 7</text>", (await _viewer.GetAsync($"designs/{design}/export?format=svg")).Text, StringComparison.Ordinal);
        Assert.Contains("<strong>€ 7</strong>", (await _viewer.GetAsync($"designs/{design}/export?format=html")).Text, StringComparison.Ordinal);
        Assert.NotEmpty(await _viewer.GetBytesAsync($"designs/{design}/export?format=png"));
        Assert.NotEmpty(await _viewer.GetBytesAsync($"designs/{design}/export?format=react"));
        Assert.Equal(0, await ErrorsAsync(design));
    }

    [Fact]
    public async Task The_library_of_a_project_has_the_built_in_components_and_its_own()
    {
        await MakeAsync();
        var own = Assert.Single(await ItemsAsync($"{Library}?origin=project"));
        Assert.Equal((Tag, $"/api/v1/{Library}/{Tag}/preview"), (Text(own, "id"), Text(own, "preview")));
        Assert.Contains(await ItemsAsync($"{Library}?origin=builtIn&search=button"), component => Text(component, "id") == "ui.button");
        Assert.Equal(Tag, Text(Assert.Single(await ItemsAsync($"{Library}?category=shop&search=PRICE")), "id"));
        var page = (await _viewer.GetAsync($"{Library}?limit=1&sort=id")).Expect();
        Assert.Equal(Tag, Text(page.GetProperty("items")[0], "id"));
        Assert.NotEqual(Tag, Text((await _viewer.GetAsync($"{Library}?limit=1&sort=id&cursor={Text(page, "nextCursor")}")).Expect().GetProperty("items")[0], "id"));

        Assert.Equal((200, "image/svg+xml"), await ShownAsync($"{Library}/{Tag}/preview"));
        Assert.Equal((200, "image/svg+xml"), await ShownAsync($"{Library}/ui.button/preview"));
        Assert.Equal("builtIn", Text((await _viewer.GetAsync($"{Library}/ui.button")).Expect(), "origin"));
        Refuses(await _viewer.GetAsync($"ui-components/{Tag}"), 404, "not_found");
    }

    [Fact]
    public async Task What_is_read_can_be_written_again_and_a_stale_writer_is_refused()
    {
        await MakeAsync();
        using var read = await server.SendAsync("GET", $"/api/v1/{Library}/{Tag}", token: _owner.Token);
        var definition = (await RunningServer.ReadAsync(read, 200)).GetProperty("definition").GetRawText();
        Assert.Equal("\"v1\"", read.Headers.ETag?.Tag);
        using var again = await server.SendAsync("GET", $"/api/v1/{Library}/{Tag}", token: _owner.Token, headers: ("If-None-Match", "\"v1\""));
        Assert.Equal(304, (int)again.StatusCode);

        using var written = await server.SendAsync("PUT", $"/api/v1/{Library}/{Tag}", definition, _owner.Token, headers: ("If-Match", "\"v1\""));
        Assert.Equal(2, (await RunningServer.ReadAsync(written, 200)).GetProperty("version").GetInt32());
        foreach (var method in new[] { "PUT", "DELETE" })
        {
            using var stale = await server.SendAsync(method, $"/api/v1/{Library}/{Tag}", method == "PUT" ? definition : null, _owner.Token, headers: ("If-Match", "\"v1\""));
            Assert.Equal("precondition_failed", Text(await RunningServer.ReadAsync(stale, 412), "code"));
        }
    }

    [Fact]
    public async Task A_changed_component_counts_from_the_next_edit_on_and_validation_finds_what_it_no_longer_allows()
    {
        await MakeAsync();
        var design = await _owner.CreateDesignAsync(_project, "Checkout");
        (await AddAsync(design, "a", """{"price":"€ 7","sale":true}""")).Expect();

        (await PutAsync("""{"title":"Price tag","schema":{"type":"object","properties":{"amount":{"type":"number"}}},"drawing":[{"shape":"text","text":"{{amount}}"}]}""")).Expect();

        (await AddAsync(design, "b", """{"amount":7}""")).Expect();
        Refuses(await AddAsync(design, "c", """{"price":"€ 7"}"""), 422, "property_invalid");
        (await _owner.SendAsync(HttpMethod.Patch, $"designs/{design}/nodes/a", new { x = 300 })).Expect();
        Assert.Equal(["property.invalid"], await FindingsAsync(design, "a"));
    }

    [Fact]
    public async Task Nodes_of_a_deleted_component_stay_as_boxes_that_validation_finds()
    {
        await MakeAsync();
        var design = await _owner.CreateDesignAsync(_project, "Checkout");
        (await AddAsync(design, "a", """{"price":"€ 7"}""")).Expect();

        Assert.Equal(204, (int)(await _owner.SendAsync(HttpMethod.Delete, $"{Library}/{Tag}")).Status);

        Assert.Equal(["node.type_unknown"], await FindingsAsync(design, "a"));
        Refuses(await AddAsync(design, "b", """{"price":"€ 7"}"""), 422, "type_unknown");
        (await _owner.SendAsync(HttpMethod.Patch, $"designs/{design}/nodes/a", new { x = 300 })).Expect();
        Assert.StartsWith("<svg", (await _viewer.GetAsync($"designs/{design}/export?format=svg")).Text, StringComparison.Ordinal);
        Refuses(await _owner.PostAsync($"designs/{design}/duplicate", new { name = "Copy" }), 422, "type_unknown", "'a'", Tag);
        Refuses(await _owner.SendAsync(HttpMethod.Delete, $"{Library}/{Tag}"), 404, "not_found");
    }

    [Fact]
    public async Task Copies_templates_and_imports_carry_such_nodes_within_the_project_and_are_refused_elsewhere()
    {
        await MakeAsync();
        var design = await _owner.CreateDesignAsync(_project, "Checkout");
        (await AddAsync(design, "a", """{"price":"€ 7"}""")).Expect();
        var file = (await _owner.GetAsync($"designs/{design}/export?format=json")).Text;
        var template = Text((await _owner.PostAsync($"designs/{design}/template", new { name = "Checkout" })).Expect(), "id");

        (await _owner.PostAsync($"designs/{design}/duplicate", new { name = "Copy" })).Expect();
        (await _owner.PostTextAsync($"projects/{_project}/designs/import", file)).Expect();
        (await _owner.PostAsync($"projects/{_project}/designs/from-template", new { templateId = template })).Expect();
        Assert.Contains("€ 7</text>", (await _owner.GetAsync($"templates/{template}/preview")).Text, StringComparison.Ordinal);

        var elsewhere = await _owner.CreateProjectAsync("Elsewhere");
        Refuses(await _owner.PostTextAsync($"projects/{elsewhere}/designs/import", file), 422, "import_invalid", "'a'", Tag);
        Refuses(await _owner.PostAsync($"projects/{elsewhere}/designs/from-template", new { templateId = template }), 422, "type_unknown", "'a'", Tag);
    }

    [Fact]
    public async Task A_wrong_definition_is_refused_and_names_what_is_wrong()
    {
        Refuses(await _owner.PostAsync(Library, new { drawing = Array.Empty<object>() }), 400, "validation_failed");
        Refuses(await _owner.PostAsync(Library, new { title = "Tag" }), 400, "validation_failed", "drawing");
        Refuses(await _owner.PostAsync(Library, new { id = "ui.button", title = "Tag", drawing = Box }), 400, "validation_failed", "id");
        Refuses(await _owner.PostAsync(Library, new { title = "Tag", drawing = Box, markup = new { tag = "script" } }), 400, "validation_failed", "markup.tag");
        Refuses(await _owner.PostAsync(Library, new { title = "Tag", drawing = Box, example = new { cost = 1 } }), 422, "property_invalid", "example.cost");
        await MakeAsync();
        Refuses(await _owner.PostTextAsync(Library, Definition), 409, "component_exists");
        Refuses(await _owner.SendAsync(HttpMethod.Put, $"{Library}/{Tag}", new { id = "custom.other", title = "Tag", drawing = Box }), 400, "validation_failed", "id");
        Refuses(await _owner.SendAsync(HttpMethod.Put, $"{Library}/custom.none", new { title = "Tag", drawing = Box }), 404, "not_found");
        Refuses(await _owner.SendAsync(HttpMethod.Put, $"{Library}/ui.button", new { title = "Tag", drawing = Box }), 403, "forbidden");
        Refuses(await _owner.SendAsync(HttpMethod.Delete, $"{Library}/ui.button"), 403, "forbidden");
        Refuses(await _owner.GetAsync($"{Library}?origin=nonsense"), 400, "validation_failed");
        Refuses(await _owner.GetAsync($"{Library}/custom.none"), 404, "not_found");
        Refuses(await _owner.GetAsync($"{Library}/custom.none/preview"), 404, "not_found");
    }

    [Fact]
    public async Task Viewers_see_components_and_only_editors_make_them()
    {
        await MakeAsync();
        (await _viewer.GetAsync(Library)).Expect();
        (await _viewer.GetAsync($"{Library}/{Tag}")).Expect();
        foreach (var (client, status, code) in new[] { (_viewer, 403, "forbidden"), (_stranger, 404, "not_found") })
        {
            Refuses(await client.PostTextAsync(Library, Definition), status, code);
            Refuses(await client.SendAsync(HttpMethod.Put, $"{Library}/{Tag}", new { title = "Tag", drawing = Box }), status, code);
            Refuses(await client.SendAsync(HttpMethod.Delete, $"{Library}/{Tag}"), status, code);
        }

        Refuses(await _stranger.GetAsync(Library), 404, "not_found");
        Refuses(await _stranger.GetAsync($"{Library}/{Tag}"), 404, "not_found");
        Refuses(await _stranger.GetAsync($"{Library}/{Tag}/preview"), 404, "not_found");
    }

    [Fact]
    public async Task A_property_that_a_component_needs_is_found_missing_and_filled_in_by_the_fix()
    {
        await MakeAsync();
        var design = await _owner.CreateDesignAsync(_project, "Checkout");
        (await AddAsync(design, "a", """{"sale":true}""")).Expect();
        Assert.Equal(["property.missing"], await FindingsAsync(design, "a"));
        (await _owner.PostAsync($"designs/{design}/validation/fixes", new { findings = new[] { await FindingAsync(design) } })).Expect();
        Assert.Empty(await FindingsAsync(design, "a"));
    }

    private async Task<JsonElement> MakeAsync() => (await _owner.PostTextAsync(Library, Definition)).Expect();

    private async Task<ApiReply> PutAsync(string definition) => await _owner.SendAsync(HttpMethod.Put, $"{Library}/{Tag}", JsonNode.Parse(definition)!);

    private Task<ApiReply> AddAsync(string design, string id, string props) =>
        _owner.PostTextAsync($"designs/{design}/nodes", $$"""{"id":"{{id}}","type":"{{Tag}}","x":10,"y":10,"props":{{props}}}""");

    private async Task<List<JsonElement>> ItemsAsync(string path) => [.. (await _viewer.GetAsync(path)).Expect().GetProperty("items").EnumerateArray()];

    private async Task<(int, string?)> ShownAsync(string path)
    {
        var reply = await _viewer.GetAsync(path);
        return ((int)reply.Status, reply.ContentType);
    }

    private async Task<int> ErrorsAsync(string design) =>
        (await _viewer.GetAsync($"designs/{design}/validation")).Expect().GetProperty("summary").GetProperty("errors").GetInt32();

    private async Task<string[]> FindingsAsync(string design, string node) =>
    [
        .. (await _viewer.GetAsync($"designs/{design}/validation")).Expect().GetProperty("findings").EnumerateArray()
            .Where(finding => Text(finding, "severity") == "error" && finding.TryGetProperty("nodeId", out var id) && id.GetString() == node)
            .Select(finding => Text(finding, "code")),
    ];

    private async Task<string> FindingAsync(string design) =>
        Text((await _viewer.GetAsync($"designs/{design}/validation")).Expect().GetProperty("findings").EnumerateArray().First(finding => Text(finding, "severity") == "error"), "id");

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static void Refuses(ApiReply reply, int status, string code, params string[] words)
    {
        Assert.Equal((status, code), ((int)reply.Status, reply.Problem().Code));
        foreach (var word in words)
            Assert.Contains(word, reply.Problem().Detail, StringComparison.Ordinal);
    }
}
