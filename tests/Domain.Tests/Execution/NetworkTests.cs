using Actors.Domain.Execution;

namespace Actors.Domain.Tests.Execution;

public sealed class NetworkTests
{
    [Fact]
    [Spec("CH-01", "CL-01", "CL-02", "CL-04", "FI-09")]
    public void Tokens_pass_through_a_pipeline_in_order_and_the_run_is_complete()
    {
        var run = Pipeline(capacity: 2).Run();

        Assert.Equal(NetworkStatus.Completed, run.Network.Status);
        Assert.Equal(Enumerable.Range(0, 10).Select(n => $"{n}"), run.Outputs);
    }

    [Fact]
    [Spec("CH-04")]
    public void A_full_channel_suspends_its_writer()
    {
        var driver = new NetworkDriver(new TestNetwork().Node("s", "source", """{"count":100}""").Node("p", "pass").Node("t", "sink")
            .Connect("s>p", 5).Connect("p>t", 5).Plan());
        while (driver.Network.TryBegin(0, out var firing))
        {
            if (driver.Network.Plan.Processes[firing.Process].NodeId != "s")
            {
                continue;
            }

            var position = firing.Kept("p")?.Json.GetInt64() ?? 0;
            firing.Emitted.Add(new Emission(0, Token.Of(position)));
            firing.State.Set("p", Token.Of(position + 1));
            firing.Again = true;
            driver.Network.Commit(firing);
        }

        var figures = driver.Network.FiguresOf(driver.Network.Plan.Find("s"));
        Assert.Equal((6, 1), (figures.Firings, figures.Outgoing));
    }

    [Fact]
    [Spec("CH-03")]
    public void In_a_rendezvous_neither_side_goes_on_alone()
    {
        var network = new NetworkDriver(new TestNetwork().Node("s", "source", """{"count":2}""").Node("t", "sink").Connect("s>t", 0).Plan()).Network;
        Assert.True(network.TryBegin(0, out var write));
        write.Emitted.Add(new Emission(0, Token.Of(1L)));
        write.Again = true;
        network.Commit(write);

        Assert.True(network.TryBegin(0, out var read));
        Assert.False(network.TryBegin(0, out _), "The writer went on before its token was accepted.");
        Assert.Equal(network.Plan.Find("t"), read.Process);
        network.Commit(read);
        Assert.True(network.TryBegin(0, out var next));
        Assert.Equal(network.Plan.Find("s"), next.Process);
    }

    [Fact]
    [Spec("CH-03")]
    public void Offer_and_accept_are_one_commit_and_neither_side_goes_on_alone()
    {
        // A reader that is slow, and a writer with more to say: after every record of the journal, as after a crash there.
        var plan = new TestNetwork().Node("s", "source", """{"count":3}""").Node("p", "pass").Node("t", "sink").Connect("s>p", 0).Connect("p>t").Plan();
        var driver = new NetworkDriver(plan);
        var (offered, accepted) = (0, 0);
        while (driver.Network.Status == NetworkStatus.Running)
        {
            if (!driver.Step())
            {
                driver.Network.Settle();
            }

            foreach (var network in new[] { driver.Network, driver.Recover() })
            {
                var (writer, reader) = (network.FiguresOf(plan.Find("s")), network.FiguresOf(plan.Find("p")));
                var (waiting, passed, _) = network.FiguresOfChannel(0);

                // What the writer offered is still its own, and holds it, exactly as long as the reader has not consumed it.
                Assert.Equal(waiting == 1, writer.Outgoing > 0);
                Assert.Equal(reader.Firings, passed - waiting);
                Assert.False(writer.Ended && waiting > 0, "The writer's output closed before its token was accepted.");
                offered += waiting;
                accepted += (int)reader.Firings;
            }
        }

        Assert.Equal(["0", "1", "2"], driver.Outputs);
        Assert.True(offered > 0 && accepted > 0);
    }

