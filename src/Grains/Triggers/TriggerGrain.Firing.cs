using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Actors.Domain;
using Actors.Domain.Execution;
using Actors.Domain.Projects;
using Actors.Domain.Triggers;
using Actors.Grains.Interfaces.Runs;
using Actors.Grains.Interfaces.Triggers;
using Actors.Grains.Projects;
using Actors.Grains.Runs;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using TriggerOutcome = Actors.Grains.EventSourcing.Outcome<Actors.Domain.Triggers.TriggerState, Actors.Domain.Triggers.TriggerEvent>;

namespace Actors.Grains.Triggers;

/// <summary>
/// What is due, done step by step. Each step rests on what is stored, so that a step which a crash interrupted is simply
/// done again: a firing is stored, then its run is started under an id that follows from it, then that is stored.
/// </summary>
internal sealed partial class TriggerGrain
{
    private const string Reminder = "due";

    /// <summary>Due times that are gone through at a time, before the schedule is taken up again from now.</summary>
    private const int MaximumBacklog = 10_000;
    private const int ReminderAttempts = 5;

    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);

    /// <summary>What comes due sooner is waited for in memory; the rest is left to the reminder.</summary>
    private static readonly TimeSpan WaitsInMemory = TimeSpan.FromMinutes(2);

    private IGrainTimer? _timer;
    private Task _stepping = Task.CompletedTask;
    private bool _again;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        Restart();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _timer?.Dispose();
        EndWatch();
        return base.OnDeactivateAsync(reason, cancellationToken);
    }

    public Task Wake() => StepAsync();

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (!Committed.Exists() || !Committed.Enabled)
            await RemindAsync(null, enabled: false);

        await StepAsync();
    }

    /// <summary>Stores the firing and starts its run; answers what became of it. The same key is the same firing.</summary>
    private async Task<FiringReply> FireAsync(string key, string by, DateTimeOffset? due, long? position, Token? payload, bool byHand)
    {
        var known = due ?? Committed.Find(key)?.DueAt;
        var command = new TriggerCommand.Fire(Now, by, key, "", due, position, payload, byHand);
        command = command with { RunId = TriggerState.RunIdOf(Id, key, known ?? command.At) };
        var batch = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"fire\n{key}")).AsSpan(0, 16));
        var outcome = await ExecuteAsync(command, batch, command.At, by, resendable: true);
        if (outcome is TriggerOutcome.Refused refused)
            return new FiringReply.Refused(refused.Refusal);

        await StepAsync();

        // One that is long gone from the history is found in the journal as it was then.
        var firing = Committed.Find(key) ?? ((outcome as TriggerOutcome.Repeated)?.Event as TriggerEvent.Fired)?.Firing;
        return firing is null
            ? new FiringReply.Refused(new Refusal(ErrorCodes.TimedOut, "the firing was overtaken by many others", Retryable: true))
            : new FiringReply.Done(TriggerCatalog.View(firing));
    }

    /// <summary>After any change: what is due now, and when to look again.</summary>
    private void Restart()
    {
        if (Committed.Exists())
        {
            Watch();
            Arm(TimeSpan.Zero);
        }
        else
        {
            _timer?.Dispose();
            EndWatch();
        }
    }

    /// <summary>One pass at a time; who asks during one has it followed by another.</summary>
    private Task StepAsync()
    {
        _again = true;
        return _stepping.IsCompleted ? _stepping = LoopAsync() : _stepping;
    }

    private async Task LoopAsync()
    {
        var left = false;
        try
        {
            while (_again)
            {
                _again = false;
                left = await PassAsync();
            }
        }
        catch (Exception exception)
        {
            // Storage that does not answer, mostly. Everything is stored as far as it got, and goes on from there.
            LogDelayed(logger, exception, Id);
            left = true;
        }

        await ArmNextAsync(left);
    }

    /// <returns>Whether something is left that has to be tried again soon.</returns>
    private async Task<bool> PassAsync()
    {
        if (!Committed.Exists())
            return false;

        await EndRunsAsync();
        var left = !await FireDueAsync();
        await FireChangesAsync();
        foreach (var firing in Committed.Firings.Where(firing => firing.Status == FiringStatus.Starting))
            left |= !await StartAsync(firing);

        await EndRunsAsync();
        return left || Committed.Firings.Any(firing => firing.Status is FiringStatus.Queued or FiringStatus.Starting);
    }

    /// <returns>False when it has to be tried again.</returns>
    private async Task<bool> StartAsync(TriggerFiring firing)
    {
        var owner = firing.By ?? Committed.Owner;
        var forbidden = await GrainFactory.RefuseAsync(Committed.ProjectId, owner, ProjectRole.Editor);
        var refusal = forbidden;
        if (refusal is null)
        {
            var reply = await GrainFactory.GetGrain<IRunGrain>(firing.RunId!).Start(
                new NewRun(Committed.Settings!.DesignId, owner, null, RunDurability.Firing, InputsOf(firing), Trigger: FeedOf(firing)));
            refusal = reply.Run is null ? reply.Refusal : null;
        }

        if (refusal is { Retryable: true })
            return false;

        await DoAsync(new TriggerCommand.Settle(Now, firing.RunId!, refusal));
        if (forbidden is not null && firing.By is null)
            await DoAsync(new TriggerCommand.Disable(Now, forbidden.Code));

        return true;
    }

    private ImmutableDictionary<string, ImmutableArray<Token>> InputsOf(TriggerFiring firing)
    {
        var settings = Committed.Settings!;
        return settings.PayloadInput is { } input
            ? settings.Inputs.SetItem(input, [firing.Payload ?? Token.Write(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("dueAt", firing.DueAt);
                writer.WriteString("firedAt", firing.FiredAt);
                writer.WriteEndObject();
            })])
            : settings.Inputs;
    }

    /// <summary>What the design's nodes of the trigger's kind emit.</summary>
    private RunTrigger? FeedOf(TriggerFiring firing) => Committed.Settings!.Kind switch
    {
        TriggerKind.Webhook => new RunTrigger(RunTrigger.Webhook, firing.Payload ?? HookRules.EmptyPayload),
        TriggerKind.Schedule => new RunTrigger(RunTrigger.Schedule, firing.Payload ?? Token.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("time", firing.DueAt.UtcDateTime);
            writer.WriteNumber("number", 1);
            writer.WriteEndObject();
        })),
        _ => null,
    };

    /// <summary>The catalog knows how runs stand without waking them.</summary>
    private async Task EndRunsAsync()
    {
        var ended = ImmutableArray.CreateBuilder<string>();
        foreach (var runId in Committed.Running)
        {
            if (await catalog.FindAsync(RunGrain.CatalogKind, runId, CancellationToken.None) is not { Status: "running" or "paused" or "waiting" })
                ended.Add(runId);
        }

        if (ended.Count > 0 || Committed.Firings.Any(firing => firing.Status == FiringStatus.Queued))
            await DoAsync(new TriggerCommand.EndRuns(Now, ended.ToImmutable()));
    }

    /// <returns>False when missed times are left that have to wait for others.</returns>
    private async Task<bool> FireDueAsync()
    {
        var now = Now;
        var due = new List<DateTimeOffset>();
        var state = Committed;
        for (var next = state.NextDue(); next is { } time && time <= now && due.Count < MaximumBacklog; next = state.Settings!.Schedule!.Next(time, state.Anchor))
            due.Add(time);

        if (due.Count == 0)
            return true;

        var late = due.FindLastIndex(time => time < now - options.LateAfter) + 1;
        var kept = state.Settings!.Missed switch
        {
            MissedPolicy.All => Math.Min(late, TriggerState.MaximumMissed),
            MissedPolicy.Once => Math.Min(late, 1),
            _ => 0,
        };
        if (late > kept)
            await DoAsync(new TriggerCommand.Miss(now, due[0], due[late - kept - 1], late - kept));

        foreach (var (i, time) in due.Index().Skip(late - kept))
        {
            // Those that are made up for come as there is room for them; none of them is lost to the limits.
            if (i < late && !Committed.HasRoom())
                return false;

            var key = $"due:{time.UtcTicks.ToString(CultureInfo.InvariantCulture)}";
            await DoAsync(new TriggerCommand.Fire(Now, "schedule", key, TriggerState.RunIdOf(Id, key, time), time, null, null, ByHand: false));
        }

        // A backlog of more is taken up in the next pass.
        _again |= due.Count == MaximumBacklog;
        return true;
    }

    private async Task DoAsync(TriggerCommand command)
    {
        if (await ExecuteAsync(command, Services.Identifiers.NewBatchId(), command.At, command.By) is TriggerOutcome.Refused { Refusal: { Retryable: true } refusal })
            throw new Storage.StorageUnavailableException(refusal.Detail);
    }

    private async Task ArmNextAsync(bool left)
    {
        if (!Committed.Exists())
            return;

        var wait = left ? options.RetryAfter : Timeout.InfiniteTimeSpan;
        if (Committed.NextDue() is { } next)
        {
            var until = next > Now ? next - Now : TimeSpan.Zero;
            if (until < WaitsInMemory)
                wait = Shorter(wait, until);
            else
                await RemindAtAsync(until);
        }

        if (UntilQuiet() is { } quiet)
            wait = Shorter(wait, quiet);

        Arm(wait);
    }

    private void Arm(TimeSpan wait)
    {
        _timer?.Dispose();
        _timer = wait == Timeout.InfiniteTimeSpan
            ? null
            : this.RegisterGrainTimer(
                static (grain, _) => grain.StepAsync(),
                this,
                new GrainTimerCreationOptions(wait, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true });
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one == Timeout.InfiniteTimeSpan || other < one ? other : one;

    /// <summary>What is not called from outside must wake by itself, in whatever process; webhooks are called.</summary>
    private async Task RemindAsync(TriggerSettings? settings, bool enabled)
    {
        if (enabled && settings is { Kind: not TriggerKind.Webhook })
            await this.RegisterOrUpdateReminder(Reminder, ReminderPeriod, ReminderPeriod);
        else
            await ForgetReminderAsync();
    }

    private async Task ForgetReminderAsync()
    {
        for (var left = ReminderAttempts; await this.GetReminder(Reminder) is { } reminder; left--)
        {
            try
            {
                await this.UnregisterReminder(reminder);
                return;
            }
            catch (ReminderException) when (left > 1)
            {
                // It was set anew in between, to the time that was due until now.
            }
        }
    }

    /// <summary>A minute's period stays behind the time itself, so that a process which starts later notices soon.</summary>
    private async Task RemindAtAsync(TimeSpan until)
    {
        try
        {
            await this.RegisterOrUpdateReminder(Reminder, until, ReminderPeriod);
        }
        catch (Exception exception)
        {
            // The reminder that is there ticks each minute, only more often than it need.
            LogDelayed(logger, exception, Id);
        }
    }

    [LoggerMessage(EventId = 2720, Level = LogLevel.Warning, Message = "Trigger {TriggerId} could not do what is due and tries again in a moment.")]
    private static partial void LogDelayed(ILogger logger, Exception exception, string triggerId);
}
