using System.Text.Json.Nodes;
using Actors.TestKit.Server;

namespace Actors.EndToEnd.Tests.BadInput;

/// <summary>One server with a wireframe and a process, their owner, a viewer and a stranger, for every test that must be refused.</summary>
public sealed class RefusalFixture : IAsyncLifetime
{
    private ServerProcess? _server;
    private ApiClient? _owner;
    private ApiClient? _viewer;
    private ApiClient? _stranger;
    private HubConnectionLite? _hub;

    public ServerProcess Server => _server!;

    public ApiClient Owner => _owner!;

    public ApiClient Viewer => _viewer!;

    /// <summary>An account that is no member of the project.</summary>
    public ApiClient Stranger => _stranger!;

    /// <summary>The owner's connection.</summary>
    public HubConnectionLite Hub => _hub!;

    public string ProjectId { get; private set; } = "";

    /// <summary>A frame <c>outer</c> that holds a frame <c>inner</c>.</summary>
    public string Wireframe { get; private set; } = "";

    /// <summary>A <c>range</c> of numbers named <c>numbers</c> and a <c>text.split</c> named <c>split</c>, not connected.</summary>
    public string Process { get; private set; } = "";

    public async Task InitializeAsync()
    {
        _server = await ServerProcess.StartAsync();
        _owner = await ApiClient.RegisterAsync(Server.Address, "owner");
        _viewer = await ApiClient.RegisterAsync(Server.Address, "viewer");
        _stranger = await ApiClient.RegisterAsync(Server.Address, "stranger");
        ProjectId = await Owner.CreateProjectAsync("Refusals");
        await Owner.AddMemberAsync(ProjectId, Viewer, "viewer");
        Wireframe = await Owner.CreateDesignAsync(ProjectId, "Wireframe");
        var inner = Edits.Add("inner", type: "frame");
        inner["node"]!["parent"] = "outer";
        (await Owner.SubmitAsync(Wireframe, Guid.NewGuid(), [Edits.Add("outer", type: "frame"), inner])).Expect();
        Process = await Owner.CreateDesignAsync(ProjectId, "Process", "process");
        (await Owner.SubmitAsync(Process, Guid.NewGuid(), [Component("numbers", "range", new JsonObject { ["from"] = 1, ["to"] = 3 }), Component("split", "text.split", [])])).Expect();
        _hub = await Owner.ConnectAsync();
    }

    public async Task DisposeAsync()
    {
        if (_hub is not null)
        {
            await _hub.DisposeAsync();
        }

        _owner?.Dispose();
        _viewer?.Dispose();
        _stranger?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    public string DesignOf(BadBatch batch) => batch.InProcess ? Process : Wireframe;

    /// <summary>A design's whole state, to be compared with what it is after a refusal.</summary>
    public async Task<string> StateAsync(string designId) => (await Owner.GetDesignAsync(designId)).GetRawText();

    private static JsonObject Component(string id, string type, JsonObject props)
    {
        var add = Edits.Add(id, type: type);
        add["node"]!["props"] = props;
        return add;
    }
}

[CollectionDefinition(Name)]
public sealed class RefusalCollection : ICollectionFixture<RefusalFixture>
{
    public const string Name = "Refusals";
}