    [Fact]
    [Spec("CH-06", "CH-07")]
    public void Copy_gives_every_connection_every_token_and_compete_each_token_to_one()
    {
        var copied = Fan("pass").Run();
        var shared = Fan("share").Run();
        var chosen = Fan("pass", """{"fanOut":{"out":"compete"}}""").Run();
        var unchosen = Fan("share", """{"fanOut":{"out":"copy"}}""").Run();

        Assert.Equal("0 0 1 1 2 2 3 3", copied.Sorted);
        Assert.Equal("0 1 2 3", shared.Sorted);
        Assert.Equal("0 1 2 3", chosen.Sorted);
        Assert.Equal(copied.Sorted, unchosen.Sorted);
        Assert.All(new[] { "a", "b" }, node => Assert.True(shared.Network.FiguresOf(shared.Network.Plan.Find(node)).Firings > 0));

        static TestNetwork Fan(string type, string? execution = null) => new TestNetwork().Node("s", "source", """{"count":4}""").Node("f", type, execution: execution)
            .Node("a", "sink").Node("b", "sink").Connect("s>f").Connect("f>a", 1).Connect("f>b", 1);
    }

    [Fact]
    [Spec("CH-09")]
    public void Join_takes_one_from_each_connection()
    {
        var run = new TestNetwork().Node("a", "source", """{"count":3}""").Node("b", "source", """{"count":5}""").Node("z", "zip").Node("t", "sink")
            .Connect("a>z").Connect("b>z").Connect("z>t").Run();

        Assert.Equal(["0", "2", "4"], run.Outputs);
        Assert.Equal(NetworkStatus.Completed, run.Network.Status);
        Assert.Contains(run.Events, line => line.Contains("\"dropped\"", StringComparison.Ordinal));
    }

    [Fact]
    [Spec("CH-08")]
    public void Merge_serves_its_connections_in_turn()
    {
        var network = new NetworkDriver(new TestNetwork().Node("a", "source", """{"count":9}""").Node("b", "source", """{"count":9}""").Node("m", "merge").Node("t", "sink")
            .Connect("a>m").Connect("b>m").Connect("m>t").Plan()).Network;
        foreach (var source in new[] { "a", "b" })
        {
            Assert.True(network.TryBegin(0, out var firing));
            firing.Emitted.AddRange(Enumerable.Repeat(new Emission(0, Token.Of(source)), 4));
            network.Commit(firing);
        }

        var served = new List<string>();
        while (network.TryBegin(0, out var firing))
        {
            if (firing.Process == network.Plan.Find("m"))
            {
                served.Add(firing.Tokens[0].ToString());
            }

            network.Commit(firing);
        }

        Assert.Equal(["\"a\"", "\"b\"", "\"a\"", "\"b\"", "\"a\"", "\"b\"", "\"a\"", "\"b\""], served);
    }

    [Fact]
    [Spec("FI-07")]
    public void Collect_fires_once_with_all_tokens_when_its_input_has_closed()
    {
        var run = new TestNetwork().Node("s", "source", """{"count":200}""").Node("c", "sum").Node("t", "sink").Connect("s>c", 4).Connect("c>t").Run();

        Assert.Equal(["19900"], run.Outputs);
    }

    [Fact]
    [Spec("CL-01")]
    public void A_process_that_keeps_something_fires_once_more_at_the_end()
    {
        var run = new TestNetwork().Node("s", "source", """{"count":7}""").Node("c", "count").Node("t", "sink").Connect("s>c", 1).Connect("c>t").Run(crashes: 0.2);

        Assert.Equal(["7"], run.Outputs);
    }

