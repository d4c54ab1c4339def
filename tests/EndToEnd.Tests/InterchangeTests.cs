using System.Text.Json;
using System.Xml.Linq;
using Actors.TestKit.Server;

namespace Actors.EndToEnd.Tests;

/// <summary>Real files of other tools on their way in and out over REST.</summary>
public sealed class InterchangeTests(InterchangeFixture fixture) : IClassFixture<InterchangeFixture>
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [SharedDataTheory]
    [InlineData("lo-fi-wireframing-kit.excalidrawlib", "wireframe")]
    [InlineData("universal-ui-kit.excalidrawlib", "wireframe")]
    [InlineData("software-team.reactflow.json", "process")]
    [InlineData("conversation-chain.reactflow.json", "process")]
    public async Task A_real_file_becomes_a_design_that_can_be_drawn_and_copied(string file, string kind)
    {
        var design = await ImportAsync(SharedDataTheoryAttribute.Read(file));
        Assert.Equal(kind, design.GetProperty("kind").GetString());
        Assert.NotEqual(0, design.GetProperty("nodes").GetArrayLength());

        var drawing = XDocument.Parse((await ExportAsync(design, "svg", "image/svg+xml")).Text);
        Assert.Equal(Svg + "svg", drawing.Root!.Name);
        Assert.True(drawing.Descendants().Skip(1).Any(), "The drawing is empty.");

        var copy = await ImportAsync((await ExportAsync(design, "json", "application/json")).Text);
        Assert.NotEqual(design.GetProperty("id").GetString(), copy.GetProperty("id").GetString());
        foreach (var field in new[] { "name", "kind", "description", "settings", "nodes", "connections" })
        {
            Assert.True(JsonElement.DeepEquals(Field(design, field), Field(copy, field)), $"The copy differs in '{field}'.");
        }
    }

    [SharedDataTheory]
    [InlineData("software-team.reactflow.json")]
    [InlineData("conversation-chain.reactflow.json")]
    public async Task A_real_flow_goes_out_as_it_came_in(string file)
    {
        var text = SharedDataTheoryAttribute.Read(file);
        var design = await ImportAsync(text);

        var written = JsonElement.Parse((await ExportAsync(design, "reactflow", "application/json")).Text);

        var original = JsonElement.Parse(text);
        Assert.True(JsonElement.DeepEquals(original.GetProperty("nodes"), written.GetProperty("nodes")), "The nodes differ.");
        Assert.True(JsonElement.DeepEquals(original.GetProperty("edges"), written.GetProperty("edges")), "The edges differ.");
    }

    private static JsonElement Field(JsonElement design, string name) =>
        design.TryGetProperty(name, out var value) ? value : JsonElement.Parse("null");

    /// <summary>Imports a file and answers the design as it can be read afterwards.</summary>
    private async Task<JsonElement> ImportAsync(string text)
    {
        var answer = (await fixture.Account.PostTextAsync($"projects/{fixture.ProjectId}/designs/import", text)).Expect();
        return await fixture.Account.GetDesignAsync(answer.GetProperty("design").GetProperty("id").GetString()!);
    }

    private async Task<ApiReply> ExportAsync(JsonElement design, string format, string contentType)
    {
        var reply = await fixture.Account.GetAsync($"designs/{design.GetProperty("id").GetString()}/export?format={format}");
        Assert.True(reply.IsSuccess, reply.Text);
        Assert.Equal(contentType, reply.ContentType);
        return reply;
    }
}

/// <summary>One server and one project for all files.</summary>
public sealed class InterchangeFixture : IAsyncLifetime
{
    private ServerProcess? _server;
    private ApiClient? _account;

    public ApiClient Account => _account!;

    public string ProjectId { get; private set; } = "";

    public async Task InitializeAsync()
    {
        _server = await ServerProcess.StartAsync();
        _account = await ApiClient.RegisterAsync(_server.Address, "importer");
        ProjectId = await Account.CreateProjectAsync("Imports");
    }

    public async Task DisposeAsync()
    {
        _account?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
