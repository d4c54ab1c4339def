using System.Collections.Immutable;
using System.Text.Json;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Execution;

namespace Actors.Domain.Tests.Execution;

public sealed class RecordingTests
{
    [Fact]
    public void A_recording_has_what_each_firing_took_gave_and_recorded()
    {
        var plan = new TestNetwork().Node("s", "source", """{"count":3}""").Node("p", "pass").Node("out", "sink").Connect("s>p").Connect("p>out").Plan();
        var recorder = new RecordingDriver(plan)
        {
            Before = (network, firing) =>
            {
                if (network.Plan.Processes[firing.Process].NodeId == "p")
                {
                    network.RecordStep(firing, 1, new FiringStep(StepKind.Done, Token.Of($"answer {firing.Number}")));
                }
            },
        };

        var recording = recorder.Run();

        var node = recording.Find("p")!;
        Assert.Equal((3L, "pass"), (node.Committed, node.Component));
        Assert.Equal(["0", "1", "2"], Enumerable.Range(1, 3).Select(number => node.At(number)!.Tokens.Single().ToString()));
        Assert.Equal("\"answer 2\"", node.At(2)!.StepAt(1)!.Value.Token.ToString());
        Assert.Null(node.At(2)!.StepAt(2));
        Assert.Null(node.At(4));
        Assert.Null(recording.Find("other"));
    }

    [Fact]
    public void Steps_of_a_firing_that_never_ended_are_recorded_too()
    {
        var plan = new TestNetwork().Node("s", "source", """{"count":1}""").Node("p", "pass").Connect("s>p").Plan();
        var recorder = new RecordingDriver(plan)
        {
            Before = (network, firing) =>
            {
                if (network.Plan.Processes[firing.Process].NodeId == "p")
                {
                    network.RecordStep(firing, 1, new FiringStep(StepKind.Done, Token.True));
                    network.FailRun(new RunFailure("test", "test", "p"));
                }
            },
        };

        var firing = recorder.Run().Find("p")!.At(1)!;

        Assert.False(firing.IsCommitted);
        Assert.Equal(Token.True, firing.StepAt(1)!.Value.Token);
    }

    [Fact]
    public void A_firing_is_found_by_its_number_when_it_took_the_same_tokens()
    {
        var plan = new TestNetwork().Node("s", "source", """{"count":2}""").Node("p", "pass").Connect("s>p").Plan();
        var recording = new RecordingDriver(plan).Run();
        var network = new Network(plan, RunLimits.Default, seed: 1);
        Assert.True(network.TryBegin(0, out var source));
        source.Emitted.Add(new Emission(0, Token.Of(0L)));
        source.Emitted.Add(new Emission(0, Token.Of(9L)));
        network.Commit(source);
        Assert.True(network.TryBegin(0, out var same));
        Assert.Equal(1, recording.Same("p", same)!.Number);
        network.Commit(same);
        Assert.True(network.TryBegin(0, out var other));

        Assert.Null(recording.Same("p", other));
        Assert.Equal(2, recording.Nearest(plan.Processes[plan.Find("p")], other)!.Number);
    }

    [Fact]
    public void A_recording_that_is_larger_than_it_may_be_says_so()
    {
        var plan = new TestNetwork().Node("s", "source", """{"count":300}""").Node("p", "pass").Connect("s>p").Plan();
        Assert.True(new RecordingDriver(plan).Run(maximumBytes: 2_000).IsTruncated);
        Assert.False(new RecordingDriver(plan).Run().IsTruncated);
    }