    [Fact]
    [Spec("FI-10")]
    public void Parallel_firings_keep_the_order_of_their_inputs()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var run = new TestNetwork().Node("s", "source", """{"count":40}""").Node("p", "pass", execution: """{"parallelism":8}""").Node("t", "sink")
                .Connect("s>p").Connect("p>t").Run(seed);
            Assert.Equal(Enumerable.Range(0, 40).Select(n => $"{n}"), run.Outputs);
        }
    }

    [Fact]
    [Spec("CL-01")]
    public void A_cycle_closes_when_nothing_is_in_it_and_nothing_can_come()
    {
        var run = Loop(capacity: 8).Run();

        Assert.Equal(NetworkStatus.Completed, run.Network.Status);
        Assert.Equal(["0", "0", "0", "0"], run.Outputs);
    }

    [Fact]
    [Spec("DL-01", "DL-03")]
    public void A_deadlock_is_detected_and_names_who_waits_for_whom()
    {
        // The source can write no more into the zip, which waits for the sum, which waits for the source's end.
        var run = new TestNetwork().Node("s", "source", """{"count":50}""").Node("c", "sum").Node("z", "zip").Node("t", "sink")
            .Connect("s>z", 4).Connect("s>c").Connect("c>z").Connect("z>t").Run();

        Assert.Equal(NetworkStatus.Failed, run.Network.Status);
        Assert.Equal(ErrorCodes.RunDeadlocked, run.Network.Failure!.Code);
        Assert.Equal(
            [("c", "in", "read", "s"), ("s", "out", "write", "z"), ("z", "in", "read", "c")],
            run.Network.Failure.Waits.Select(wait => (wait.Node, wait.Port, wait.Waiting, wait.For)).Order());
    }

    [Fact]
    [Spec("CL-03")]
    public void Poison_ends_everything_that_is_connected_in_both_directions()
    {
        var run = new TestNetwork().Node("s", "source", """{"count":500}""").Node("p", "poison").Node("t", "sink").Connect("s>p", 1).Connect("p>t")
            .Node("s2", "source", """{"count":3}""").Node("t2", "sink").Connect("s2>t2").Run();

        Assert.Equal(NetworkStatus.Completed, run.Network.Status);
        Assert.Equal("0 1 2", run.Sorted);
        Assert.True(run.Network.FiguresOf(run.Network.Plan.Find("s")).Firings < 10);
    }

    [Fact]
    public void A_process_that_ends_lets_its_writers_go_on()
    {
        var run = new TestNetwork().Node("s", "source", """{"count":50}""").Node("f", "first").Node("t", "sink").Connect("s>f", 2).Connect("f>t").Run();

        Assert.Equal(["0"], run.Outputs);
        Assert.Equal(NetworkStatus.Completed, run.Network.Status);
    }

    [Theory]
    [InlineData("""{"retry":{"attempts":3,"backoffMilliseconds":100},"onError":"fail"}""", NetworkStatus.Completed, "0 1 2")]
    [InlineData("""{"retry":{"attempts":2,"backoffMilliseconds":100},"onError":"fail"}""", NetworkStatus.Failed, "0")]
    [InlineData("""{"retry":{"attempts":2,"backoffMilliseconds":100},"onError":"skip"}""", NetworkStatus.Completed, "0 2")]
    [Spec("FA-01", "FA-05", "FA-06")]
    public void A_failed_firing_is_tried_again_and_then_follows_the_nodes_policy(string execution, NetworkStatus status, string outputs)
    {
        var driver = new NetworkDriver(new TestNetwork().Node("s", "source", """{"count":3}""").Node("p", "pass", execution: execution).Node("t", "sink")
            .Connect("s>p").Connect("p>t").Plan());
        driver.Before = (node, firing) =>
        {
            if (node == "p" && firing.Number == 2 && firing.Attempt < 3)
            {
                throw new InvalidOperationException("no");
            }
        };
        driver.Run();

        Assert.Equal((status, outputs), (driver.Network.Status, driver.Sorted));
        Assert.Equal(status == NetworkStatus.Failed ? "p" : null, driver.Network.Failure?.NodeId);
    }

    [Fact]
    [Spec("FA-02")]
    public void The_pause_before_an_attempt_doubles_up_to_a_minute_and_half_of_it_is_by_chance()
    {
        var shares = new List<double>();
        foreach (var seed in Enumerable.Range(1, 40))
        {
            var network = new Network(
                new TestNetwork().Node("s", "source", execution: """{"retry":{"attempts":20,"backoffMilliseconds":1000}}""").Plan(), RunLimits.Default, (ulong)seed);
            Assert.True(network.TryBegin(0, out var firing));
            long now = 0;
            for (var attempt = 1; attempt < 20; attempt++)
            {
                Assert.Equal(FailureVerdict.Retried, network.Fail(firing, now, "busy", "no"));
                var full = TimeSpan.FromMilliseconds(Math.Min(60_000, 1_000 * Math.Pow(2, attempt - 1))).Ticks;
                var pause = network.NextDue!.Value - now;
                Assert.InRange(pause, full / 2, full);
                shares.Add((double)pause / full);
                now = network.NextDue!.Value;
                Assert.False(network.TryBegin(now - 1, out _));
                network.Advance(now);
                Assert.True(network.TryBegin(now, out firing));
                Assert.Equal(attempt + 1, firing.Attempt);
            }
        }

        Assert.InRange(shares.Average(), 0.7, 0.8);
        Assert.True(shares.Distinct().Count() > 100);
    }

    [Fact]
    [Spec("FA-02")]
    public void The_pause_is_at_least_what_the_target_asked_for()
    {
        var network = new Network(new TestNetwork().Node("s", "source", execution: """{"retry":{"attempts":2,"backoffMilliseconds":1}}""").Plan(), RunLimits.Default, 1);
        Assert.True(network.TryBegin(0, out var firing));
        network.Fail(firing, 0, "busy", "no", retryAfter: TimeSpan.FromSeconds(90));

        Assert.Equal(TimeSpan.FromSeconds(90).Ticks, network.NextDue);
    }

    [Fact]
    public void Whoever_used_most_is_known()
    {
        var network = new TestNetwork().Node("a", "source", """{"count":2}""").Node("b", "source", """{"count":30}""").Node("t", "sink").Connect("a>t").Connect("b>t").Run().Network;

        Assert.Equal(("b", 30L), (network.Most(network.TokensFrom)!.Value.Process.NodeId, network.Most(network.TokensFrom)!.Value.Amount));
        Assert.Equal("b", network.Most(network.BytesFrom)!.Value.Process.NodeId);
        Assert.Null(network.Most(network.QueuedFrom));
    }

    [Fact]
    [Spec("FA-07")]
    public void An_error_leaves_by_the_port_error()
    {
        var driver = new NetworkDriver(new TestNetwork().Node("s", "source", """{"count":2}""").Node("p", "pass", execution: """{"onError":"port"}""").Node("t", "sink")
            .Connect("s>p").Connect("p.error>t").Plan());
        driver.Before = (node, _) =>
        {
            if (node == "p")
            {
                throw new InvalidOperationException("broken");
            }
        };
        driver.Run();

        Assert.Equal(
            """{"code":"test","message":"broken","node":"p","firing":1,"attempts":1,"input":0}""",
            driver.Outputs[0]);
        Assert.Equal(2, driver.Outputs.Count);
    }

    [Fact]
    [Spec("FA-09")]
    public void A_failed_run_goes_on_from_the_firing_that_failed()
    {
        var broken = true;
        var driver = new NetworkDriver(Pipeline(2).Plan());
        driver.Before = (node, firing) =>
        {
            if (broken && node == "p1" && firing.Number == 4)
            {
                throw new InvalidOperationException("no");
            }
        };
        driver.Run();
        Assert.Equal(NetworkStatus.Failed, driver.Network.Status);

        broken = false;
        driver.Crash();
        Assert.True(driver.Network.Retry());
        driver.Run();

        Assert.Equal(NetworkStatus.Completed, driver.Network.Status);
        Assert.Equal(Enumerable.Range(0, 10).Select(n => $"{n}"), driver.Outputs);
    }

    [Fact]
    [Spec("CT-01", "CT-04", "CT-05")]
    public void A_paused_run_starts_nothing_and_a_cancelled_one_ends()
    {
        var driver = new NetworkDriver(Pipeline(2).Plan());
        driver.Step();
        Assert.True(driver.Network.Pause());
        Assert.False(driver.Network.TryBegin(0, out _));
        Assert.True(driver.Network.Resume());
        Assert.True(driver.Network.Cancel());
        driver.Step();
        Assert.Equal((NetworkStatus.Cancelled, 0), (driver.Network.Status, driver.Network.InFlight));
        Assert.False(driver.Network.Resume());
    }

    [Fact]
    public void A_firing_that_passes_a_token_on_takes_few_bytes_of_journal()
    {
        var network = new NetworkDriver(Pipeline(64).Plan()).Network;
        var bytes = 0;
        while (network.TryBegin(0, out var firing))
        {
            var process = network.Plan.Processes[firing.Process];
            if (process.Component.Id == "source")
            {
                firing.Emitted.Add(new Emission(0, Token.Of(new string('x', 1_000))));
            }
            else if (process.Component.Id == "pass")
            {
                firing.Emitted.Add(new Emission(0, firing.Tokens[0]));
            }

            network.Log.Take(out _);
            network.Commit(firing);
            bytes = process.Component.Id == "pass" ? network.Log.Length : bytes;
        }

        Assert.InRange(bytes, 5, 12);
    }

    private static TestNetwork Pipeline(int capacity) => new TestNetwork().Node("s", "source", """{"count":10}""").Node("p1", "pass").Node("p2", "pass").Node("t", "sink")
        .Connect("s>p1", capacity).Connect("p1>p2", capacity).Connect("p2>t", capacity);

    private static TestNetwork Loop(int capacity) => new TestNetwork().Node("s", "source", """{"count":4}""").Node("l", "loop").Node("d", "countdown").Node("t", "sink")
        .Connect("s>l").Connect("l>d", capacity).Connect("d.back>l.back", capacity).Connect("d.out>t");
}
