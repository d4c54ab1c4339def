using Actors.Domain.Execution;

namespace Actors.Domain.Tests.Execution;

/// <summary>The rule <c>any</c>: fair choice, guards, timer and default branch.</summary>
public sealed class AlternationTests
{
    private const long Second = TimeSpan.TicksPerSecond;

    [Fact]
    public void The_choice_is_fair_among_parallel_firings_too()
    {
        var network = Fed("""{"parallelism":6}""", ("a", 4), ("b", 4)).Network;
        var served = new List<string>();
        while (served.Count < 6 && network.TryBegin(0, out var firing))
        {
            served.Add(firing.Tokens[0].ToString());
        }

        Assert.Equal(["\"a\"", "\"b\"", "\"a\"", "\"b\"", "\"a\"", "\"b\""], served);
    }

    [Fact]
    public void Firings_that_were_given_up_leave_the_turn_where_it_was()
    {
        var network = Fed("""{"parallelism":6}""", ("a", 4), ("b", 4)).Network;
        Assert.True(network.TryBegin(0, out _));
        network.FailRun(new RunFailure("other", "no", null));
        Assert.True(network.Retry());

        Assert.True(network.TryBegin(0, out var again));
        Assert.Equal("\"a\"", again.Tokens[0].ToString());
    }

    [Fact]
    public void An_input_that_merges_serves_its_connections_in_turn_beside_another_input()
    {
        var driver = new NetworkDriver(new TestNetwork().Node("a", "source").Node("b", "source").Node("c", "source").Node("p", "pair").Node("t", "sink")
            .Connect("a>p.left").Connect("b>p.left").Connect("c>p.right").Connect("p>t").Plan());
        Feed(driver, ("a", 3), ("b", 3), ("c", 6));
        var served = new List<string>();
        while (driver.Network.TryBegin(0, out var firing))
        {
            if (firing.Process == driver.Plan.Find("p"))
            {
                served.Add(firing[0]!.ToString());
            }

            driver.Network.Commit(firing);
        }

        Assert.Equal(["\"a\"", "\"b\"", "\"a\"", "\"b\"", "\"a\"", "\"b\""], served);
    }

    [Fact]
    [Spec("FI-04")]
    public void A_component_that_fires_at_the_start_does_so_before_it_takes_anything_and_sets_its_guards()
    {
        var driver = Fed(null, "start", ("a", 1), ("b", 1));
        var network = driver.Network;
        Assert.True(network.TryBegin(0, out var start));
        Assert.Equal((FiringCause.Start, -1), (start.Cause, start.Input));
        Assert.False(network.TryBegin(0, out _), "It fired before its guards were set.");
        start.Accept = 0b10;
        network.Commit(start);
        driver.Keep();

        foreach (var alive in new[] { network, driver.Recover() })
        {
            Assert.True(alive.TryBegin(0, out var first));
            Assert.Equal((FiringCause.Tokens, 1), (first.Cause, first.Input));
            Assert.False(alive.TryBegin(0, out _), "It took what its guard keeps out.");
        }
    }

    [Fact]
    [Spec("FI-06")]
    public void The_default_branch_is_taken_when_no_input_is_ready_and_the_timer_when_its_time_has_come_first()
    {
        var driver = new NetworkDriver(new TestNetwork().Node("a", "source").Node("s", "start").Node("t", "sink").Connect("a>s").Connect("s>t").Plan());
        var network = driver.Network;
        Assert.True(network.TryBegin(0, out var source));
        var start = Next(network, "s", FiringCause.Start);
        start.WakeAt = 0;
        network.Commit(start);

        var byDefault = Next(network, "s", FiringCause.Timer);
        byDefault.WakeAt = 5 * Second;
        network.Commit(byDefault);
        Assert.False(network.TryBegin(0, out _));
        Assert.Equal(5 * Second, network.NextDue);

        source.Emitted.Add(new Emission(0, Token.Of("a")));
        source.Again = true;
        network.Commit(source);
        Firing token;
        do
        {
            Assert.True(network.TryBegin(0, out token));
        }
        while (token.Process != driver.Plan.Find("s"));
        Assert.Equal(FiringCause.Tokens, token.Cause);
        token.WakeAt = 9 * Second;
        network.Commit(token);
        network.Advance(5 * Second);
        Assert.False(Begins(network, 5 * Second, "s"), "A timer outlived the firing that came before it.");

        network.Advance(9 * Second);
        Assert.True(Begins(network, 9 * Second, "s"));
    }

    [Fact]
    public void A_ready_input_goes_before_a_timer_that_is_due()
    {
        var driver = Fed(null, "start", ("a", 1));
        var start = Next(driver.Network, "m", FiringCause.Start);
        start.WakeAt = 0;
        driver.Network.Commit(start);

        Next(driver.Network, "m", FiringCause.Tokens);
    }

    [Fact]
    public void Tokens_that_a_closed_guard_keeps_out_for_ever_are_a_deadlock_that_names_the_guard()
    {
        var driver = Fed(null, "start", ("a", 1));
        var start = Next(driver.Network, "m", FiringCause.Start);
        start.Accept = 0b10;
        driver.Network.Commit(start);
        driver.Run();

        var failure = driver.Network.Failure!;
        Assert.Equal((ErrorCodes.RunDeadlocked, "m"), (failure.Code, failure.NodeId));
        Assert.Equal(new WaitFor("m", "in", "guard", "m"), Assert.Single(failure.Waits));
        Assert.Equal("No process can go on: 'm' does not let in what waits at 'in'.", failure.Detail);
    }

    private static NetworkDriver Fed(string? execution, params (string Source, int Tokens)[] feeds) => Fed(execution, "loop", feeds);

    /// <summary>A node m with a source for each input, whose tokens are in and whose end is near.</summary>
    private static NetworkDriver Fed(string? execution, string type, params (string Source, int Tokens)[] feeds)
    {
        var design = new TestNetwork().Node("m", type, execution: execution).Node("t", "sink").Connect("m>t");
        foreach (var ((source, _), port) in feeds.Zip(["in", "back"]))
        {
            design.Node(source, "source").Connect($"{source}>m.{port}");
        }

        var driver = new NetworkDriver(design.Plan());
        Feed(driver, feeds);
        return driver;
    }

    private static void Feed(NetworkDriver driver, params (string Source, int Tokens)[] feeds)
    {
        var sources = new List<Firing>();
        while (sources.Count < feeds.Length)
        {
            Assert.True(driver.Network.TryBegin(0, out var firing));
            if (feeds.Any(feed => driver.Plan.Find(feed.Source) == firing.Process))
            {
                sources.Add(firing);
            }
            else
            {
                // Begun before its time: the test begins it again.
                driver.Network.FailRun(new RunFailure("test", "test", null));
                driver.Network.Retry();
                sources.Clear();
            }
        }

        foreach (var firing in sources)
        {
            var (source, tokens) = feeds.Single(feed => driver.Plan.Find(feed.Source) == firing.Process);
            firing.Emitted.AddRange(Enumerable.Repeat(new Emission(0, Token.Of(source)), tokens));
            driver.Network.Commit(firing);
        }
    }

    private static Firing Next(Network network, string node, FiringCause cause)
    {
        Assert.True(network.TryBegin(0, out var firing));
        Assert.Equal((node, cause), (network.Plan.Processes[firing.Process].NodeId, firing.Cause));
        return firing;
    }

    private static bool Begins(Network network, long now, string node)
    {
        while (network.TryBegin(now, out var firing))
        {
            if (network.Plan.Processes[firing.Process].NodeId == node)
            {
                return true;
            }
        }

        return false;
    }
}
