using System.Text.Json;
using Actors.TestKit.Server;

namespace Actors.Bench.Load;

/// <summary>One design with everyone who watches it.</summary>
internal sealed class LoadRoom : IAsyncDisposable
{
    private readonly ApiClient _account;

    private LoadRoom(ApiClient account, string designId)
    {
        _account = account;
        DesignId = designId;
    }

    public string DesignId { get; }

    public List<LoadClient> Clients { get; } = [];

    /// <summary>Connections that watch and have stopped reading.</summary>
    public List<LoadClient> Paused { get; } = [];

    public static async Task<LoadRoom> CreateAsync(ApiClient account, string projectId, string name, LoadPlan plan, LoadClock clock)
    {
        var room = new LoadRoom(account, await CreateDesignAsync(account, projectId, name, plan.Nodes));
        for (var i = 0; i < plan.Clients; i++)
        {
            room.Clients.Add(await LoadClient.ConnectAsync(account, clock, room.DesignId, i, plan.Nodes));
        }

        return room;
    }

    /// <summary>A design with the document that all comparisons use.</summary>
    public static async Task<string> CreateDesignAsync(ApiClient account, string projectId, string name, int nodes)
    {
        var designId = await account.CreateDesignAsync(projectId, name);
        foreach (var operations in EditModel.Seed(nodes))
        {
            (await account.SubmitAsync(designId, Guid.NewGuid(), operations)).Expect();
        }

        return designId;
    }

    /// <summary>Adds a connection that stops reading after its first frame, with as little room in the kernel as can be.</summary>
    public async Task AddPausedAsync(LoadClock clock, int nodes)
    {
        var client = await LoadClient.ConnectAsync(_account, clock, DesignId, index: 999, nodes, new HubOptions { ReceiveBufferBytes = 16 * 1024 });
        client.Connection.Pause();
        Paused.Add(client);
    }

    /// <summary>The nodes that a fresh joiner is shown otherwise than they were last stored; and how many were compared.</summary>
    public async Task<(int Checked, int Wrong)> CompareAsync()
    {
        await using var joiner = await _account.ConnectAsync();
        var frame = await joiner.Stream("WatchDesign", DesignId, null).NextAsync(TimeSpan.FromSeconds(60));
        var shown = frame.GetProperty("design").GetProperty("nodes").EnumerateArray()
            .ToDictionary(node => node.GetProperty("id").GetString()!, node => (X: node.GetProperty("x").GetDouble(), Y: node.GetProperty("y").GetDouble()));

        var last = Clients.SelectMany(client => client.Stored)
            .GroupBy(stored => stored.Key, (node, edits) => (Node: node, Edit: edits.Select(edit => edit.Value).MaxBy(edit => edit.Revision)!))
            .ToList();
        var wrong = last.Count(expected =>
            !shown.TryGetValue(EditModel.NodeId(expected.Node), out var position)
            || position.X != expected.Edit.X
            || position.Y != expected.Edit.Y);
        return (last.Count, wrong);
    }

    /// <summary>Lets the paused connections read again and says what they then got.</summary>
    public async Task<string?> ReviveAsync()
    {
        if (Paused.Count == 0)
        {
            return null;
        }

        var head = Clients.Max(client => client.Revision);
        var fates = new List<string>();
        foreach (var client in Paused)
        {
            var before = client.Connection.BytesIn;
            client.Connection.Resume();
            await Eventually.HoldsAsync(() => client.Connection.Closed.IsCompleted || client.Revision >= head, TimeSpan.FromSeconds(30), "the paused client reads on or is disconnected");
            var fate = client.Connection.Closed.IsCompleted ? $"disconnected ({await client.Connection.Closed})" : client.Resynchronized > 0 ? "sent a snapshot" : "sent all that it had missed";
            fates.Add($"{fate}, after {(client.Connection.BytesIn - before) / 1024} KiB");
        }

        return string.Join("; ", fates);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in Clients.Concat(Paused))
        {
            await client.DisposeAsync();
        }
    }
}
