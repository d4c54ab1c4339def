using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.TestKit.Server;

namespace Actors.EndToEnd.Tests.Campaigns;

/// <summary>
/// Several people who write to several designs while others watch, through whatever is done to the server, and the
/// account that is drawn up afterwards: every acknowledged batch is stored exactly once, everything else at most once.
/// </summary>
internal sealed class Campaign : IAsyncDisposable
{
    private const int SharedNodes = 20;

    private readonly ApiClient _account;
    private readonly List<HubConnectionLite> _connections = [];
    private CancellationTokenSource _stop = new();
    private Task _writing = Task.CompletedTask;

    private Campaign(ApiClient account) => _account = account;

    public List<Writer> Writers { get; } = [];

    public List<Watcher> Watchers { get; } = [];

    public int Acknowledged => Writers.Sum(writer => writer.Acknowledged);

    public static async Task<Campaign> PrepareAsync(ServerProcess server, int designs, int writersPerDesign, int seed)
    {
        var account = await ApiClient.RegisterAsync(server.Address, "campaign");
        var campaign = new Campaign(account);
        var projectId = await account.CreateProjectAsync("Campaign");
        for (var d = 0; d < designs; d++)
        {
            var designId = await account.CreateDesignAsync(projectId, $"Design {d}");
            var nodes = new JsonArray([.. Enumerable.Range(0, SharedNodes).Select(i => Edits.Add($"shared-{i}"))]);
            (await account.SubmitAsync(designId, Guid.NewGuid(), nodes)).Expect();
            campaign.Watchers.Add(new Watcher(designId));
            for (var w = 0; w < writersPerDesign; w++)
            {
                campaign.Writers.Add(new Writer(designId, w, SharedNodes, new Random(HashCode.Combine(seed, d, w))));
            }
        }

        return campaign;
    }

    /// <summary>Connects everyone; watchers go on from where they were.</summary>
    public async Task ConnectAsync()
    {
        foreach (var watcher in Watchers)
        {
            watcher.Follow(await OpenAsync());
        }

        foreach (var _ in Writers)
        {
            await OpenAsync();
        }
    }

    /// <summary>Settles what was open when the connections broke.</summary>
    public Task ResendAsync(bool abandonSome) =>
        Task.WhenAll(Writers.Select((writer, i) => writer.ResendAsync(ConnectionOf(i), abandonSome)));

    public void StartWriting()
    {
        _stop.Dispose();
        _stop = new CancellationTokenSource();
        var stop = _stop.Token;
        _writing = Task.WhenAll(Writers.Select((writer, i) => Task.Run(() => writer.WriteAsync(ConnectionOf(i), stop))));
    }

    /// <summary>Waits until so many more batches are acknowledged.</summary>
    public Task ProgressAsync(int batches)
    {
        var target = Acknowledged + batches;
        return Eventually.HoldsAsync(() => Acknowledged >= target || _writing.IsFaulted, Deadlines.Answer, $"{batches} more batches are acknowledged");
    }

    /// <summary>As <see cref="ProgressAsync"/>, where writers may be refused and stop for a while after an outage: they then begin again.</summary>
    public Task ProgressThroughRefusalsAsync(int batches)
    {
        var target = Acknowledged + batches;
        return Eventually.HoldsAsync(
            async () =>
            {
                if (Acknowledged < target && _writing.IsCompletedSuccessfully)
                {
                    await ResendAsync(abandonSome: false);
                    StartWriting();
                }

                return Acknowledged >= target || _writing.IsFaulted;
            },
            Deadlines.Answer,
            $"{batches} more batches are acknowledged");
    }

    /// <summary>Stops writing, or sees that the broken connections have stopped it.</summary>
    public async Task StopWritingAsync()
    {
        await _stop.CancelAsync();
        await _writing.WaitAsync(Deadlines.Answer);
    }

    /// <summary>Waits until every writer has been refused and has stopped by itself.</summary>
    public Task RefusedAsync() => _writing.WaitAsync(Deadlines.Answer);

    /// <summary>Waits until the server has ended every watcher's stream, so that all that it sent before is read.</summary>
    public Task WatchersEndAsync() => Task.WhenAll(Watchers.Select(watcher => watcher.EndedAsync()));

    public async Task DisconnectAsync()
    {
        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }

        _connections.Clear();
        foreach (var watcher in Watchers)
        {
            await watcher.EndedAsync();
        }
    }

    /// <summary>Asserts everything that was promised. Watchers must be connected.</summary>
    public async Task VerifyAsync()
    {
        foreach (var watcher in Watchers)
        {
            var design = await _account.GetDesignAsync(watcher.DesignId);
            var changes = await _account.GetChangesAsync(watcher.DesignId);
            VerifyChanges(changes, design.GetProperty("revision").GetInt64());
            VerifyBatches(changes, Writers.Where(writer => writer.DesignId == watcher.DesignId));
            await VerifyReplicaAsync(watcher, design);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }

        _stop.Dispose();
        _account.Dispose();
    }

    private static void VerifyChanges(List<JsonElement> changes, long revision)
    {
        var expected = Enumerable.Range(1, changes.Count).Select(number => (long)number);
        Assert.Equal(expected, changes.Select(change => change.GetProperty("revision").GetInt64()));
        Assert.Equal(revision, changes.Count);
    }

    private static void VerifyBatches(List<JsonElement> changes, IEnumerable<Writer> writers)
    {
        var stored = changes.ToLookup(change => change.GetProperty("batchId").GetGuid(), change => change.GetProperty("revision").GetInt64());
        Assert.All(stored, batch => Assert.Single(batch));
        foreach (var batch in writers.SelectMany(writer => writer.Batches).Where(batch => batch.Revision is not null))
        {
            Assert.Equal([batch.Revision!.Value], stored[batch.Id]);
        }
    }

    private static async Task VerifyReplicaAsync(Watcher watcher, JsonElement design)
    {
        var server = DesignReplica.Of(design);
        await Eventually.HoldsAsync(() => watcher.Revision == server.Revision, Deadlines.Answer, $"the watcher reaches revision {server.Revision} from {watcher.Revision}");
        Assert.Equal(server.Canonical(), watcher.Replica.Canonical());
    }

    private HubConnectionLite ConnectionOf(int writer) => _connections[Watchers.Count + writer];

    private async Task<HubConnectionLite> OpenAsync()
    {
        var connection = await _account.ConnectAsync();
        _connections.Add(connection);
        return connection;
    }
}
