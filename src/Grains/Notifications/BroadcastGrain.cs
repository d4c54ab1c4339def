using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Actors.Domain;
using Actors.Domain.Notifications;
using Actors.Grains.Accounts;
using Actors.Grains.EventSourcing;
using Actors.Grains.Interfaces.Notifications;
using Actors.Grains.Projects;
using Actors.Storage;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;
using BroadcastOutcome = Actors.Grains.EventSourcing.Outcome<Actors.Domain.Notifications.BroadcastState, Actors.Domain.Notifications.BroadcastEvent>;

namespace Actors.Grains.Notifications;

/// <inheritdoc cref="IBroadcastGrain"/>
/// <remarks>
/// A page is delivered, then journalled; after a crash between the two it is delivered again, which the inboxes notice.
/// A reminder wakes a broadcast that was on its way when the process ended.
/// </remarks>
[Reentrant]
[GrainType("broadcast")]
internal sealed partial class BroadcastGrain(
    EventSourcingServices services, NotificationOptions options, INotifier notifier, ICatalog catalog, ILogger<BroadcastGrain> logger)
    : EventSourcedGrain<BroadcastState, BroadcastCommand, BroadcastEvent>(services), IBroadcastGrain, IRemindable
{
    private const string Reminder = "continue";

    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private IGrainTimer? _steps;
    private bool _stepping;

    protected override string StreamKind => "broadcast";

    protected override BroadcastState Initial => BroadcastState.None;

    protected override JsonTypeInfo<BroadcastEvent> EventJson => NotificationsJsonContext.Default.BroadcastEvent;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        Continue();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _steps?.Dispose();
        return base.OnDeactivateAsync(reason, cancellationToken);
    }

    public async Task<BroadcastReply> Start(NewBroadcast broadcast)
    {
        var command = new BroadcastCommand.Start(Now, this.GetPrimaryKeyString(), broadcast.Title, broadcast.Text, broadcast.ProjectId, broadcast.By);

        // Before the start is stored: a reminder too many finds nothing to do, one too few would leave accounts untold.
        await this.RegisterOrUpdateReminder(Reminder, ReminderPeriod, ReminderPeriod);
        var outcome = await ExecuteAsync(command, Services.Identifiers.NewBatchId(), command.At, broadcast.By.Id);
        if (outcome is BroadcastOutcome.Refused refused)
        {
            await this.ForgetReminderAsync(Reminder);
            return new BroadcastReply.Refused(refused.Refusal);
        }

        Continue();
        return new BroadcastReply.Started(View());
    }

    public Task<BroadcastView?> Get() => Task.FromResult(Committed.Exists() ? View() : null);

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (Committed.Exists() && !Committed.Completed)
            Continue();
        else
            await this.ForgetReminderAsync(Reminder);
    }

    protected override Decision<BroadcastState, BroadcastEvent> Decide(BroadcastState state, BroadcastCommand command) => state.Decide(command);

    protected override BroadcastState Apply(BroadcastState state, BroadcastEvent @event) => state.Apply(@event);

    protected override ReadOnlyMemory<byte> WriteSnapshot(BroadcastState state) =>
        JsonSerializer.SerializeToUtf8Bytes(state, NotificationsJsonContext.Default.BroadcastState);

    protected override BroadcastState ReadSnapshot(ReadOnlyMemory<byte> payload) =>
        JsonSerializer.Deserialize(payload.Span, NotificationsJsonContext.Default.BroadcastState)
            ?? throw new InvalidOperationException($"The snapshot of {StreamName} is empty.");

    private void Continue()
    {
        if (_steps is null && Committed.Exists() && !Committed.Completed)
        {
            _steps = this.RegisterGrainTimer(
                static (grain, _) => grain.StepAsync(),
                this,
                new GrainTimerCreationOptions(TimeSpan.Zero, RetryAfter) { Interleave = true, KeepAlive = true });
        }
    }

    /// <summary>Pages until all are done or something fails; then the timer's next tick goes on.</summary>
    private async Task StepAsync()
    {
        if (_stepping)
            return;

        _stepping = true;
        try
        {
            while (!Committed.Completed)
            {
                var before = Committed;
                var page = await ReadAudienceAsync(before);
                if (!(await notifier.NotifyAsync([.. page.Items.Select(account => account.Id)], ToNotification(before))).IsEmpty)
                    return;

                var advance = new BroadcastCommand.Advance(Now, page.Next, page.Items.Count);
                if (await ExecuteAsync(advance, Services.Identifiers.NewBatchId(), advance.At, before.By!.Id) is BroadcastOutcome.Refused)
                    return;
            }

            _steps?.Dispose();
            _steps = null;
            await this.ForgetReminderAsync(Reminder);
        }
        catch (Exception exception)
        {
            LogDelayed(logger, exception, this.GetPrimaryKeyString());
        }
        finally
        {
            _stepping = false;
        }
    }

    private Task<CatalogPage> ReadAudienceAsync(BroadcastState state)
    {
        var query = new CatalogQuery { Kind = AccountCatalog.Kind, Limit = options.BroadcastPage, Cursor = state.Cursor };
        return state.ProjectId is { } projectId
            ? catalog.ListLinkedAsync(query, CatalogLinkFilter.From(ProjectCatalog.MemberLink, projectId), CancellationToken.None)
            : catalog.ListAsync(query, CancellationToken.None);
    }

    private static NewNotification ToNotification(BroadcastState state) =>
        new($"system:{state.Id}", NotificationKinds.System, state.Title, state.Text, state.ProjectId, By: state.By);

    private BroadcastView View() => new(
        Committed.Id,
        Committed.Completed ? "completed" : "running",
        Committed.Title,
        Committed.Text,
        Committed.ProjectId,
        Committed.Reached,
        Committed.By!,
        Committed.At);

    [LoggerMessage(EventId = 2703, Level = LogLevel.Warning, Message = "The notification {BroadcastId} to everyone waits and goes on in a moment.")]
    private static partial void LogDelayed(ILogger logger, Exception exception, string broadcastId);
}
