using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.TestKit.Server;

namespace Actors.EndToEnd.Tests.Campaigns;

/// <summary>
/// Submits pipelined batches and remembers each with its id and what was answered. It moves nodes that everyone shares
/// and adds and removes nodes of its own, so that every batch takes effect whatever became of the others.
/// </summary>
internal sealed class Writer(string designId, int index, int sharedNodes, Random random)
{
    private const int Pipeline = 16;

    private readonly List<SentBatch> _batches = [];
    private readonly Queue<string> _own = new();
    private int _added;
    private int _acknowledged;

    public string DesignId => designId;

    /// <summary>Read only while nothing is written.</summary>
    public IReadOnlyList<SentBatch> Batches => _batches;

    public int Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>Every refusal that was answered.</summary>
    public ConcurrentQueue<JsonElement> Refusals { get; } = new();

    /// <summary>Keeps a number of batches under way until told to stop, the connection breaks or a batch is refused.</summary>
    public async Task WriteAsync(HubConnectionLite connection, CancellationToken stop)
    {
        var underWay = new List<Task>();
        var refusals = Refusals.Count;
        while (!stop.IsCancellationRequested && !connection.Closed.IsCompleted && Refusals.Count == refusals)
        {
            while (underWay.Count < Pipeline)
            {
                underWay.Add(SubmitAsync(connection, Next()));
            }

            await Task.WhenAny(underWay);
            underWay.RemoveAll(task => task.IsCompleted);
        }

        await Task.WhenAll(underWay);
    }

    /// <summary>
    /// Sends again what was not acknowledged, except what is given up by lot, and something that was acknowledged:
    /// each must be answered as committed within the deadline, the acknowledged with the revision that it had.
    /// </summary>
    public async Task ResendAsync(HubConnectionLite connection, bool abandonSome)
    {
        foreach (var batch in _batches.Where(batch => batch is { Revision: null, IsAbandoned: false }).ToList())
        {
            batch.IsAbandoned = abandonSome && random.Next(3) == 0;
            if (!batch.IsAbandoned)
            {
                await Eventually.HoldsAsync(() => SubmitAsync(connection, batch), Deadlines.Answer, "a batch sent again is committed");
            }
        }

        var acknowledged = _batches.Where(batch => batch.Revision is not null).ToList();
        if (acknowledged.Count > 0)
        {
            var batch = acknowledged[random.Next(acknowledged.Count)];
            var again = await connection.InvokeAsync("Submit", designId, Edits.Batch(batch.Id, batch.Operations));
            Assert.Equal(batch.Revision, again.GetProperty("revision").GetInt64());
        }
    }

    private SentBatch Next()
    {
        JsonNode[] operations;
        if (_own.Count > 20 && random.Next(4) == 0)
        {
            operations = [Edits.Remove(_own.Dequeue())];
        }
        else if (random.Next(4) == 0)
        {
            var id = $"w{index}-{_added++}";
            operations = [Edits.Add(id, random.Next(1_000), random.Next(1_000)), Move()];
        }
        else
        {
            operations = [Move()];
        }

        var batch = new SentBatch(operations);
        _batches.Add(batch);
        return batch;
    }

    private JsonObject Move() => Edits.Move($"shared-{random.Next(sharedNodes)}", random.Next(10_000), random.Next(10_000));

    /// <summary>Whether the batch was committed; a broken connection is an answer that did not come.</summary>
    private async Task<bool> SubmitAsync(HubConnectionLite connection, SentBatch batch)
    {
        JsonElement result;
        try
        {
            result = await connection.InvokeAsync("Submit", designId, Edits.Batch(batch.Id, batch.Operations));
        }
        catch (HubException)
        {
            return false;
        }

        if (result.GetProperty("status").GetString() != "committed")
        {
            Refusals.Enqueue(result.GetProperty("error"));
            return false;
        }

        Assert.Equal(0, result.GetProperty("ignored").GetArrayLength());
        batch.Revision = result.GetProperty("revision").GetInt64();
        Interlocked.Increment(ref _acknowledged);
        if (batch.Operations[0]["op"]!.GetValue<string>() == "node.add")
        {
            lock (_own)
            {
                _own.Enqueue(batch.Operations[0]["node"]!["id"]!.GetValue<string>());
            }
        }

        return true;
    }
}
