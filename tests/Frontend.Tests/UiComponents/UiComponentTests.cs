using System.Text.Json;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.UiComponents;

[Collection(RunningServer.Collection)]
public sealed class UiComponentTests(RunningServer server) : IAsyncLifetime
{
    private ApiClient _reader = null!;

    public async Task InitializeAsync() => _reader = await ApiClient.RegisterAsync(server.Address, "reader");

    public Task DisposeAsync()
    {
        _reader.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Every_component_of_the_library_shows_itself_and_how_it_is_exported()
    {
        var library = (await _reader.GetAsync("ui-components?limit=100")).Expect().GetProperty("items").EnumerateArray().ToList();
        Assert.True(library.Count > 40);
        foreach (var listed in library)
        {
            var id = listed.GetProperty("id").GetString()!;
            Assert.StartsWith("ui.", id, StringComparison.Ordinal);
            Assert.True(listed.GetProperty("defaultWidth").GetDouble() > 0 && listed.GetProperty("defaultHeight").GetDouble() > 0);
            Assert.False(listed.TryGetProperty("export", out _));
            var preview = await _reader.GetAsync(listed.GetProperty("preview").GetString()!);
            Assert.Equal((200, "image/svg+xml"), ((int)preview.Status, preview.ContentType));

            var export = (await _reader.GetAsync($"ui-components/{id}")).Expect().GetProperty("export");
            Assert.StartsWith("<", Text(export, "html"), StringComparison.Ordinal);
            Assert.Contains("export function ", Text(export, "react"), StringComparison.Ordinal);
            Assert.Contains("--ink", Text(export, "baseCss"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_component_names_its_properties_and_defaults_and_is_exported_with_its_example()
    {
        var button = (await _reader.GetAsync("ui-components/ui.button")).Expect();
        Assert.Equal((120, 40), (button.GetProperty("defaultWidth").GetInt32(), button.GetProperty("defaultHeight").GetInt32()));
        Assert.Equal("string", Text(button.GetProperty("schema").GetProperty("properties").GetProperty("text"), "type"));
        Assert.Equal(100, button.GetProperty("defaults").GetProperty("opacity").GetInt32());
        var export = button.GetProperty("export");
        Assert.Contains("Save</button>", Text(export, "html"), StringComparison.Ordinal);
        Assert.Contains("export function Button() {", Text(export, "react"), StringComparison.Ordinal);
        Assert.Contains("width: 120px", Text(export, "css"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_library_is_searched_by_category_and_text()
    {
        var forms = (await _reader.GetAsync("ui-components?category=forms&search=button&sort=title")).Expect().GetProperty("items").EnumerateArray().ToList();
        Assert.Contains(forms, component => Text(component, "id") == "ui.button");
        Assert.All(forms, component => Assert.Equal("forms", Text(component, "category")));
    }

    [Fact]
    public async Task What_is_no_component_of_the_library_is_refused()
    {
        using var visitor = new ApiClient(server.Address);
        Refuses(await visitor.GetAsync("ui-components"), 401, "unauthenticated");
        Refuses(await visitor.GetAsync("ui-components/ui.button"), 401, "unauthenticated");
        Refuses(await visitor.GetAsync("ui-components/ui.button/preview"), 401, "unauthenticated");
        Refuses(await _reader.GetAsync("ui-components/ui.nonsense"), 404, "not_found");
        Refuses(await _reader.GetAsync("ui-components/frame"), 404, "not_found");
        Refuses(await _reader.GetAsync("ui-components/ui.nonsense/preview"), 404, "not_found");
        Refuses(await _reader.GetAsync("ui-components?sort=nonsense"), 400, "validation_failed");
        Refuses(await _reader.GetAsync("ui-components?cursor=nonsense"), 400, "validation_failed");
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static void Refuses(ApiReply reply, int status, string code) => Assert.Equal((status, code), ((int)reply.Status, reply.Problem().Code));
}
