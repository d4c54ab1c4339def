using System.Collections.Immutable;
using Actors.Domain.Execution;
using Actors.Domain.Scheduling;
using Actors.Domain.Triggers;

namespace Actors.Domain.Tests.Triggers;

public sealed class TriggerStateTests
{
    private const string Design = "dsg_01k9x2m4n6p8r0t2v4x6z8a0b2";

    private static readonly DateTimeOffset At = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_due_time_fires_once_and_never_after_a_later_one()
    {
        var state = Do(Create(OverlapPolicy.Parallel), Due(1), Due(3));
        Assert.Null(state.Decide(Due(3)).Event);
        Assert.Null(state.Decide(Due(2)).Event);
        Assert.Equal(At.AddMinutes(4), state.NextDue());
        Assert.Equal(2, state.Firings.Length);
    }

    [Fact]
    public void The_run_of_a_firing_is_the_same_whenever_it_is_asked_for()
    {
        Assert.Equal(TriggerState.RunIdOf("trg_1", "a", At), TriggerState.RunIdOf("trg_1", "a", At));
        Assert.NotEqual(TriggerState.RunIdOf("trg_1", "a", At), TriggerState.RunIdOf("trg_1", "b", At));
        Assert.NotEqual(TriggerState.RunIdOf("trg_1", "a", At), TriggerState.RunIdOf("trg_2", "a", At));
        Assert.True(Identity.Identifier.IsValid("run_", TriggerState.RunIdOf("trg_1", "a", At)));
    }

    [Fact]
    public void While_a_run_is_under_way_a_firing_is_skipped_waits_or_runs_beside()
    {
        foreach (var (policy, status) in new[] { (OverlapPolicy.Skip, FiringStatus.Skipped), (OverlapPolicy.Queue, FiringStatus.Queued), (OverlapPolicy.Parallel, FiringStatus.Starting) })
            Assert.Equal(status, Do(Create(policy), Due(1), Started(1), Due(2)).Firings[^1].Status);
    }

    [Fact]
    public void What_waits_follows_one_by_one_in_its_order()
    {
        var state = Do(Create(OverlapPolicy.Queue), Due(1), Started(1), Due(2), Due(3));
        state = Do(state, new TriggerCommand.EndRuns(At, [RunId(1)]));
        Assert.Equal([FiringStatus.Started, FiringStatus.Starting, FiringStatus.Queued], state.Firings.Select(firing => firing.Status));
        Assert.Null(state.Decide(new TriggerCommand.EndRuns(At, [RunId(1)])).Event);

        // One that could not be started does not hold up the next.
        state = Do(state, new TriggerCommand.Settle(At, RunId(2), new Refusal("code", "detail")), new TriggerCommand.EndRuns(At, []));
        Assert.Equal([FiringStatus.Started, FiringStatus.Failed, FiringStatus.Starting], state.Firings.Select(firing => firing.Status));
    }

    [Fact]
    public void Queues_and_parallel_runs_are_bounded()
    {
        var queue = Do(Create(OverlapPolicy.Queue), Due(1));
        var parallel = Create(OverlapPolicy.Parallel);
        for (var minute = 1; minute <= TriggerState.MaximumParallel; minute++)
            (queue, parallel) = (Do(queue, Due(minute + 1)), Do(parallel, Due(minute)));

        Assert.Equal(FiringReasons.QueueFull, Do(queue, Due(100)).Firings[^1].Reason);
        Assert.Equal(FiringReasons.TooMany, Do(parallel, Due(100)).Firings[^1].Reason);
    }

    [Fact]
    public void The_history_is_bounded_and_keeps_what_is_not_settled()
    {
        var state = Do(Create(OverlapPolicy.Skip), Due(1));
        for (var minute = 2; minute < TriggerState.MaximumFirings + 50; minute++)
            state = Do(state, Due(minute));

        Assert.Equal(TriggerState.MaximumFirings, state.Firings.Length);
        Assert.Equal(FiringStatus.Starting, state.Firings[0].Status);
    }

    [Fact]
    public void What_came_due_while_it_was_switched_off_is_not_made_up_for()
    {
        var state = Create(OverlapPolicy.Skip);
        state = Do(state, Change(state, enabled: false, At.AddMinutes(5)));
        Assert.Null(state.NextDue());
        Assert.Equal(ErrorCodes.TriggerDisabled, state.Decide(Due(6)).Refusal?.Code);
        Assert.NotNull(state.Decide(new TriggerCommand.Fire(At, "usr_1", "hand:1", "run_x", null, null, null, ByHand: true)).Event);

        state = Do(state, Change(state, enabled: true, At.AddMinutes(30)));
        Assert.Equal(At.AddMinutes(31), state.NextDue());
    }

    [Fact]
    public void A_change_of_the_name_leaves_what_is_due()
    {
        var state = Create(OverlapPolicy.Skip);
        state = Do(state, new TriggerCommand.Change(At.AddHours(1), "usr_2", state.Settings! with { Name = "Other" }, true, 0, false, null, null));
        Assert.Equal((At.AddMinutes(1), "usr_2"), (state.NextDue(), state.Owner));
    }

