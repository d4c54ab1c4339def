using Orleans.Concurrency;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans.Embedded.Tests;

internal interface IMeetingGrain : IGrainWithStringKey
{
    Task Wait(string gate);

    [ReadOnly]
    Task WaitReadOnly(string gate);

    [AlwaysInterleave]
    Task<int> Running();

    Task Open(string gate);

    [ResponseTimeout("00:00:00.200")]
    Task WaitBriefly(string gate);

    [OneWay]
    Task Tell(string gate);

    Task<string> CallBackThrough(IMeetingGrain other, bool allow);

    Task<string> CallBack(IMeetingGrain caller);

    Task<string> Name();

    Task WaitCancellable(CancellationToken token);
}

internal class MeetingGrain : Grain, IMeetingGrain
{
    private int _running;

    public Task Wait(string gate) => RunAsync(gate);

    public Task WaitReadOnly(string gate) => RunAsync(gate);

    public Task WaitBriefly(string gate) => RunAsync(gate);

    public Task<int> Running() => Task.FromResult(_running);

    public Task Open(string gate)
    {
        Gates.Open(gate);
        return Task.CompletedTask;
    }

    public Task Tell(string gate)
    {
        Gates.Open(gate);
        throw new InvalidDataException("nobody hears this");
    }

    public async Task<string> CallBackThrough(IMeetingGrain other, bool allow)
    {
        var self = this.AsReference<IMeetingGrain>();
        if (!allow)
            return await other.CallBack(self);
        using (RequestContext.AllowCallChainReentrancy())
            return await other.CallBack(self);
    }

    public async Task<string> CallBack(IMeetingGrain caller) => await caller.Name();

    public Task<string> Name() => Task.FromResult(this.GetPrimaryKeyString());

    public async Task WaitCancellable(CancellationToken token)
    {
        Gates.Open(this.GetPrimaryKeyString() + " waits");
        await Task.Delay(Timeout.Infinite, token);
    }

    private async Task RunAsync(string gate)
    {
        _running++;
        await Gates.WaitAsync(gate);
        _running--;
    }
}

internal interface IReentrantMeetingGrain : IMeetingGrain;

[Reentrant]
internal sealed class ReentrantMeetingGrain : MeetingGrain, IReentrantMeetingGrain;

internal interface IChoosyMeetingGrain : IMeetingGrain;

[MayInterleave(nameof(IsOpen))]
internal sealed class ChoosyMeetingGrain : MeetingGrain, IChoosyMeetingGrain
{
    public static bool IsOpen(IInvokable request) => request.GetMethodName() == nameof(IMeetingGrain.Open);
}

internal interface IWorkerGrain : IGrainWithIntegerKey
{
    Task<string> Work(string gate);
}

[StatelessWorker(3)]
internal sealed class WorkerGrain : Grain, IWorkerGrain
{
    public async Task<string> Work(string gate)
    {
        Gates.Log(gate, "in");
        await Gates.WaitAsync(gate);
        return GrainContext.ActivationId.ToString();
    }
}

public sealed class ReentrancyTests
{
    private static Task<TestingHost.InProcessTestCluster> DeployShortAsync() => Clusters.DeployAsync(silo =>
        silo.Configure<EmbeddedEngineOptions>(o => o.ResponseTimeout = TimeSpan.FromSeconds(1)));

    [Fact]
    public async Task A_call_waits_for_the_one_before_and_always_interleave_does_not()
    {
        await using var cluster = await Clusters.DeployAsync();
        var grain = cluster.Client.GetGrain<IMeetingGrain>("plain", "Orleans.Embedded.Tests.MeetingGrain");
        var one = grain.Wait("plain 1");
        var two = grain.Wait("plain 2");
        Assert.Equal(1, await grain.Running().InTime());
        Gates.Open("plain 2");
        Gates.Open("plain 1");
        await Task.WhenAll(one, two).InTime();
    }

    [Fact]
    public async Task Read_only_calls_meet_and_keep_others_out()
    {
        await using var cluster = await Clusters.DeployAsync();
        var grain = cluster.Client.GetGrain<IMeetingGrain>("readers", "Orleans.Embedded.Tests.MeetingGrain");
        var readers = new[] { grain.WaitReadOnly("readers"), grain.WaitReadOnly("readers") };
        var writer = grain.Wait("writer");
        var late = grain.WaitReadOnly("late reader");
        Assert.Equal(2, await grain.Running().InTime());
        Gates.Open("readers");
        await Task.WhenAll(readers).InTime();
        Assert.Equal(1, await grain.Running().InTime());
        Gates.Open("writer");
        Gates.Open("late reader");
        await Task.WhenAll(writer, late).InTime();
    }

