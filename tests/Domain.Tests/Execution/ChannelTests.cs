using Actors.Domain.Execution;

namespace Actors.Domain.Tests.Execution;

/// <summary>What processes and channels keep to, looked at firing by firing.</summary>
public sealed class ChannelTests
{
    [Fact]
    [Spec("RU-02")]
    public void Every_node_is_a_process_and_every_connection_a_channel()
    {
        var plan = new TestNetwork().Node("s", "source", """{"count":1}""").Node("p", "pass").Node("t", "sink").Connect("s>p").Connect("p>t").Connect("s>t").Plan();

        Assert.Equal(["p", "s", "t"], plan.Processes.Select(process => process.NodeId).Order());
        Assert.Equal(
            ["p>t", "s>p", "s>t"],
            plan.Channels.Select(channel => $"{plan.Processes[channel.From].NodeId}>{plan.Processes[channel.To].NodeId}").Order());
    }

    [Fact]
    [Spec("CH-02")]
    public void A_channel_holds_64_tokens_when_its_connection_says_nothing()
    {
        var network = Begun(new TestNetwork().Node("s", "source", """{"count":1}""").Node("t", "sink").Connect("s>t", capacity: null));
        var firings = WriteWhilePossible(network, "s");

        // The 65th token finds no room and waits before the channel, and its writer with it.
        Assert.Equal(65, firings);
        Assert.Equal(64, network.FiguresOfChannel(0).Waiting);
    }

    [Fact]
    [Spec("CH-04", "CH-05")]
    public void A_process_that_takes_nothing_suspends_the_source_at_the_other_end()
    {
        var network = Begun(new TestNetwork().Node("s", "source", """{"count":1}""").Node("p", "pass").Node("q", "pass").Node("t", "sink")
            .Connect("s>p", 2).Connect("p>q", 2).Connect("q>t", 2));
        var slow = new List<Firing>();
        PassWhilePossible(network, slow);
        var stopped = network.FiguresOf(network.Plan.Find("s")).Firings;
        PassWhilePossible(network, slow);

        // Two in each of three channels, where what the sink has taken counts until it ends, and one before each.
        Assert.Equal(9, stopped);
        Assert.Equal(stopped, network.FiguresOf(network.Plan.Find("s")).Firings);

        network.Commit(Assert.Single(slow));
        slow.Clear();
        PassWhilePossible(network, slow);
        Assert.Equal(stopped + 1, network.FiguresOf(network.Plan.Find("s")).Firings);
    }

    [Fact]
    [Spec("FI-01")]
    public void All_waits_for_a_token_on_every_required_input()
    {
        var network = Begun(new TestNetwork().Node("x", "source", """{"count":1}""").Node("y", "source", """{"count":1}""").Node("z", "both").Node("t", "sink")
            .Connect("x>z.a").Connect("y>z.b").Connect("z>t"));
        Emit(network, "x", 1);
        var other = Begin(network);
        Assert.Equal("y", NodeOf(network, other));
        Assert.False(network.TryBegin(0, out _));

        other.Emitted.Add(new Emission(0, Token.Of(2L)));
        network.Commit(other);
        var both = Begin(network);
        Assert.Equal(["1", "2"], both.Tokens.ToArray().Select(token => token.ToString()));
    }

    [Fact]
    [Spec("FI-02")]
    public void An_optional_input_gives_what_it_has_and_is_not_waited_for()
    {
        var network = Begun(new TestNetwork().Node("x", "source", """{"count":1}""").Node("y", "source", """{"count":1}""").Node("z", "spiced").Node("t", "sink")
            .Connect("x>z").Connect("y>z.extra").Connect("z>t"));
        Emit(network, "x", 1, 2);
        var late = Begin(network);
        var first = Begin(network);
        Assert.Equal(("y", "z"), (NodeOf(network, late), NodeOf(network, first)));
        Assert.Equal(("1", (Token?)null), (first[0]!.ToString(), first[1]));

        network.Commit(first);
        late.Emitted.Add(new Emission(0, Token.Of(7L)));
        network.Commit(late);
        Token? extra = null;
        while (extra is null)
        {
            var firing = Begin(network);
            extra = NodeOf(network, firing) == "z" ? firing[1] : null;
            network.Commit(firing);
        }

        Assert.Equal("7", extra.ToString());
    }

