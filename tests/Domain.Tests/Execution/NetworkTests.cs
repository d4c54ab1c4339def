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
    [Spec("CH-06", "CH-07")]
    public void Copy_gives_every_connection_every_token_and_compete_each_token_to_one()
    {
        var copied = Fan("pass").Run();
        var shared = Fan("share").Run();

        Assert.Equal("0 0 1 1 2 2 3 3", copied.Sorted);
        Assert.Equal("0 1 2 3", shared.Sorted);
        Assert.All(new[] { "a", "b" }, node => Assert.True(shared.Network.FiguresOf(shared.Network.Plan.Find(node)).Firings > 0));

        static TestNetwork Fan(string type) => new TestNetwork().Node("s", "source", """{"count":4}""").Node("f", type)
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