    [Theory]
    [InlineData("p")]
    [InlineData("m")]
    [InlineData("s1")]
    [InlineData(null)]
    public void A_replay_executes_the_chosen_node_and_what_is_behind_it_and_comes_to_the_same(string? from)
    {
        var plan = Merging().Plan();
        for (var seed = 0; seed < 20; seed++)
        {
            var original = new RecordingDriver(plan, seed);
            var recording = original.Run();
            var replay = new RecordingDriver(plan, seed + 1_000, recording, from);
            replay.Run();

            var executed = Recording.Executed(plan, from);
            Assert.Equal(original.TakenBy("m"), replay.TakenBy("m"));
            Assert.Equal(original.Outputs, replay.Outputs);
            Assert.Equal(
                plan.Processes.Where(process => executed[process.Index]).Select(process => process.NodeId),
                replay.Executed.Distinct().Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void A_replay_of_a_run_that_was_cut_off_ends_behind_what_was_recorded()
    {
        var plan = new TestNetwork().Node("s", "source", """{"count":100}""").Node("p", "pass").Node("all", "sum").Node("out", "sink")
            .Connect("s>p").Connect("p>all").Connect("all>out").Plan();
        var original = new RecordingDriver(plan) { Before = (network, firing) => CancelAt(network, firing, 6) };
        var recording = original.Run();
        Assert.Equal(NetworkStatus.Cancelled, original.Network.Status);

        var replay = new RecordingDriver(plan, 0, recording, "p");
        replay.Run();

        Assert.Equal(NetworkStatus.Completed, replay.Network.Status);
        var emitted = recording.Find("s")!.Firings.SelectMany(firing => firing.Emitted).Sum(emission => emission.Token.Json.GetInt64());
        Assert.Equal([$"{emitted}"], replay.Outputs);
        Assert.DoesNotContain("s", replay.Executed);

        static void CancelAt(Network network, Firing firing, long number)
        {
            if (network.Plan.Processes[firing.Process].NodeId == "p" && firing.Number == number)
            {
                network.Cancel();
            }
        }
    }

    [Fact]
    public void A_replay_records_again_what_the_steps_of_firings_that_it_feeds_recorded()
    {
        var plan = new TestNetwork().Node("s", "source", """{"count":2}""").Node("p", "pass").Node("out", "sink").Connect("s>p").Connect("p>out").Plan();
        var original = new RecordingDriver(plan)
        {
            Before = (network, firing) =>
            {
                if (network.Plan.Processes[firing.Process].NodeId == "p")
                {
                    network.RecordStep(firing, 1, new FiringStep(StepKind.Done, Token.Of($"answer {firing.Number}")));
                }
            },
        };

        var replayed = new RecordingDriver(plan, 0, original.Run(), "out").Run();

        Assert.Equal("\"answer 2\"", replayed.Find("p")!.At(2)!.StepAt(1)!.Value.Token.ToString());
    }

    [Fact]
    public void A_replay_that_comes_to_something_else_goes_on_by_its_own_rule()
    {
        var plan = Merging().Plan();
        for (var seed = 0; seed < 20; seed++)
        {
            var recording = new RecordingDriver(plan, seed).Run();
            var replay = new RecordingDriver(plan, seed, recording, "p") { Drops = "p" };
            replay.Run();

            Assert.Equal(NetworkStatus.Completed, replay.Network.Status);
            Assert.Equal(9, replay.Outputs.Count);
        }
    }

    [Fact]
    public void A_replay_that_crashes_comes_to_the_same()
    {
        var plan = Merging().Plan();
        for (var seed = 0; seed < 20; seed++)
        {
            var original = new RecordingDriver(plan, seed);
            var recording = original.Run();
            var replay = new RecordingDriver(plan, seed, recording, "p", crashes: 0.2);
            replay.Run();

            Assert.Equal(original.TakenBy("m"), replay.TakenBy("m"));
            Assert.Equal(original.Outputs.Order(StringComparer.Ordinal), replay.Outputs.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void What_is_spent_and_what_passed_is_the_same_after_a_recovery_and_from_a_snapshot()
    {
        var plan = new TestNetwork().Node("s", "source", """{"count":2}""").Node("p", "pass").Connect("s>p").Plan();
        var network = new Network(plan, RunLimits.Default, seed: 1);
        Assert.True(network.TryBegin(0, out var source));
        source.Emitted.Add(new Emission(0, Token.Of("four")));
        network.Commit(source);
        Assert.True(network.TryBegin(0, out var firing));
        network.Spend(firing, new ModelSpending(10, 2, 0.000_000_15m));
        network.Spend(firing, new ModelSpending(1, 1, 0.5m));
        var snapshot = network.WriteSnapshot(out _);
        var (replayed, restored) = (new Network(plan, RunLimits.Default, seed: 1), new Network(plan, RunLimits.Default, seed: 1));
        replayed.Replay(network.Log.Take(out _));
        restored.ReadSnapshot(snapshot);

        Assert.All([network, replayed, restored], each =>
        {
            var spent = each.SpendingOf(plan.Find("p"));
            Assert.Equal((11L, 3L, 0.500_000_15m), (spent.InputTokens, spent.OutputTokens, spent.Cost));
            Assert.Equal((1, 1L, 6L), each.FiguresOfChannel(0));
            Assert.Equal("\"four\"", each.NewestIn(0)!.Preview());
        });
    }

    [Theory]
    [InlineData("text", "\"a\"", true)]
    [InlineData("text", "1", false)]
    [InlineData("number", "1.5", true)]
    [InlineData("number", "\"1\"", false)]
    [InlineData("boolean", "false", true)]
    [InlineData("boolean", "null", false)]
    [InlineData("file", """{"path":"a"}""", true)]
    [InlineData("file", "\"a\"", false)]
    [InlineData("list<number>", "[1,2]", true)]
    [InlineData("list<number>", "[1,\"2\"]", false)]
    [InlineData("list<number>", "1", false)]
    [InlineData("json", "null", true)]
    [InlineData("any", "[]", true)]
    [InlineData("signal", "1", true)]
    public void A_port_accepts_values_of_its_type(string type, string value, bool accepts) =>
        Assert.Equal(accepts, PortType.Parse(type)!.Accepts(JsonElement.Parse(value)));

    [Fact]
    public void One_node_runs_alone_between_its_samples_and_its_outputs()
    {
        var design = new TestNetwork().Node("a", "template", """{"template":"x"}""").Node("broken", "nonsense").Connect("a>broken").ToDesign();

        var (alone, refusal) = SingleNode.DesignOf(design, "a", ImmutableDictionary<string, ImmutableArray<Token>>.Empty.Add("in", [Token.True]), ComponentCatalog.BuiltIn);

        Assert.Null(refusal);
        Assert.Equal(["a", "a/in/in", "a/out/error", "a/out/out"], alone!.Nodes.Select(node => node.Id).Order(StringComparer.Ordinal));
        Assert.NotNull(PlanCompiler.Compile(alone, ComponentCatalog.BuiltIn, RunLimits.Default).Plan);
    }

    [Theory]
    [InlineData("none", "in", "1", "not_found")]
    [InlineData("a", "input", "1", "port_unknown")]
    [InlineData("t", "in", "1", "port_mismatch")]
    public void Samples_that_do_not_fit_are_refused(string node, string port, string token, string code)
    {
        var design = new TestNetwork().Node("a", "pass").Node("t", "text").ToDesign();
        var inputs = ImmutableDictionary<string, ImmutableArray<Token>>.Empty.Add(port, [Token.Of(JsonElement.Parse(token))]);
        Assert.Equal(code, SingleNode.DesignOf(design, node, inputs, TestNetwork.Catalog).Refusal!.Code);
    }

    /// <summary>Two sources whose tokens meet in an order of chance; one of them goes through a node of its own.</summary>
    private static TestNetwork Merging() => new TestNetwork()
        .Node("s1", "source", """{"count":9}""").Node("s2", "source", """{"count":9}""").Node("p", "pass").Node("m", "merge").Node("out", "sink")
        .Connect("s1>p", capacity: 2).Connect("p>m", capacity: 2).Connect("s2>m", capacity: 2).Connect("m>out");

    /// <summary>Executes a network in an order of chance and notes its journal.</summary>
    private sealed class RecordingDriver
    {
        private readonly NetworkPlan _plan;
        private readonly Random _random;
        private readonly Recording? _recording;
        private readonly bool[] _executed;
        private readonly double _crashes;
        private readonly List<(byte[] Records, List<Publication> Published)> _journal = [];
        private readonly List<Firing> _open = [];

        public RecordingDriver(NetworkPlan plan, int seed = 0, Recording? recording = null, string? from = null, double crashes = 0)
        {
            (_plan, _random, _recording, _crashes) = (plan, new Random(seed), recording, crashes);
            _executed = Recording.Executed(plan, from);
            Network = New();
        }

        public Network Network { get; private set; }

        public Action<Network, Firing>? Before { get; init; }

        /// <summary>A node that emits nothing, so that a replay comes to something else.</summary>
        public string? Drops { get; init; }

        public List<string> Outputs { get; } = [];

        public List<string> Executed { get; } = [];

        private List<(string Node, string Token)> Taken { get; } = [];

        public IEnumerable<string> TakenBy(string node) => Taken.Where(taken => taken.Node == node).Select(taken => taken.Token);

        public Recording Run(long maximumBytes = 1_000_000)
        {
            for (var idle = 0; Network.Status == NetworkStatus.Running && idle < 1_000; idle++)
            {
                if (Step())
                {
                    idle = 0;
                }
                else
                {
                    Network.Settle();
                    Keep();
                }
            }

            Keep();
            var reader = new RecordingReader(_plan, maximumBytes);
            foreach (var (records, published) in _journal)
            {
                reader.Read(records, published);
            }

            return reader.Finish();
        }

        private bool Step()
        {
            if ((_open.Count == 0 || (_open.Count < 5 && _random.Next(2) == 0)) && Network.TryBegin(0, out var begun))
            {
                _open.Add(begun);
            }
            else if (_open.Count > 0)
            {
                var firing = _open[_random.Next(_open.Count)];
                _open.Remove(firing);
                Complete(firing);
            }
            else
            {
                return false;
            }

            Keep();
            if (_random.NextDouble() < _crashes)
            {
                _open.Clear();
                Network = New();
                foreach (var (records, _) in _journal)
                {
                    Network.Replay(records);
                }

                Network.FinishReplay();
            }

            return true;
        }

        private Network New()
        {
            var network = new Network(_plan, RunLimits.Default, seed: 1);
            if (_recording is not null)
            {
                network.Follow(_recording, _executed);
            }

            return network;
        }

        private void Complete(Firing firing)
        {
            var node = _plan.Processes[firing.Process].NodeId;
            var taken = firing.Tokens.Length > 0 ? firing.Tokens[0].ToString() : "";
            if (!Network.TryRepeat(firing))
            {
                Before?.Invoke(Network, firing);
                Executed.Add(node);
                if (node != Drops)
                {
                    NetworkDriver.Behave(_plan.Processes[firing.Process], firing);
                }
            }

            if (!firing.IsAbandoned)
            {
                Taken.Add((node, taken));
            }

            Network.Commit(firing);
        }

        private void Keep()
        {
            List<Publication> published = [.. Network.Published];
            Network.Published.Clear();
            Outputs.AddRange(published.Where(publication => publication.Name.Length > 0).Select(publication => publication.Token.ToString()));
            if (Network.Log.Length > 0 || published.Count > 0)
            {
                _journal.Add((Network.Log.Take(out _), published));
            }
        }
    }
}