    [Fact]
    [Spec("FI-03")]
    public void An_alternation_serves_inputs_that_are_ready_in_turn_and_waits_for_none()
    {
        var network = Begun(new TestNetwork().Node("x", "source", """{"count":1}""").Node("y", "source", """{"count":1}""").Node("z", "either").Node("t", "sink")
            .Connect("x>z.a").Connect("y>z.b").Connect("z>t"));
        Emit(network, "x", 1, 3, 5);
        Emit(network, "y", 2, 4);
        var served = new List<string>();
        while (network.TryBegin(0, out var firing))
        {
            if (NodeOf(network, firing) == "z")
            {
                served.Add(firing.Tokens[0].ToString());
            }

            network.Commit(firing);
        }

        Assert.Equal(["1", "2", "3", "4", "5"], served);
    }

    [Fact]
    [Spec("FI-08", "CL-01", "CL-04")]
    public void A_source_fires_without_inputs_and_once_when_it_does_not_ask_for_more()
    {
        var network = Begun(new TestNetwork().Node("s", "source", """{"count":1}""").Node("t", "sink").Connect("s>t"));
        network.Commit(Begin(network));

        Assert.False(network.TryBegin(0, out _));
        Assert.True(network.Settle());
        Assert.Equal(NetworkStatus.Completed, network.Status);
    }

    [Fact]
    [Spec("FI-09", "DU-01")]
    public void A_firing_takes_and_gives_in_one_record_or_not_at_all()
    {
        var network = Begun(new TestNetwork().Node("s", "source", """{"count":1}""").Node("d", "double").Node("t", "sink").Connect("s>d").Connect("d>t"));
        Emit(network, "s", 4);
        var records = new List<byte[]> { network.Log.Take(out _) };
        var firing = Begin(network);
        firing.Emitted.Add(new Emission(0, Token.Of(4L)));
        firing.Emitted.Add(new Emission(0, Token.Of(5L)));
        Assert.Equal((0, 0), (network.Log.Length, Recovered().FiguresOfChannel(1).Waiting));
        Assert.Equal(1, Recovered().FiguresOfChannel(0).Waiting);

        network.Commit(firing);
        records.Add(network.Log.Take(out _));
        Assert.Equal((0, 2), (Recovered().FiguresOfChannel(0).Waiting, Recovered().FiguresOfChannel(1).Waiting));

        Network Recovered()
        {
            var other = new Network(network.Plan, RunLimits.Default, seed: 1);
            records.ForEach(record => other.Replay(record));
            other.FinishReplay();
            return other;
        }
    }

    [Fact]
    [Spec("DU-02")]
    public void The_branch_that_was_taken_is_the_same_after_recovery()
    {
        var network = Begun(new TestNetwork().Node("x", "source", """{"count":1}""").Node("y", "source", """{"count":1}""").Node("z", "either").Node("t", "sink")
            .Connect("x>z.a").Connect("y>z.b").Connect("z>t"));
        Emit(network, "x", 1, 3);
        Emit(network, "y", 2, 4);
        for (var taken = 0; taken < 3; )
        {
            var firing = Begin(network);
            taken += NodeOf(network, firing) == "z" ? 1 : 0;
            network.Commit(firing);
        }

        var recovered = new Network(network.Plan, RunLimits.Default, seed: 1);
        recovered.Replay(network.Log.Take(out _));
        recovered.FinishReplay();

        Assert.Equal((0, 1), (recovered.FiguresOfChannel(0).Waiting, recovered.FiguresOfChannel(1).Waiting));
        Assert.Equal("4", recovered.NewestIn(1)!.ToString());
    }

    [Fact]
    [Spec("DU-04")]
    public void A_firing_that_is_begun_again_draws_the_numbers_that_it_drew()
    {
        var plan = new TestNetwork().Node("s", "source", """{"count":1}""").Plan();
        var (one, other) = (new Network(plan, RunLimits.Default, seed: 7), new Network(plan, RunLimits.Default, seed: 7));
        var (first, again) = (Begin(one), Begin(other));

        var drawn = Enumerable.Range(1, 100).Select(draw => one.Draw(first, draw)).ToList();
        Assert.Equal(drawn, Enumerable.Range(1, 100).Select(draw => other.Draw(again, draw)));
        Assert.True(drawn.Distinct().Count() > 90);
    }

    [Fact]
    [Spec("CT-06")]
    public void A_node_has_so_many_firings_at_once_and_no_more()
    {
        var network = Begun(new TestNetwork().Node("s", "source", """{"count":1}""").Node("p", "pass", execution: """{"parallelism":3}""").Node("t", "sink").Connect("s>p").Connect("p>t"));
        Emit(network, "s", 1, 2, 3, 4, 5);

        Assert.Equal([1, 2, 3], new[] { Begin(network), Begin(network), Begin(network) }.Select(firing => firing.Number));
        Assert.False(network.TryBegin(0, out _));
    }

