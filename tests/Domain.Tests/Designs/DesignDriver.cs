using System.Collections.Immutable;
using System.Text.Json;
using Actors.Domain.Designs;
using Actors.Domain.Json;

namespace Actors.Domain.Tests.Designs;

/// <summary>A design with its journal, and short names for what tests do to it. Checks at every step that deciding and applying agree.</summary>
internal sealed class DesignDriver
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private int _batches;

    public DesignDriver(DesignLimits? limits = null, DesignKind kind = DesignKind.Process)
    {
        Limits = limits ?? DesignLimits.Default;
        Assert.Null(Send(Create(kind)));
    }

    public static Author Ann { get; } = new("usr_ann", AuthorKind.User);

    public static Author Bob { get; } = new("usr_bob", AuthorKind.User);

    public static Author Robot { get; } = new("painter", AuthorKind.Agent, "job_1");

    public DesignLimits Limits { get; }

    public DesignState State { get; private set; } = DesignState.Initial;

    public List<DesignEvent> Journal { get; } = [];

    public BatchCommitted Last => (BatchCommitted)Journal[^1];

    public static CreateDesign Create(DesignKind kind = DesignKind.Process, ImmutableArray<Node> nodes = default, ImmutableArray<Connection> connections = default) => new(
        "dsg_1", "prj_1", "Plan", kind, null, null, "epoch", Ann, Start, nodes.IsDefault ? [] : nodes, connections.IsDefault ? [] : connections);

    /// <summary>The refusal, or null when the command happened or was done already.</summary>
    public Refusal? Send(DesignCommand command)
    {
        var decision = State.Decide(command, TestCatalog.Instance, Limits);
        if (decision.Event is { } happened)
        {
            var stored = JsonSerializer.Deserialize<DesignEvent>(Json(happened), DomainJson.Options)!;
            Assert.Equal(Json(decision.Next!.ToSnapshot()), Json(State.Apply(stored).ToSnapshot()));
            Assert.Equal(State.Revision + 1, decision.Next.Revision);
            Journal.Add(stored);
            State = decision.Next;
        }

        return decision.Refusal;
    }

    public Refusal? Submit(Author author, params Operation[] operations) =>
        Send(new SubmitBatch(new Batch(NextId(), 0, [.. operations]), author, At()));

    public Refusal? Undo(Author author) => Send(new UndoLast(NextId(), author, At()));

    public Refusal? Redo(Author author) => Send(new RedoLast(NextId(), author, At()));

    public Refusal? Revert(Author author, string job) => Send(new RevertJob(job, NextId(), author, At()));

    /// <summary>The contents as JSON, without what every event changes.</summary>
    public JsonElement Contents() => JsonSerializer.SerializeToElement(State.ToDocument() with { Revision = 0, UpdatedAt = Start }, DomainJson.Options);

    public static string Json(DesignSnapshot snapshot) => JsonSerializer.Serialize(snapshot, DomainJson.Options);

    public static string Json(DesignEvent @event) => JsonSerializer.Serialize(@event, DomainJson.Options);

    public static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement.Clone();

    public static NodeAdd Add(string id, string? parent = null, string type = "box", string order = "", string props = "{}") =>
        new(new Node { Id = id, Type = type, Parent = parent, Order = order, X = 1, Y = 2, Props = Parse(props) });

    public static NodeSet Set(string id, string patch) => new(id, Parse(patch));

    public static ConnectionAdd Connect(string id, string from, string to, string fromPort = "out", string toPort = "in") =>
        new(new Connection { Id = id, From = new Endpoint(from, fromPort), To = new Endpoint(to, toPort) });

    private Guid NextId() => new(++_batches, 0, 0, new byte[8]);

    private DateTimeOffset At() => Start.AddSeconds(_batches);
}
