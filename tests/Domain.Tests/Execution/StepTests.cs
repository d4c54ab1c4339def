using Actors.Domain.Execution;

namespace Actors.Domain.Tests.Execution;

/// <summary>What firings have recorded, when their run fails, is retried, or comes back.</summary>
public sealed class StepTests
{
    private static readonly Token Asked = TokenOf("""{"kind":"run","details":{}}""");

    [Theory]
    [InlineData("""{"status":"failed"}""")]
    [InlineData("""{"status":"cancelled"}""")]
    [InlineData("true")]
    public void An_answer_that_a_firing_failed_upon_is_not_told_again_when_the_run_is_retried(string answer)
    {
        var (driver, firing) = Begun();
        driver.Network.RecordStep(firing, 1, new FiringStep(StepKind.Awaited, Asked));
        Assert.True(driver.Network.Answer(firing.Process, firing.Number, 1, TokenOf(answer)));
        driver.Network.Fail(firing, 0, "sub_run_failed", "no", retryable: false);
        driver.Keep();

        foreach (var network in new[] { driver.Network, driver.Recover() })
        {
            Assert.True(network.Retry());
            Assert.Null(network.FindStep(driver.Plan.Find("p"), 1, 1));
        }
    }

    [Fact]
    public void A_firing_that_failed_for_good_keeps_what_happened_outside_and_forgets_what_it_chose_since()
    {
        var (driver, firing) = Begun();
        driver.Network.RecordStep(firing, 1, new FiringStep(StepKind.Chosen, TokenOf("1")));
        driver.Network.RecordStep(firing, 2, new FiringStep(StepKind.Done, TokenOf("2")));
        driver.Network.RecordStep(firing, 3, new FiringStep(StepKind.Chosen, TokenOf("3")));
        driver.Network.RecordStep(firing, 4, new FiringStep(StepKind.Chosen, TokenOf("4")));
        driver.Network.Fail(firing, 0, "answer_invalid", "no", retryable: false);

        Assert.True(driver.Network.Retry());
        Assert.Equal([true, true, false, false], Enumerable.Range(1, 4).Select(step => driver.Network.FindStep(firing.Process, 1, step) is not null));
    }

    [Fact]
    public void Another_attempt_of_the_same_firing_is_told_everything_again()
    {
        var (driver, firing) = Begun("""{"retry":{"attempts":2}}""");
        driver.Network.RecordStep(firing, 1, new FiringStep(StepKind.Chosen, TokenOf("1")));
        Assert.Equal(FailureVerdict.Retried, driver.Network.Fail(firing, 0, "busy", "no"));

        Assert.NotNull(driver.Network.FindStep(firing, 1));
    }

    [Theory]
    [InlineData("""{"status":"completed"}""", true)]
    [InlineData("""{"status":"cancelled"}""", false)]
    [InlineData("true", false)]
    public void A_run_that_has_failed_takes_no_answer_but_that_of_work_which_was_completed(string answer, bool taken)
    {
        var (driver, firing) = Begun();
        driver.Network.RecordStep(firing, 1, new FiringStep(StepKind.Awaited, Asked));
        driver.Network.FailRun(new RunFailure("other", "another node failed", "t"));

        Assert.Equal(taken, driver.Network.Answer(firing.Process, firing.Number, 1, TokenOf(answer)));
        Assert.True(driver.Network.Retry());
        Assert.Equal(taken ? StepKind.Answered : StepKind.Awaited, driver.Network.FindStep(firing.Process, 1, 1)?.Kind);
    }

    [Fact]
    public void What_did_not_complete_for_a_firing_that_another_nodes_failure_stopped_is_asked_anew()
    {
        var (driver, firing) = Begun();
        driver.Network.RecordStep(firing, 1, new FiringStep(StepKind.Awaited, Asked));
        Assert.True(driver.Network.Answer(firing.Process, firing.Number, 1, TokenOf("""{"status":"failed"}""")));
        driver.Network.FailRun(new RunFailure("other", "another node failed", "t"));
        driver.Keep();

        foreach (var network in new[] { driver.Network, driver.Recover() })
        {
            Assert.NotNull(network.FindStep(firing.Process, 1, 1));
            Assert.True(network.Retry());
            Assert.Null(network.FindStep(firing.Process, 1, 1));
            Assert.Equal(1, network.Retries);
        }
    }

