using System.Collections.Immutable;
using System.Text.Json;
using Actors.Domain.Designs;
using Actors.Domain.Json;
using FsCheck;
using FsCheck.Fluent;
using static Actors.Domain.Tests.Designs.DesignDriver;

namespace Actors.Domain.Tests.Designs;

public sealed class DesignJsonTests
{
    private static readonly DateTimeOffset At = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly ImmutableArray<Operation> Operations =
    [
        new NodeAdd(new Node { Id = "a", Type = "box", Parent = "p", X = 0.1, Y = -3, Width = 5, Height = 0, Order = "a0", Label = "é\"", Props = Parse("""{"k":[1,null]}"""), Execution = Parse("{}") }),
        Set("a", """{"x":1e-7,"label":null}"""),
        new NodeRemove("a"),
        Connect("c", "a", "b"),
        new ConnectionSet("c", Parse("""{"props":{"k":1}}""")),
        new ConnectionRemove("c"),
        new DesignSet(Parse("""{"name":"n"}""")),
    ];

    [Fact]
    public void Every_contract_comes_back_from_json_as_it_went()
    {
        foreach (var operation in Operations)
        {
            RoundTrip(operation);
        }

        RoundTrip(new Batch(Guid.NewGuid(), 3, Operations));
        RoundTrip<SubmitResult>(new SubmitResult.Committed(7, [1, 2], Operations));
        RoundTrip<SubmitResult>(new SubmitResult.Committed(7, []));
        RoundTrip<SubmitResult>(new SubmitResult.Refused(Refusal.Field("x", "must be finite") with { Index = 3, Retryable = true }));
        RoundTrip(new Change(9, Guid.NewGuid(), At, Robot, Operations));
        RoundTrip(new DesignPosition("epoch", 4));
        RoundTrip<DesignEvent>(new DesignDeleted { Author = Ann, At = At });
        RoundTrip<DesignEvent>(new BatchCommitted
        {
            Author = Ann,
            At = At,
            BatchId = Guid.NewGuid(),
            Operations = Operations,
            Ignored = [4],
            Rewritten = true,
            Cause = BatchCause.Revert,
            TakenBack = new TakenBack { Entries = 2, JobId = "job_1", Steps = [0, 1] },
        });
        var design = new DesignDriver();
        design.Submit(Ann, Add("s", type: "source"), Add("t", "s", "sink"), Connect("c", "s", "t"));
        RoundTrip(design.State.ToDocument());
        RoundTrip(design.State.ToSnapshot());
        RoundTrip(design.Journal[0]);
    }

    [Fact]
    public void The_wire_form_is_the_protocol_s()
    {
        Assert.Equal("""{"op":"node.set","id":"a","patch":{"x":1e-7,"label":null}}""", JsonSerializer.Serialize(Operations[1], DomainJson.Options));
        Assert.Equal("""{"status":"committed","revision":2,"ignored":[]}""", JsonSerializer.Serialize<SubmitResult>(new SubmitResult.Committed(2, []), DomainJson.Options));
        Assert.Equal(
            """{"status":"refused","error":{"code":"type_unknown","detail":"d","index":1,"retryable":false}}""",
            JsonSerializer.Serialize<SubmitResult>(new SubmitResult.Refused(new Refusal("type_unknown", "d", 1)), DomainJson.Options));
    }

    [Fact]
    public void A_discriminator_may_stand_anywhere() =>
        Assert.IsType<SubmitResult.Committed>(JsonSerializer.Deserialize<SubmitResult>("""{"revision":2,"ignored":[],"status":"committed"}""", DomainJson.Options));

    [Fact]
    public void What_is_no_operation_tells_why() =>
        Assert.Contains("node.explode", Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Operation>("""{"op":"node.explode"}""", DomainJson.Options)).Message);

    [Fact]
    public void A_node_needs_no_more_than_the_required_fields()
    {
        var node = JsonSerializer.Deserialize<Node>("""{"id":"a","type":"box"}""", DomainJson.Options)!;
        Assert.Equal(("", "{}"), (node.Order, node.Props.GetRawText()));
    }

    [Fact]
    public void Numbers_keep_every_bit() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NormalFloat>(), number =>
        {
            var json = JsonSerializer.Serialize<Operation>(new NodeAdd(new Node { Id = "a", Type = "box", X = number.Item }), DomainJson.Options);
            Assert.Equal(number.Item, Assert.IsType<NodeAdd>(JsonSerializer.Deserialize<Operation>(json, DomainJson.Options)).Node.X);
        }).QuickCheckThrowOnFailure();

    private static void RoundTrip<T>(T value)
    {
        var json = JsonSerializer.Serialize(value, DomainJson.Options);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<T>(json, DomainJson.Options), DomainJson.Options));
    }
}
