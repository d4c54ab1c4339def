using System.Text.Json;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Lists;
using Actors.Domain.Json;
using Actors.Grains.Interfaces.Designs;
using Actors.Grains.Tests.Infrastructure;
using Actors.Storage;
using Orleans;

namespace Actors.Grains.Tests.Designs;

/// <summary>A design on a silo, with short names for what tests do to it.</summary>
internal sealed class TestDesign(TestSilo silo, string id)
{
    private static int s_batches;

    public static DesignCaller Ann { get; } = new(new Author("acc_ann", AuthorKind.User), MayEdit: true);

    public string Id => id;

    public string Stream => $"design/{id}";

    public IDesignGrain Grain => silo.Grains.GetGrain<IDesignGrain>(id);

    public static async Task<TestDesign> CreateAsync(TestSilo silo, string id = "dsg_1", string project = "prj_1", string name = "Plan", DesignKind kind = DesignKind.Wireframe)
    {
        var design = new TestDesign(silo, id);
        var reply = await design.Grain.Create(Ann, new NewDesign(project, name, kind, null, null, [], [])).InTime();
        Assert.Null(reply.Refusal);
        return design;
    }

    public static Guid NewId() => new(Interlocked.Increment(ref s_batches), 1, 1, new byte[8]);

    public static Batch Adding(string node, Guid? batchId = null) =>
        new(batchId ?? NewId(), 0, [new NodeAdd(new Node { Id = node, Type = "shape.rectangle", X = 1 })]);

    public static Batch Connecting(string connection, string from, string to) =>
        new(NewId(), 0, [new ConnectionAdd(new Connection { Id = connection, From = new Endpoint(from, "out"), To = new Endpoint(to, "in") })]);

    public static Batch Removing(string node) => new(NewId(), 0, [new NodeRemove(node)]);

    public static Batch Patching(string node, string patch) => new(NewId(), 0, [new NodeSet(node, JsonDocument.Parse(patch).RootElement.Clone())]);

    public static string Json<T>(T value) => JsonSerializer.Serialize(value, Interfaces.GrainMessages.Options);

    public Task<SubmitResult> SubmitAsync(Batch batch) => Grain.Submit(Ann, batch).InTime();

    public async Task<SubmitResult.Committed> CommitAsync(Batch batch) => Assert.IsType<SubmitResult.Committed>(await SubmitAsync(batch));

    /// <summary>Submits the batches in their order, all at once.</summary>
    public Task<SubmitResult>[] SubmitAll(IEnumerable<Batch> batches) => [.. batches.Select(SubmitAsync)];

    /// <summary>Submits while the journal holds its outcomes back, and returns when it has been asked for as many appends.</summary>
    public async Task<Task<SubmitResult>[]> SubmitHeldAsync(params Batch[] batches)
    {
        var held = silo.Journal.Held;
        var results = SubmitAll(batches);
        await Wait.UntilAsync(() => silo.Journal.Held == held + batches.Length);
        return results;
    }

    public async Task<DesignDocument> DocumentAsync() => (await Grain.GetDocument().InTime())!;

    public async Task<List<JournalEntry>> JournalAsync()
    {
        var entries = new List<JournalEntry>();
        await foreach (var entry in silo.Journal.Stored.ReadAsync(Stream, 0, int.MaxValue, CancellationToken.None))
        {
            entries.Add(entry);
        }

        return entries;
    }

    /// <summary>The state that the journal makes, with nothing but the pure core.</summary>
    public async Task<DesignState> ReplayAsync(long upTo = long.MaxValue) =>
        (await JournalAsync()).TakeWhile(entry => entry.Revision <= upTo).Aggregate(
            DesignState.Initial,
            (state, entry) => state.Apply(JsonSerializer.Deserialize(entry.Payload.Span, DomainJson.Event)!));

    /// <summary>What another activation of this grain would write.</summary>
    public async Task WriteBehindItsBackAsync(string node)
    {
        var state = await ReplayAsync();
        var command = new SubmitBatch(Adding(node), Ann.Author, DateTimeOffset.UnixEpoch);
        var result = await silo.Journal.Stored.AppendAsync(new JournalAppend
        {
            Stream = Stream,
            Revision = state.Revision + 1,
            BatchId = command.Batch.BatchId,
            At = command.At,
            Author = command.Author.Id,
            Payload = JsonSerializer.SerializeToUtf8Bytes(state.Decide(command, ComponentCatalog.BuiltIn, DesignLimits.Default).Event!, DomainJson.Event),
        });
        Assert.Equal(AppendStatus.Committed, result.Status);
    }

    /// <summary>The journal has no gaps and no batch twice, the grain is what the journal makes of it, and so says the catalog.</summary>
    public async Task<List<JournalEntry>> CheckAsync()
    {
        var entries = await JournalAsync();
        Assert.Equal(Enumerable.Range(1, entries.Count).Select(revision => (long)revision), entries.Select(entry => entry.Revision));
        Assert.Equal(entries.Count, entries.Select(entry => entry.BatchId).Distinct().Count());
        var replayed = (await ReplayAsync()).ToDocument();
        Assert.Equal(Json(replayed), Json(await DocumentAsync()));
        var page = await silo.Grains.GetGrain<IDesignDirectoryGrain>(0).List(replayed.ProjectId, new DesignListQuery(new ListRequest(100))).InTime();
        var header = Assert.Single(page.Items, header => header.Id == id);
        Assert.Equal(Json(await Grain.GetHeader().InTime()), Json(header));
        return entries;
    }

    public static void AssertRefused(string code, SubmitResult result, bool retryable)
    {
        var refused = Assert.IsType<SubmitResult.Refused>(result);
        Assert.Equal(code, refused.Error.Code);
        Assert.Equal(retryable, refused.Error.Retryable);
    }

    /// <summary>All were committed, at these revisions.</summary>
    public static async Task AssertCommittedAsync(IEnumerable<long> revisions, params Task<SubmitResult>[] results) =>
        Assert.Equal(revisions, (await Task.WhenAll(results)).Select(result => Assert.IsType<SubmitResult.Committed>(result).Revision));
}
