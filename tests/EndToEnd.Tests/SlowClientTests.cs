using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.EndToEnd.Tests.Campaigns;
using Actors.TestKit.Server;
using Xunit.Abstractions;

namespace Actors.EndToEnd.Tests;

public sealed class SlowClientTests(ITestOutputHelper output)
{
    /// <summary>Characters of a label that is set with every edit, so that the paused client falls behind by megabytes soon.</summary>
    private const int LabelLength = 190;

    private const int OperationsPerBatch = 100;
    private const int Batches = 1_000;

    /// <summary>
    /// The server's whole managed heap, 256 MiB in hexadecimal: it must serve everybody within it. The process's memory
    /// would tell less, because the collector is lazy while there is room.
    /// </summary>
    private const string HeapLimit = "0x10000000";

    [Fact]
    public async Task A_client_that_stops_reading_harms_nobody_and_is_resynchronized_or_disconnected()
    {
        await using var server = await ServerProcess.StartAsync(new ServerOptions { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["DOTNET_GCHeapHardLimit"] = HeapLimit } });
        using var account = await ApiClient.RegisterAsync(server.Address, "crowd");
        var designId = await account.CreateDesignAsync(await account.CreateProjectAsync("Crowd"), "Crowd");
        (await account.SubmitAsync(designId, Guid.NewGuid(), [.. Enumerable.Range(0, OperationsPerBatch).Select(i => Edits.Add($"n{i}"))])).Expect();

        await using var reading = await account.ConnectAsync();
        var watcher = new Watcher(designId);
        watcher.Follow(reading);
        await using var stuck = await account.ConnectAsync(new HubOptions { ReceiveBufferBytes = 8 * 1024 });
        var stream = stuck.Stream("WatchDesign", designId, null);
        var replica = new DesignReplica();
        replica.Apply(await stream.NextAsync(Deadlines.Answer));
        stuck.Pause();

        await using var writing = await account.ConnectAsync();
        await WriteAsync(writing, designId);
        var head = (await account.GetDesignAsync(designId)).GetProperty("revision").GetInt64();
        await Eventually.HoldsAsync(() => watcher.Revision == head, Deadlines.Answer, $"the reading client reaches revision {head} from {watcher.Revision}");
        output.WriteLine($"The server uses {server.Usage().ResidentBytes >> 20} MiB; the reading client received {reading.BytesIn >> 20} MiB.");

        stuck.Resume();
        var isDisconnected = await ReadToAsync(stream, replica, head);
        if (isDisconnected)
        {
            // The reason can only be told to a client that still drains; one that comes back is served at once.
            Assert.True(replica.EndCode is null or "too_slow", $"The stream ended with '{replica.EndCode}'.");
            await using var back = await account.ConnectAsync();
            var again = back.Stream("WatchDesign", designId, replica.Position);
            if (await ReadToAsync(again, replica, head))
            {
                Assert.Fail($"Who came back was ended at revision {replica.Revision} of {head}: {replica.EndCode} {await again.Ended}\n{server.Output}");
            }
        }
        else
        {
            Assert.True(replica.Snapshots > 1, "The paused client was sent every change, which means that they were all kept for it.");
        }

        Assert.Equal(DesignReplica.Of(await account.GetDesignAsync(designId)).Canonical(), replica.Canonical());
    }

    private static async Task WriteAsync(HubConnectionLite connection, string designId)
    {
        foreach (var chunk in Enumerable.Range(0, Batches).Chunk(20))
        {
            var results = await Task.WhenAll(chunk.Select(number => connection.InvokeAsync("Submit", designId, Edits.Batch(Guid.NewGuid(), Operations(number)))));
            Assert.All(results, result => Assert.Equal("committed", result.GetProperty("status").GetString()));
        }
    }

    private static JsonNode[] Operations(int number) =>
        [.. Enumerable.Range(0, OperationsPerBatch).Select(i => Edits.Set($"n{i}", new JsonObject { ["x"] = number, ["label"] = $"{number} ".PadRight(LabelLength, 'x') }))];

    /// <summary>Applies frames until the replica is at the head; whether the stream ended before.</summary>
    private static async Task<bool> ReadToAsync(HubStream stream, DesignReplica replica, long head)
    {
        using var deadline = new CancellationTokenSource(Deadlines.Answer);
        await foreach (JsonElement frame in stream.Items.ReadAllAsync(deadline.Token))
        {
            replica.Apply(frame);
            if (replica.Revision == head && replica.EndCode is null)
            {
                return false;
            }
        }

        return true;
    }
}
