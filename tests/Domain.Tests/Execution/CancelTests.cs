using Actors.Domain.Execution;

namespace Actors.Domain.Tests.Execution;

/// <summary>A run that is cancelled while firings are under way.</summary>
public sealed class CancelTests
{
    [Fact]
    [Spec("CT-03")]
    public void A_firing_that_ends_well_after_the_cancel_is_committed_and_nothing_new_starts()
    {
        var (driver, firing) = Executing();
        Assert.True(driver.Network.Cancel());
        Assert.Equal(NetworkStatus.Cancelling, driver.Network.Status);
        Assert.False(driver.Network.TryBegin(0, out _));
        Assert.True(driver.Network.Cancel(), "Cancelling twice is cancelling once.");

        firing.Emitted.Add(new Emission(0, Token.Of(7L)));
        driver.Network.Commit(firing);

        Assert.Equal((NetworkStatus.Cancelled, 0), (driver.Network.Status, driver.Network.InFlight));
        Assert.Equal(1, driver.Network.FiguresOf(firing.Process).Firings);
        driver.Keep();
        var recovered = driver.Recover();
        Assert.Equal((NetworkStatus.Cancelled, 1L), (recovered.Status, recovered.FiguresOf(firing.Process).Firings));
    }

    [Fact]
    public void One_that_fails_is_neither_repeated_nor_fails_the_run()
    {
        var (driver, firing) = Executing("""{"retry":{"attempts":5}}""");
        driver.Network.Cancel();
        driver.Network.Fail(firing, 0, "test", "no");

        Assert.Equal((NetworkStatus.Cancelled, null), (driver.Network.Status, driver.Network.Failure));
        Assert.Equal(0, driver.Network.FiguresOf(firing.Process).Firings);
    }

    [Fact]
    public void What_waits_for_another_attempt_is_given_up_with_all_behind_it()
    {
        var (driver, first) = Executing("""{"retry":{"attempts":5},"parallelism":2}""", tokens: 2);
        var network = driver.Network;
        while (!driver.Executing.Any(open => open.Process == first.Process && open.Number == 2))
        {
            Assert.True(network.TryBegin(0, out var begun));
            driver.Open(begun);
        }

        var second = driver.Executing.Single(open => open.Process == first.Process && open.Number == 2);
        network.Fail(first, 0, "busy", "no");
        Assert.True(network.Cancel());

        Assert.Equal(NetworkStatus.Cancelled, network.Status);
        network.Commit(second);
        Assert.Equal(0, network.FiguresOf(first.Process).Firings);
    }

    [Fact]
    public void A_run_that_stopped_while_it_was_being_cancelled_is_cancelled_when_it_comes_back()
    {
        var (driver, _) = Executing();
        driver.Network.Cancel();
        driver.Keep();
        var recovered = driver.Recover();
        Assert.Equal(NetworkStatus.Cancelling, recovered.Status);
        Assert.False(recovered.TryBegin(0, out _));

        Assert.True(recovered.Settle());
        Assert.Equal(NetworkStatus.Cancelled, recovered.Status);
    }

    [Fact]
    public void With_nothing_under_way_it_is_cancelled_at_once()
    {
        var driver = new NetworkDriver(new TestNetwork().Node("s", "source").Node("t", "sink").Connect("s>t").Plan());
        Assert.True(driver.Network.Cancel());
        Assert.Equal(NetworkStatus.Cancelled, driver.Network.Status);
        Assert.False(driver.Network.Cancel());
    }

    /// <summary>A network of which one firing of the node p, and nothing else, is under way.</summary>
    private static (NetworkDriver Driver, Firing Firing) Executing(string? execution = null, int tokens = 1)
    {
        var driver = new NetworkDriver(new TestNetwork().Node("s", "source").Node("p", "pass", execution: execution).Node("t", "sink").Connect("s>p").Connect("p>t").Plan());
        Assert.True(driver.Network.TryBegin(0, out var source));
        source.Emitted.AddRange(Enumerable.Range(0, tokens).Select(n => new Emission(0, Token.Of((long)n))));
        driver.Network.Commit(source);
        Assert.True(driver.Network.TryBegin(0, out var firing));
        driver.Open(firing);
        return (driver, firing);
    }
}