    [Fact]
    public void Missed_times_are_noted_together_and_done_with()
    {
        var state = Do(Create(OverlapPolicy.Skip), new TriggerCommand.Miss(At.AddHours(1), At.AddMinutes(1), At.AddMinutes(59), 59));
        var firing = Assert.Single(state.Firings);
        Assert.Equal((FiringStatus.Skipped, FiringReasons.Missed, 59), (firing.Status, firing.Reason, firing.Count));
        Assert.Equal(At.AddMinutes(60), state.NextDue());
    }

    [Fact]
    public void Events_make_the_state_that_the_decision_promised()
    {
        var state = Create(OverlapPolicy.Queue);
        TriggerCommand[] commands = [Due(1), Started(1), Due(2), new TriggerCommand.EndRuns(At, [RunId(1)]), new TriggerCommand.Disable(At, "forbidden"), new TriggerCommand.Delete(At, "usr_1", null)];
        foreach (var command in commands)
        {
            var decision = state.Decide(command);
            Assert.Equal(decision.Next!.Version, state.Apply(decision.Event!).Version);
            state = decision.Next;
        }

        Assert.False(state.Exists());
        Assert.Equal(ErrorCodes.NotFound, state.Decide(Due(9)).Refusal?.Code);
    }

    [Fact]
    public void Settings_are_refused_with_the_field()
    {
        var good = Settings(OverlapPolicy.Skip);
        Assert.Null(good.Check());
        foreach (var (settings, field) in new (TriggerSettings, string)[]
        {
            (good with { Name = " " }, "name"),
            (good with { DesignId = "prj_1" }, "designId"),
            (good with { Schedule = null }, "schedule"),
            (good with { Schedule = new Recurrence() }, "schedule"),
            (good with { Schedule = new Recurrence("@daily", 60) }, "schedule"),
            (good with { Schedule = new Recurrence("61 * * * *") }, "schedule.cron"),
            (good with { Schedule = new Recurrence(EverySeconds: 9) }, "schedule.everySeconds"),
            (good with { Schedule = new Recurrence("@daily", TimeZone: "Mars/Olympus") }, "schedule.timeZone"),
            (good with { Schedule = new Recurrence(EverySeconds: 60, TimeZone: "UTC") }, "schedule.timeZone"),
            (good with { Webhook = HookSettings.Default }, "webhook"),
            (good with { Kind = TriggerKind.Webhook }, "schedule"),
            (good with { Kind = TriggerKind.Webhook, Schedule = null, Webhook = HookSettings.Default with { PerMinute = 0 } }, "webhook.perMinute"),
            (good with { Kind = TriggerKind.Webhook, Schedule = null, Webhook = HookSettings.Default with { MaximumBytes = 0 } }, "webhook.maximumBytes"),
            (good with { Kind = TriggerKind.Webhook, Schedule = null, Webhook = HookSettings.Default with { ContentTypes = ["json"] } }, "webhook.contentTypes"),
            (good with { Kind = TriggerKind.Design, Schedule = null, Design = new DesignEventSettings("x") }, "design.designId"),
            (good with { Kind = TriggerKind.Design, Schedule = null, Design = new DesignEventSettings(Design, 0) }, "design.debounceSeconds"),
            (good with { Kind = TriggerKind.File, Schedule = null, File = new FileEventSettings("/x") }, "file.path"),
            (good with { Inputs = good.Inputs.Add("x", [Token.Of(new string('x', TriggerSettings.MaximumInputBytes))]) }, "inputs"),
        })
        {
            Assert.Equal([field], settings.Check()?.Errors?.Keys);
        }
    }

    private static TriggerSettings Settings(OverlapPolicy overlap) => new(
        "Every minute", Design, TriggerKind.Schedule, ImmutableDictionary<string, ImmutableArray<Token>>.Empty, Overlap: overlap, Schedule: new Recurrence("* * * * *"));

    private static TriggerState Create(OverlapPolicy overlap) =>
        Do(TriggerState.None, new TriggerCommand.Create(At, "usr_1", "trg_1", "prj_1", Settings(overlap), true, 0, null, null));

    private static TriggerState Do(TriggerState state, params TriggerCommand[] commands) =>
        commands.Aggregate(state, (before, command) => before.Decide(command) is { Next: { } next } ? next : throw new InvalidOperationException($"{command} changed nothing."));

    private static TriggerCommand.Change Change(TriggerState state, bool enabled, DateTimeOffset at) => new(at, "usr_1", state.Settings!, enabled, 0, false, null, null);

    private static TriggerCommand.Fire Due(int minute) => new(At.AddMinutes(minute), "schedule", $"due:{minute}", RunId(minute), At.AddMinutes(minute), null, null, ByHand: false);

    private static TriggerCommand.Settle Started(int minute) => new(At.AddMinutes(minute), RunId(minute), null);

    private static string RunId(int minute) => $"run_{minute}";
}
