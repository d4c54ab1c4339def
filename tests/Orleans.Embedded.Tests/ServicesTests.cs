using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Core;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Storage;
using Orleans.TestingHost;

namespace Orleans.Embedded.Tests;

internal interface IClockGrain : IGrainWithStringKey, IRemindable
{
    Task StartTimer(TimeSpan due, TimeSpan period, bool interleave);

    Task Remind(TimeSpan due, TimeSpan period);

    Task Forget();

    Task Hold(string gate);
}

internal sealed class ClockGrain : Grain, IClockGrain
{
    private string Key => this.GetPrimaryKeyString();

    public Task StartTimer(TimeSpan due, TimeSpan period, bool interleave)
    {
        this.RegisterGrainTimer(
            _ =>
            {
                Gates.Log(Key, "tick");
                return Task.CompletedTask;
            },
            new GrainTimerCreationOptions(due, period) { Interleave = interleave });
        return Task.CompletedTask;
    }

    public Task Remind(TimeSpan due, TimeSpan period) => this.RegisterOrUpdateReminder("r", due, period);

    public async Task Forget() => await this.UnregisterReminder((await this.GetReminder("r"))!);

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        Gates.Log(Key, $"{reminderName} {status.CurrentTickTime - status.FirstTickTime}");
        return Task.CompletedTask;
    }

    public Task Hold(string gate) => Gates.WaitAsync(gate);
}

internal interface INoteGrain : IGrainWithStringKey
{
    Task Write(string text);

    Task<string> Read();
}

internal sealed class Note
{
    public string Text { get; set; } = "empty";
}

internal sealed class NoteGrain([PersistentState("note", "notes")] IPersistentState<Note> note) : Grain, INoteGrain
{
    public Task Write(string text)
    {
        note.State.Text = text;
        return note.WriteStateAsync();
    }

    public Task<string> Read() => Task.FromResult(note.State.Text);
}

internal sealed record Opaque(Func<int> Compute);

internal interface IContextGrain : IGrainWithStringKey
{
    Task<string?> Trace();

    Task<string?> TraceOf(IContextGrain other);

    Task<string> Say(string word);

    Task<string> SendOpaque(Opaque value);
}

internal sealed class ContextGrain : Grain, IContextGrain
{
    public Task<string?> Trace()
    {
        var trace = RequestContext.Get("trace") as string;
        RequestContext.Set("trace", "changed");
        return Task.FromResult(trace);
    }

    public async Task<string?> TraceOf(IContextGrain other)
    {
        RequestContext.Set("trace", RequestContext.Get("trace") + "+");
        return await other.Trace();
    }

    public Task<string> Say(string word) => Task.FromResult(word);

    public Task<string> SendOpaque(Opaque value) => Task.FromResult("arrived");
}

public sealed class ServicesTests
{
    [Fact]
    public async Task Timers_tick_by_the_clock_and_queue_behind_calls()
    {
        var time = new FakeTimeProvider();
        await using var cluster = await Clusters.DeployAsync(time: time);
        var grain = cluster.Client.GetGrain<IClockGrain>("timer");
        await grain.StartTimer(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), interleave: false);
        Assert.Empty(Gates.Entries("timer"));
        time.Advance(TimeSpan.FromSeconds(1));
        await Clusters.UntilAsync(() => Gates.Entries("timer").Length == 1);

