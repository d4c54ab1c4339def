using System.Collections.Immutable;
using System.Text.Json;
using Actors.Domain;
using Actors.Domain.Designs;
using Actors.Domain.Execution;
using Actors.Domain.Lists;
using Actors.Domain.Projects;
using Actors.Domain.Scheduling;
using Actors.Domain.Triggers;
using Actors.Grains.Interfaces.Designs;
using Actors.Grains.Interfaces.Projects;
using Actors.Grains.Interfaces.Runs;
using Actors.Grains.Interfaces.Triggers;
using Actors.Grains.Tests.Infrastructure;
using Actors.Storage;

namespace Actors.Grains.Tests.Triggers;

public sealed class TriggerTests : IAsyncLifetime
{
    private const string Project = "prj_01k9x2m4n6p8r0t2v4x6z8a0b2";
    private const string Design = "dsg_01k9x2m4n6p8r0t2v4x6z8a0b2";
    private const string TriggerId = "trg_01k9x2m4n6p8r0t2v4x6z8a0b2";

    private readonly ManualClock _clock = new();
    private TestSilo _silo = null!;

    private ITriggerGrain Trigger => _silo.Grains.GetGrain<ITriggerGrain>(TriggerId);

    public async Task InitializeAsync()
    {
        _silo = await TestSilo.StartAsync(_clock, ("Triggers:RetryAfter", "0:00:00.050"));
        Assert.IsType<ProjectReply.Done>(await _silo.Grains.GetGrain<IProjectGrain>(Project).Create(new NewProject("usr_ann", "Site", null)).InTime());
        Node[] nodes =
        [
            new() { Id = "in", Type = "input", Props = JsonElement.Parse("""{"name":"event"}"""), Order = "a0" },
            new() { Id = "out", Type = "output", Props = JsonElement.Parse("""{"name":"result"}"""), Order = "a1" },
        ];
        Connection[] connections = [new() { Id = "1", From = new Endpoint("in", "out"), To = new Endpoint("out", "in") }];
        var author = new DesignCaller(new Author("usr_ann", AuthorKind.User), true);
        Assert.Null((await _silo.Grains.GetGrain<IDesignGrain>(Design).Create(
            author, new NewDesign(Project, "Run me", DesignKind.Process, null, null, [.. nodes], [.. connections])).InTime()).Refusal);
    }

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    [Spec("TR-02")]
    public async Task A_schedule_starts_a_run_at_each_time()
    {
        await CreateAsync(MissedPolicy.Once);
        for (var i = 1; i <= 3; i++)
        {
            await AdvanceAsync(TimeSpan.FromMinutes(1));
            await FiredAsync(i);
        }

        var firings = await FiringsAsync();
        Assert.Equal([1, 2, 3], firings.Select(firing => firing.DueAt.Minute).Order());
        Assert.All(firings, firing => Assert.Equal(FiringStatus.Started, firing.Status));
        var run = await _silo.Grains.GetGrain<IRunGrain>(firings[0].RunId!).Get();
        Assert.Equal("usr_ann", run!.Run.StartedBy);
        await Wait.UntilAsync(async () => (await _silo.Grains.GetGrain<IRunGrain>(firings[0].RunId!).Get())!.Outputs.ContainsKey("result"));
        Assert.Equal(3, await RunsAsync());
    }

    [Theory]
    [InlineData(MissedPolicy.Skip, 0, 30)]
    [InlineData(MissedPolicy.Once, 1, 29)]
    [InlineData(MissedPolicy.All, 30, 0)]
    public async Task What_was_missed_while_nobody_ran_follows_the_policy(MissedPolicy policy, int made, int missed)
    {
        await CreateAsync(policy);
        await Trigger.Get("usr_ann");
        _clock.Jump(TimeSpan.FromMinutes(31.5));
        await _silo.RestartAsync();

        // The 31st minute is not yet late.
        await Trigger.Wake();
        await Wait.UntilAsync(async () => (await FiringsAsync()).Count(firing => firing.Status == FiringStatus.Started) == made + 1);
        Assert.Equal(missed, (await FiringsAsync()).Where(firing => firing.Reason == FiringReasons.Missed).Sum(firing => firing.Count));
        Assert.Equal(made + 1, await RunsAsync());
    }