    [Fact]
    public async Task A_reentrant_grain_runs_calls_together()
    {
        await using var cluster = await Clusters.DeployAsync();
        var grain = cluster.Client.GetGrain<IReentrantMeetingGrain>("reentrant");
        var waiting = grain.Wait("reentrant");
        await grain.Open("reentrant").InTime();
        await waiting.InTime();
    }

    [Fact]
    public async Task May_interleave_decides_by_request()
    {
        await using var cluster = await Clusters.DeployAsync();
        var grain = cluster.Client.GetGrain<IChoosyMeetingGrain>("choosy");
        var waiting = grain.Wait("choosy");
        var queued = grain.Name();
        Assert.False(queued.IsCompleted);
        await grain.Open("choosy").InTime();
        await waiting.InTime();
        Assert.Equal("choosy", await queued.InTime());
    }

    [Fact]
    public async Task A_stateless_worker_has_as_many_activations_as_calls_up_to_its_limit()
    {
        await using var cluster = await Clusters.DeployAsync();
        var worker = cluster.Client.GetGrain<IWorkerGrain>(0);
        var calls = Enumerable.Range(0, 5).Select(_ => worker.Work("worker")).ToArray();
        await Clusters.UntilAsync(() => Gates.Entries("worker").Length == 3);
        Gates.Open("worker");
        Assert.Equal(3, (await Task.WhenAll(calls).InTime()).Distinct().Count());
    }

    [Fact]
    public async Task A_cycle_of_calls_times_out_unless_the_chain_may_re_enter()
    {
        await using var cluster = await DeployShortAsync();
        var a = cluster.Client.GetGrain<IMeetingGrain>("a", "Orleans.Embedded.Tests.MeetingGrain");
        var b = cluster.Client.GetGrain<IMeetingGrain>("b", "Orleans.Embedded.Tests.MeetingGrain");
        Assert.Equal("a", await a.CallBackThrough(b, allow: true).InTime());
        await Assert.ThrowsAsync<TimeoutException>(() => a.CallBackThrough(b, allow: false).InTime());
        Assert.Equal("a", await a.Name().InTime());
    }

    [Fact]
    public async Task A_method_may_have_its_own_time_out_and_a_call_timed_out_in_the_queue_never_runs()
    {
        await using var cluster = await Clusters.DeployAsync();
        var grain = cluster.Client.GetGrain<IMeetingGrain>("brief", "Orleans.Embedded.Tests.MeetingGrain");
        var first = grain.Wait("brief 1");
        await Assert.ThrowsAsync<TimeoutException>(() => grain.WaitBriefly("brief never").InTime());
        Gates.Open("brief 1");
        await first.InTime();
        Assert.Equal("brief", await grain.Name().InTime());
    }

    [Fact]
    public async Task One_way_calls_complete_when_sent_and_their_failures_reach_nobody()
    {
        await using var cluster = await Clusters.DeployAsync();
        var grain = cluster.Client.GetGrain<IMeetingGrain>("told", "Orleans.Embedded.Tests.MeetingGrain");
        Assert.True(grain.Tell("told").IsCompletedSuccessfully);
        await Gates.WaitAsync("told").InTime();
    }

    [Fact]
    public async Task Cancelling_reaches_the_grain_and_frees_it()
    {
        await using var cluster = await Clusters.DeployAsync();
        var grain = cluster.Client.GetGrain<IMeetingGrain>("cancelled", "Orleans.Embedded.Tests.MeetingGrain");
        using var source = new CancellationTokenSource();
        var call = grain.WaitCancellable(source.Token);
        await Gates.WaitAsync("cancelled waits").InTime();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.InTime());
        Assert.Equal("cancelled", await grain.Name().InTime());
    }

    [Fact]
    public async Task More_requests_than_the_limit_are_refused()
    {
        await using var cluster = await Clusters.DeployAsync(silo => silo.Configure<EmbeddedEngineOptions>(o => o.MaxPendingRequests = 2));
        var grain = cluster.Client.GetGrain<IMeetingGrain>("full", "Orleans.Embedded.Tests.MeetingGrain");
        var running = grain.Wait("full");
        var queued = grain.Name();
        await Assert.ThrowsAsync<LimitExceededException>(grain.Name);
        Gates.Open("full");
        await Task.WhenAll(running, queued).InTime();
    }
}