    [Fact]
    [Spec("CT-07")]
    public void A_run_has_so_many_firings_at_once_and_no_more()
    {
        var plan = new TestNetwork().Node("a", "source", """{"count":1}""").Node("b", "source", """{"count":1}""").Node("c", "source", """{"count":1}""").Plan();
        var network = new Network(plan, new RunLimits { ParallelFirings = 2 }, seed: 1);
        var first = Begin(network);
        Begin(network);
        Assert.False(network.TryBegin(0, out _));

        network.Commit(first);
        Assert.True(network.TryBegin(0, out _));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Spec("DL-02")]
    public void What_is_in_flight_or_waits_for_a_time_is_no_deadlock(bool timer)
    {
        var network = Begun(new TestNetwork().Node("s", "source", """{"count":1}""").Node("t", "sink").Connect("s>t"));
        var firing = Begin(network);
        if (timer)
        {
            firing.WakeAt = 1_000;
            network.Commit(firing);
        }

        Assert.False(network.TryBegin(0, out _));
        Assert.False(network.Settle());
        Assert.Equal(NetworkStatus.Running, network.Status);
        network.Advance(2_000);
        Assert.Equal(timer, network.TryBegin(2_000, out _));
    }

    [Fact]
    [Spec("CH-03", "DL-01", "DL-02")]
    public void A_line_of_rendezvous_comes_to_its_end_in_any_order_and_is_no_deadlock()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var run = new TestNetwork().Node("s", "source", """{"count":20}""").Node("p", "pass", execution: """{"parallelism":4}""").Node("q", "pass").Node("t", "sink")
                .Connect("s>p", 0).Connect("p>q", 0).Connect("q>t", 0).Run(seed, crashes: 0.05);

            Assert.Equal(NetworkStatus.Completed, run.Network.Status);
            Assert.Equal(Enumerable.Range(0, 20).Select(n => $"{n}"), run.Outputs);
        }
    }

    [Fact]
    [Spec("DL-01", "DL-03")]
    public void A_deadlock_over_channels_of_capacity_0_names_who_waits_for_whom()
    {
        var run = new TestNetwork().Node("s", "source", """{"count":50}""").Node("c", "sum").Node("z", "zip").Node("t", "sink")
            .Connect("s>z", 0).Connect("s>c", 0).Connect("c>z", 0).Connect("z>t", 0).Run();

        Assert.Equal(ErrorCodes.RunDeadlocked, run.Network.Failure?.Code);
        Assert.Equal(["c", "s", "z"], run.Network.Failure!.Waits.Select(wait => wait.Node).Order());
    }

    private static Network Begun(TestNetwork design) => new(design.Plan(), RunLimits.Default, seed: 1);

    private static Firing Begin(Network network)
    {
        Assert.True(network.TryBegin(0, out var firing));
        return firing;
    }

    private static string NodeOf(Network network, Firing firing) => network.Plan.Processes[firing.Process].NodeId;

    /// <summary>The source's one firing, which must be the next.</summary>
    private static void Emit(Network network, string source, params long[] tokens)
    {
        var firing = Begin(network);
        Assert.Equal(source, NodeOf(network, firing));
        firing.Emitted.AddRange(tokens.Select(token => new Emission(0, Token.Of(token))));
        network.Commit(firing);
    }

    /// <summary>The source emits one token after another; nobody else does anything.</summary>
    private static int WriteWhilePossible(Network network, string source)
    {
        var count = 0;
        while (network.TryBegin(0, out var firing))
        {
            if (NodeOf(network, firing) != source)
            {
                continue;
            }

            count++;
            firing.Emitted.Add(new Emission(0, Token.Of(count)));
            firing.Again = true;
            network.Commit(firing);
        }

        return count;
    }

    /// <summary>Everybody passes on what they have, but for the sink, which takes and does not end.</summary>
    private static void PassWhilePossible(Network network, List<Firing> slow)
    {
        while (network.TryBegin(0, out var firing))
        {
            switch (NodeOf(network, firing))
            {
                case "t":
                    slow.Add(firing);
                    continue;
                case "s":
                    firing.Emitted.Add(new Emission(0, Token.Of(1L)));
                    firing.Again = true;
                    break;
                default:
                    firing.Emitted.Add(new Emission(0, firing.Tokens[0]));
                    break;
            }

            network.Commit(firing);
        }
    }
}
