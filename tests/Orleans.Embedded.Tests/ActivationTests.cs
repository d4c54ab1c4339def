using Orleans.Runtime;

namespace Orleans.Embedded.Tests;

internal interface ILifeGrain : IGrainWithStringKey
{
    Task<string> Ping();

    Task Hold(string gate);

    Task Leave();
}

internal sealed class LifeGrain : Grain, ILifeGrain
{
    private static int s_alive;

    private string Key => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Gates.Log(Key, "activating");
        if (Key.StartsWith("fails once", StringComparison.Ordinal) && Gates.Entries(Key).Length == 1)
            throw new InvalidDataException("not the first time");
        if (Key.StartsWith("alone", StringComparison.Ordinal))
            Assert.Equal(1, Interlocked.Increment(ref s_alive));
        await Task.Yield();
        Gates.Log(Key, "active");
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (Key.StartsWith("slow", StringComparison.Ordinal))
            await Gates.WaitAsync(Key);
        await Task.Yield();
        if (Key.StartsWith("alone", StringComparison.Ordinal))
            Interlocked.Decrement(ref s_alive);
        Gates.Log(Key, $"ended {reason.ReasonCode}");
    }

    public Task<string> Ping() => Task.FromResult(GrainContext.ActivationId.ToString());

    public Task Hold(string gate) => Gates.WaitAsync(gate);

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}

public sealed class ActivationTests
{
    [Fact]
    public async Task Concurrent_first_calls_share_one_activation()
    {
        await using var cluster = await Clusters.DeployAsync();
        var ids = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => cluster.Client.GetGrain<ILifeGrain>("shared").Ping()))).InTime();
        Assert.Single(ids.Distinct());
        Assert.Equal(["activating", "active"], Gates.Entries("shared"));
    }

    [Fact]
    public async Task A_failed_activation_fails_its_calls_and_the_next_call_tries_afresh()
    {
        await using var cluster = await Clusters.DeployAsync();
        var grain = cluster.Client.GetGrain<ILifeGrain>("fails once");
        await Assert.ThrowsAsync<InvalidDataException>(grain.Ping);
        await grain.Ping().InTime();
        Assert.Equal(["activating", "activating", "active"], Gates.Entries("fails once"));
    }

    [Fact]
    public async Task Calls_that_arrive_while_it_deactivates_run_on_the_next_activation()
    {
        await using var cluster = await Clusters.DeployAsync();
        var grain = cluster.Client.GetGrain<ILifeGrain>("slow to end");
        var first = await grain.Ping();
        await grain.Leave();
        var waiting = Enumerable.Range(0, 10).Select(_ => grain.Ping()).ToArray();
        Assert.All(waiting, w => Assert.False(w.IsCompleted));
        Gates.Open("slow to end");
        var ids = await Task.WhenAll(waiting).InTime();
        Assert.Single(ids.Distinct());
        Assert.NotEqual(first, ids[0]);
        Assert.Equal(["activating", "active", "ended ApplicationRequested", "activating", "active"], Gates.Entries("slow to end")[..5]);
    }

    [Fact]
    public async Task No_call_is_lost_and_no_two_activations_live_while_it_comes_and_goes()
    {
        await using var cluster = await Clusters.DeployAsync();
        var grain = cluster.Client.GetGrain<ILifeGrain>("alone");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++)
            {
                await grain.Ping().InTime();
                if (i % 8 == caller)
                    await grain.Leave().InTime();
            }
        })));
        Assert.True(Gates.Entries("alone").Count(e => e == "active") > 20);
    }

    [Fact]
    public async Task Stopping_the_silo_tells_every_activation()
    {
        var cluster = await Clusters.DeployAsync();
        await cluster.Client.GetGrain<ILifeGrain>("stopped").Ping();
        await cluster.DisposeAsync();
        Assert.Equal("ended ShuttingDown", Gates.Entries("stopped")[^1]);
    }

    [Fact]
    public async Task Killing_the_silo_tells_nobody_and_fails_the_calls_in_flight()
    {
        await using var cluster = await Clusters.DeployAsync();
        var grain = cluster.Client.GetGrain<ILifeGrain>("killed");
        await grain.Ping();
        var held = grain.Hold("never");
        var silo = cluster.Silos[0];
        await cluster.KillSiloAsync(silo);
        await Assert.ThrowsAsync<SiloUnavailableException>(() => held.InTime());
        await Assert.ThrowsAsync<SiloUnavailableException>(grain.Ping);
        await cluster.StartAdditionalSiloAsync();
        await grain.Ping().InTime();
        Assert.Equal(["activating", "active", "activating", "active"], Gates.Entries("killed"));
    }

    [Fact]
    public async Task A_restarted_silo_serves_the_references_of_before()
    {
        await using var cluster = await Clusters.DeployAsync();
        var grain = cluster.Client.GetGrain<ILifeGrain>("restarted");
        var before = await grain.Ping();
        await cluster.RestartSiloAsync(cluster.Silos[0]);
        Assert.NotEqual(before, await grain.Ping().InTime());
    }

    [Fact]
    public async Task A_second_silo_is_refused()
    {
        await using var cluster = await Clusters.DeployAsync();
        var refusal = await Assert.ThrowsAsync<NotSupportedException>(cluster.StartAdditionalSiloAsync);
        Assert.Contains("one silo", refusal.Message);
    }

    [Fact]
    public async Task An_idle_activation_is_collected_at_its_age()
    {
        var time = new FakeTimeProvider();
        await using var cluster = await Clusters.DeployAsync(time: time);
        var grain = cluster.Client.GetGrain<ILifeGrain>("idle");
        await grain.Ping();
        time.Advance(TimeSpan.FromMinutes(14));
        Assert.True(cluster.TryGetGrainContext(grain.GetGrainId(), out var context));
        time.Advance(TimeSpan.FromMinutes(3));
        await context.Deactivated.InTime();
        Assert.Equal("ended ActivationIdle", Gates.Entries("idle")[^1]);
    }

    [Fact]
    public async Task Management_counts_and_collects_activations()
    {
        await using var cluster = await Clusters.DeployAsync();
        var grain = cluster.Client.GetGrain<ILifeGrain>("managed");
        await grain.Ping();
        var management = cluster.Client.GetGrain<IManagementGrain>(0);
        Assert.Equal(1, await management.GetTotalActivationCount());
        Assert.Equal([grain.GetGrainId()], await management.GetActiveGrains(GrainType.Create("life")));
        Assert.Equal(typeof(LifeGrain).FullName, (await management.GetDetailedGrainStatistics())[0].GrainType);
        Assert.Equal([SiloStatus.Active], (await management.GetHosts()).Values);
        Assert.True(cluster.TryGetGrainContext(grain.GetGrainId(), out var context));
        await management.ForceActivationCollection(TimeSpan.Zero);
        await context.Deactivated.InTime();
        Assert.Equal(0, await management.GetTotalActivationCount());
    }

    [Fact]
    public async Task Activations_are_collected_on_request_before_the_first_beat_of_the_clock()
    {
        await using var cluster = await Clusters.DeployAsync(time: new FakeTimeProvider());
        var grain = cluster.Client.GetGrain<ILifeGrain>("young");
        await grain.Ping();
        Assert.True(cluster.TryGetGrainContext(grain.GetGrainId(), out var context));
        await cluster.Client.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);
        await context.Deactivated.InTime();
        Assert.Equal("ended ActivationIdle", Gates.Entries("young")[^1]);
    }
}