        // A call is served when the tick has ended, and then the timer is armed anew.
        Gates.Open("timer first");
        await grain.Hold("timer first").InTime();
        var holding = grain.Hold("timer gate");
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Single(Gates.Entries("timer"));
        Gates.Open("timer gate");
        await holding.InTime();
        await Clusters.UntilAsync(() => Gates.Entries("timer").Length == 2);
    }

    [Fact]
    public async Task Reminders_tick_survive_a_restart_and_can_be_forgotten()
    {
        var time = new FakeTimeProvider();
        var store = new MemoryReminderStore();
        await using var cluster = await Clusters.DeployAsync(silo => silo.Services.AddSingleton<IReminderStore>(store), time);
        var grain = cluster.Client.GetGrain<IClockGrain>("reminder");
        await Assert.ThrowsAsync<ArgumentException>(() => grain.Remind(TimeSpan.Zero, TimeSpan.FromSeconds(1)));
        await grain.Remind(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2));
        time.Advance(TimeSpan.FromMinutes(1));
        await Clusters.UntilAsync(() => Gates.Entries("reminder").Length == 1);
        await cluster.RestartSiloAsync(cluster.Silos[0]);
        time.Advance(TimeSpan.FromMinutes(2));
        await Clusters.UntilAsync(() => Gates.Entries("reminder").Length == 2);
        Assert.Equal(["r 00:00:00", "r 00:02:00"], Gates.Entries("reminder"));
        await grain.Forget();
        Assert.Empty(await store.ReadAllAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_state_is_kept_and_a_conflict_ends_the_activation()
    {
        await using var cluster = await Clusters.DeployAsync(silo => silo.AddMemoryGrainStorage("notes"));
        var grain = cluster.Client.GetGrain<INoteGrain>("note");
        Assert.Equal("empty", await grain.Read());
        await grain.Write("first");
        await cluster.DeactivateAsync(grain);
        Assert.Equal("first", await grain.Read());

        var storage = cluster.GetSiloServiceProvider().GetRequiredKeyedService<IGrainStorage>("notes");
        var behind = new GrainState<Note>();
        await storage.ReadStateAsync("note", grain.GetGrainId(), behind);
        behind.State!.Text = "by someone else";
        await storage.WriteStateAsync("note", grain.GetGrainId(), behind);
        await Assert.ThrowsAsync<InconsistentStateException>(() => grain.Write("second"));
        Assert.Equal("by someone else", await grain.Read());
    }

    [Fact]
    public async Task Request_context_flows_down_and_never_back()
    {
        await using var cluster = await Clusters.DeployAsync();
        RequestContext.Set("trace", "t");
        Assert.Equal("t+", await cluster.Client.GetGrain<IContextGrain>("1").TraceOf(cluster.Client.GetGrain<IContextGrain>("2")));
        Assert.Equal("t", RequestContext.Get("trace"));
        RequestContext.Clear();
        Assert.Null(await cluster.Client.GetGrain<IContextGrain>("1").Trace());
    }

    [Fact]
    public async Task Filters_see_and_change_calls_on_both_ends()
    {
        await using var cluster = await Clusters.DeployAsync(silo => silo.AddIncomingGrainCallFilter(async context =>
        {
            if (context.MethodName != nameof(IContextGrain.Say))
            {
                await context.Invoke();
                return;
            }

            Assert.Null(context.SourceId);
            Assert.IsType<ContextGrain>(context.Grain);
            context.Request.SetArgument(0, context.Request.GetArgument(0) + "b");
            await context.Invoke();
            context.Result = context.Result + "c";
        }));
        Assert.Equal("abc", await cluster.Client.GetGrain<IContextGrain>("filtered").Say("a"));
    }

    [Fact]
    public async Task A_message_that_cannot_cross_a_silo_boundary_names_its_place()
    {
        await using var cluster = await Clusters.DeployAsync();
        var failure = await Assert.ThrowsAsync<NotSupportedException>(() => cluster.Client.GetGrain<IContextGrain>("verified").SendOpaque(new Opaque(() => 1)));
        Assert.Contains(nameof(IContextGrain), failure.Message);
        Assert.Contains("SendOpaque: parameter 'value'", failure.Message);
    }

    [Fact]
    public async Task Wrong_options_stop_the_start_with_name_value_and_rule()
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => Clusters.DeployAsync(silo =>
            silo.Configure<EmbeddedEngineOptions>(o => o.MaxPendingRequests = 0)));
        Assert.Contains("EmbeddedEngineOptions.MaxPendingRequests is 0 and must be at least 1.", failure.Message);
    }
}