    [Fact]
    public async Task A_firing_that_a_crash_interrupted_starts_its_run_once()
    {
        await CreateAsync(MissedPolicy.All);
        for (var i = 1; i <= 5; i++)
        {
            await AdvanceAsync(TimeSpan.FromMinutes(1));
            await Task.WhenAll(Trigger.Wake(), Trigger.Wake());
            await _silo.RestartAsync();
            await Trigger.Wake();
        }

        await Wait.UntilAsync(async () => (await FiringsAsync()).All(firing => firing.Status == FiringStatus.Started));
        Assert.Equal(5, (await FiringsAsync()).Length);
        Assert.Equal(5, await RunsAsync());
    }

    [Fact]
    public async Task The_same_key_is_the_same_run_also_after_a_restart()
    {
        await CreateAsync(MissedPolicy.Once);
        var first = Assert.IsType<FiringReply.Done>(await Trigger.Fire("usr_ann", Token.Of("x"), "key").InTime());
        Assert.Equal(FiringStatus.Started, first.Firing.Status);
        await _silo.RestartAsync();
        var again = Assert.IsType<FiringReply.Done>(await Trigger.Fire("usr_ann", Token.Of("x"), "key").InTime());
        Assert.Equal(first.Firing.RunId, again.Firing.RunId);
        Assert.Equal(1, await RunsAsync());
    }

    [Fact]
    public async Task A_trigger_whose_owner_may_not_run_the_design_any_more_switches_itself_off()
    {
        var project = _silo.Grains.GetGrain<IProjectGrain>(Project);
        Assert.IsType<ProjectReply.Done>(await project.AddMember(new MemberChange("usr_ann", "usr_bob", ProjectRole.Editor)).InTime());
        await CreateAsync(MissedPolicy.Once, "usr_bob");
        Assert.IsType<ProjectReply.Done>(await project.ChangeMember(new MemberChange("usr_ann", "usr_bob", ProjectRole.Viewer)).InTime());

        await AdvanceAsync(TimeSpan.FromMinutes(1));
        await FiredAsync(1);
        await Wait.UntilAsync(async () => !(await ViewAsync()).Enabled);
        Assert.Equal((FiringStatus.Failed, ErrorCodes.Forbidden), (await FiringsAsync()) is [var firing] ? (firing.Status, firing.Reason) : default);
        Assert.Equal(ErrorCodes.Forbidden, (await ViewAsync()).DisabledReason);
    }

    [Fact]
    public async Task A_design_that_cannot_run_fails_the_firing_and_says_why()
    {
        await CreateAsync(MissedPolicy.Once, inputs: ImmutableDictionary<string, ImmutableArray<Token>>.Empty.Add("unknown", [Token.Null]));
        var reply = Assert.IsType<FiringReply.Done>(await Trigger.Fire("usr_ann", null, null).InTime());
        Assert.Equal((FiringStatus.Failed, ErrorCodes.RunInputUnknown), (reply.Firing.Status, reply.Firing.Reason));
        Assert.Equal(0, await RunsAsync());
    }

    private async Task CreateAsync(MissedPolicy missed, string by = "usr_ann", ImmutableDictionary<string, ImmutableArray<Token>>? inputs = null)
    {
        var settings = new TriggerSettings(
            "Every minute",
            Design,
            TriggerKind.Schedule,
            inputs ?? ImmutableDictionary<string, ImmutableArray<Token>>.Empty,
            "event",
            missed,
            OverlapPolicy.Parallel,
            new Recurrence("* * * * *"));
        var reply = await Trigger.Create(new NewTrigger(by, Project, settings, true, null, null)).InTime();
        Assert.Equal(_clock.GetUtcNow().AddMinutes(1), Assert.IsType<TriggerReply.Done>(reply).Trigger.NextDueAt);
    }

    /// <summary>To the time, once the trigger waits for it.</summary>
    private async Task AdvanceAsync(TimeSpan time)
    {
        await Trigger.Wake().InTime();
        _clock.Advance(time);
    }

    private Task FiredAsync(int count) => Wait.UntilAsync(async () => (await FiringsAsync()).Count(firing => firing.Status != FiringStatus.Starting) >= count);

    private async Task<ImmutableArray<FiringView>> FiringsAsync() =>
        Assert.IsType<FiringPageReply.Page>(await Trigger.ListFirings("usr_ann", new ListRequest(100, null, "firedAt", true)).InTime()).Items;

    private async Task<TriggerView> ViewAsync() => Assert.IsType<TriggerReply.Done>(await Trigger.Get("usr_ann").InTime()).Trigger;

    private Task<long> RunsAsync() => _silo.Catalog.CountAsync("run", Project, CancellationToken.None);
}