    [Fact]
    public void The_outcome_of_an_effect_counts_when_it_comes_after_the_run_has_failed_and_before_it_is_retried()
    {
        var (driver, firing) = Begun();
        driver.Network.RecordStep(firing, 1, new FiringStep(StepKind.Intended, TokenOf("1")));
        driver.Network.FailRun(new RunFailure("other", "another node failed", "t"));
        driver.Network.RecordStep(firing, 1, new FiringStep(StepKind.Done, TokenOf("2")));
        driver.Network.RecordStep(firing, 2, new FiringStep(StepKind.Intended, TokenOf("3")));
        Assert.Equal(StepKind.Done, driver.Network.FindStep(firing.Process, 1, 1)?.Kind);
        Assert.Null(driver.Network.FindStep(firing.Process, 1, 2));

        Assert.True(driver.Network.Retry());
        Assert.True(driver.Network.TryBegin(0, out var again));
        driver.Network.RecordStep(again, 2, new FiringStep(StepKind.Intended, TokenOf("4")));
        driver.Network.FailRun(new RunFailure("other", "and again", "t"));
        driver.Network.RecordStep(firing, 2, new FiringStep(StepKind.Done, TokenOf("5")));
        Assert.Equal(StepKind.Intended, driver.Network.FindStep(firing.Process, 1, 2)?.Kind);
    }

    [Fact]
    public void A_firing_that_is_begun_again_takes_what_it_took_whatever_has_come_in_meanwhile()
    {
        var driver = new NetworkDriver(new TestNetwork().Node("a", "source").Node("b", "source").Node("m", "merge", execution: """{"parallelism":4}""").Node("t", "sink")
            .Connect("a>m").Connect("b>m").Connect("m>t").Plan());
        var network = driver.Network;
        Assert.True(network.TryBegin(0, out var a));
        Assert.True(network.TryBegin(0, out var b));
        b.Emitted.Add(new Emission(0, Token.Of("b1")));
        b.Emitted.Add(new Emission(0, Token.Of("b2")));
        network.Commit(b);
        Assert.True(network.TryBegin(0, out var one));
        Assert.True(network.TryBegin(0, out var two));
        network.RecordStep(two, 1, new FiringStep(StepKind.Intended, TokenOf("1")));
        a.Emitted.Add(new Emission(0, Token.Of("a1")));
        network.Commit(a);
        Assert.Equal(("\"b1\"", "\"b2\""), (one.Tokens[0].ToString(), two.Tokens[0].ToString()));

        driver.Keep();
        var recovered = driver.Recover();
        var snapshot = new Network(driver.Plan, RunLimits.Default, seed: 1);
        snapshot.ReadSnapshot(recovered.WriteSnapshot(out _));
        snapshot.FinishReplay();
        foreach (var back in new[] { recovered, snapshot })
        {
            var taken = new List<string>();
            while (back.TryBegin(0, out var firing))
            {
                if (firing.Process == driver.Plan.Find("m"))
                {
                    taken.Add(firing.Tokens[0].ToString());
                }
            }

            Assert.Equal(["\"b1\"", "\"b2\"", "\"a1\""], taken);
        }
    }

    [Fact]
    public void An_attempt_that_does_not_end_is_replaced_and_whatever_it_still_does_goes_nowhere()
    {
        var (driver, firing) = Begun("""{"retry":{"attempts":2,"backoffMilliseconds":1}}""");
        var network = driver.Network;
        var heir = network.Detach(firing);
        Assert.Equal(FailureVerdict.Retried, network.Fail(heir, driver.Now, "component_timed_out", "late"));

        firing.Emitted.Add(new Emission(0, TokenOf("13")));
        network.RecordStep(firing, 1, new FiringStep(StepKind.Done, TokenOf("13")));
        network.Commit(firing);
        Assert.Equal(FailureVerdict.Skipped, network.Fail(firing, driver.Now, "late", "late"));
        Assert.Equal(0, network.FiguresOf(firing.Process).Firings);

        network.Advance(driver.Now + TimeSpan.TicksPerSecond);
        Assert.True(network.TryBegin(driver.Now, out var second));
        Assert.NotSame(firing, second);
        Assert.Equal((1L, 2), (second.Number, second.Attempt));
        Assert.Null(network.FindStep(second, 1));
        driver.Open(second);
        driver.Run();
        Assert.Equal(["0"], driver.Outputs);
        Assert.True(driver.Begun.Count(begun => ReferenceEquals(begun, firing)) <= 1, "The object of the attempt that goes on served another firing.");
    }

    private static Token TokenOf(string json) => Token.Of(System.Text.Json.JsonElement.Parse(json));

    /// <summary>A network of which the first firing of the node p is under way.</summary>
    private static (NetworkDriver Driver, Firing Firing) Begun(string? execution = null)
    {
        var driver = new NetworkDriver(new TestNetwork().Node("s", "source", """{"count":1}""").Node("p", "pass", execution: execution).Node("t", "sink")
            .Connect("s>p").Connect("p>t").Plan());
        while (driver.Network.FiguresOf(driver.Plan.Find("s")).Firings == 0)
        {
            driver.Step();
        }

        Firing? firing = driver.Executing.FirstOrDefault(open => open.Process == driver.Plan.Find("p"));
        if (firing is null)
        {
            Assert.True(driver.Network.TryBegin(driver.Now, out firing));
        }

        driver.Keep();
        return (driver, firing);
    }
}
