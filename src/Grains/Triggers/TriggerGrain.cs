using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Actors.Domain;
using Actors.Domain.Execution;
using Actors.Domain.Lists;
using Actors.Domain.Projects;
using Actors.Domain.Triggers;
using Actors.Grains.EventSourcing;
using Actors.Grains.Idempotency;
using Actors.Grains.Interfaces.Designs;
using Actors.Grains.Interfaces.Triggers;
using Actors.Grains.Lists;
using Actors.Grains.Projects;
using Actors.Grains.Secrets;
using Actors.Storage;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;
using TriggerOutcome = Actors.Grains.EventSourcing.Outcome<Actors.Domain.Triggers.TriggerState, Actors.Domain.Triggers.TriggerEvent>;

namespace Actors.Grains.Triggers;

/// <inheritdoc cref="ITriggerGrain"/>
[Reentrant]
[GrainType("trigger")]
internal sealed partial class TriggerGrain(EventSourcingServices services, ICatalog catalog, SecretBox box, TriggerOptions options, ILogger<TriggerGrain> logger)
    : EventSourcedGrain<TriggerState, TriggerCommand, TriggerEvent>(services), ITriggerGrain, IRemindable
{
    private const int MaximumSecretLength = 500;
    private const int MaximumKeyLength = 255;

    private static readonly Refusal NoTrigger = new(ErrorCodes.NotFound, "there is no such trigger");
    private static readonly Refusal NoDesign = new(ErrorCodes.NotFound, "there is no such design in this project");

    private readonly Queue<long> _received = new();

    protected override string StreamKind => "trigger";

    protected override TriggerState Initial => TriggerState.None;

    protected override JsonTypeInfo<TriggerEvent> EventJson => TriggersJsonContext.Default.TriggerEvent;

    private string Id => this.GetPrimaryKeyString();

    public async Task<TriggerReply> Create(NewTrigger trigger)
    {
        if (await GrainFactory.RefuseAsync(trigger.ProjectId, trigger.By, ProjectRole.Editor) is { } forbidden)
            return new TriggerReply.Refused(forbidden);

        if (CheckSecret(trigger.Settings.Kind, trigger.SigningSecret) is { } badSecret)
            return new TriggerReply.Refused(badSecret);

        // One that exists is being asked for again, and takes no more room.
        if (!Committed.Exists() && await CountAsync(trigger.ProjectId) is { } full)
            return new TriggerReply.Refused(full);

        var (position, refusal) = await FindDesignsAsync(trigger.ProjectId, trigger.Settings);
        if (refusal is not null)
            return new TriggerReply.Refused(refusal);

        // Before it is stored: a reminder too many finds nothing to do, one too few would leave it asleep.
        await RemindAsync(trigger.Settings, trigger.Enabled);
        return await ChangeAsync(new TriggerCommand.Create(
            Now, trigger.By, Id, trigger.ProjectId, trigger.Settings, trigger.Enabled, position, trigger.TokenHash, Seal(trigger.SigningSecret)));
    }

    public async Task<TriggerReply> Get(string by) =>
        await RefuseAsync(by, ProjectRole.Viewer) is { } refusal ? new TriggerReply.Refused(refusal) : new TriggerReply.Done(TriggerCatalog.View(Committed));

    public Task<string?> GetProject() => Task.FromResult(Committed.Exists() ? Committed.ProjectId : null);

    public async Task<TriggerReply> Change(TriggerChange change)
    {
        if (await RefuseAsync(change.By, ProjectRole.Editor) is { } forbidden)
            return new TriggerReply.Refused(forbidden);

        var before = Committed.Settings!;
        var settings = before with
        {
            Name = change.Name ?? before.Name,
            DesignId = change.DesignId ?? before.DesignId,
            Inputs = change.Inputs ?? before.Inputs,
            PayloadInput = change.SetsPayloadInput ? change.PayloadInput : before.PayloadInput,
            Missed = change.Missed ?? before.Missed,
            Overlap = change.Overlap ?? before.Overlap,
            Schedule = change.Schedule ?? before.Schedule,
            Webhook = change.Webhook ?? before.Webhook,
            Design = change.Design ?? before.Design,
            File = change.File ?? before.File,
        };
        if (change.SetsSecret && CheckSecret(settings.Kind, change.SigningSecret) is { } badSecret)
            return new TriggerReply.Refused(badSecret);

        var (position, refusal) = await FindDesignsAsync(Committed.ProjectId, settings);
        if (refusal is not null)
            return new TriggerReply.Refused(refusal);

        var enabled = change.Enabled ?? Committed.Enabled;
        await RemindAsync(settings, enabled);
        return await ChangeAsync(new TriggerCommand.Change(
            Now, change.By, settings, enabled, position, change.SetsSecret, Seal(change.SigningSecret), change.ExpectedVersion));
    }

    public async Task<TriggerReply> RollToken(string by, string tokenHash) =>
        await RefuseAsync(by, ProjectRole.Editor) is { } refusal ? new TriggerReply.Refused(refusal) : await ChangeAsync(new TriggerCommand.RollToken(Now, by, tokenHash));

    public async Task<TriggerReply> Delete(string by, long? expectedVersion) =>
        await RefuseAsync(by, ProjectRole.Editor) is { } refusal ? new TriggerReply.Refused(refusal) : await ChangeAsync(new TriggerCommand.Delete(Now, by, expectedVersion));

    public async Task<FiringReply> Fire(string by, Token? payload, string? key)
    {
        if (await RefuseAsync(by, ProjectRole.Editor) is { } refusal)
            return new FiringReply.Refused(refusal);

        return await FireAsync($"hand:{key ?? NewKey()}", by, null, null, payload, byHand: true);
    }

    public async Task<FiringReply> Receive(HookDelivery delivery)
    {
        if (!Committed.Exists() || Committed.Settings!.Webhook is not { } hook)
            return new FiringReply.Refused(NoTrigger);

        if (!Committed.Enabled)
            return new FiringReply.Refused(new Refusal(ErrorCodes.TriggerDisabled, "the trigger is switched off"));

        if (RefuseRate(hook.PerMinute) is { } tooMany)
            return new FiringReply.Refused(tooMany);

        var refusal = HookRules.Check(hook, delivery)
            ?? (Committed.SealedSecret is { } secret ? HookRules.CheckSignature(box.Open(SecretContext(), secret), delivery) : null)
            ?? (delivery.Key is { Length: 0 or > MaximumKeyLength } ? Refusal.Field("Idempotency-Key", $"must have 1 to {MaximumKeyLength} characters") : null);
        return refusal is not null
            ? new FiringReply.Refused(refusal)
            : await FireAsync($"hook:{delivery.Key ?? NewKey()}", "webhook", null, null, HookRules.ToPayload(delivery), byHand: false);
    }

    public async Task<FiringPageReply> ListFirings(string by, ListRequest list)
    {
        if (await RefuseAsync(by, ProjectRole.Viewer) is { } refusal)
            return new FiringPageReply.Refused(refusal);

        var found = Committed.Firings.Where(firing => list.Finds(firing.Status.ToString()) || list.Finds(firing.Reason) || list.Finds(firing.RunId));
        return SortedPages.Take(found, list, firing => firing.Key, static firing => firing.FiredAt.UtcTicks.ToString("D19", CultureInfo.InvariantCulture)) is { } page
            ? new FiringPageReply.Page([.. page.Items.Select(TriggerCatalog.View)], page.NextCursor)
            : new FiringPageReply.Refused(CatalogLists.BadCursor());
    }

    protected override Decision<TriggerState, TriggerEvent> Decide(TriggerState state, TriggerCommand command) => state.Decide(command);

    protected override TriggerState Apply(TriggerState state, TriggerEvent @event) => state.Apply(@event);

    protected override ReadOnlyMemory<byte> WriteSnapshot(TriggerState state) => JsonSerializer.SerializeToUtf8Bytes(state, TriggersJsonContext.Default.TriggerState);

    protected override TriggerState ReadSnapshot(ReadOnlyMemory<byte> payload) =>
        JsonSerializer.Deserialize(payload.Span, TriggersJsonContext.Default.TriggerState)
            ?? throw new InvalidOperationException($"The snapshot of {StreamName} is empty.");

    protected override ImmutableArray<CatalogWrite> Catalog(TriggerState before, TriggerState after, TriggerEvent @event) =>
        TriggerCatalog.Writes(before, after, @event);

    private static Refusal? CheckSecret(TriggerKind kind, string? secret) =>
        secret is null ? null
        : kind != TriggerKind.Webhook ? Refusal.Field("signingSecret", "only a webhook has signatures")
        : secret.Length is < 8 or > MaximumSecretLength ? Refusal.Field("signingSecret", $"must have 8 to {MaximumSecretLength} characters")
        : null;

    private async Task<Refusal?> RefuseAsync(string by, ProjectRole needed) =>
        !Committed.Exists() ? NoTrigger
        : await GrainFactory.RefuseAsync(Committed.ProjectId, by, needed) is { } refusal ? refusal.Code == ErrorCodes.NotFound ? NoTrigger : refusal
        : null;

    private async Task<Refusal?> CountAsync(string projectId)
    {
        try
        {
            return await catalog.CountAsync(TriggerCatalog.Kind, projectId, CancellationToken.None) < options.MaximumPerProject
                ? null
                : new Refusal(ErrorCodes.LimitReached, $"a project has at most {options.MaximumPerProject} triggers");
        }
        catch (StorageUnavailableException)
        {
            return CatalogLists.Unavailable();
        }
    }

    /// <summary>Both designs must be of the project. Answers where the watched one stands.</summary>
    private async Task<(long Position, Refusal? Refusal)> FindDesignsAsync(string projectId, TriggerSettings settings)
    {
        if (settings.Check() is { } invalid)
            return (0, invalid);

        if (await GrainFactory.GetGrain<IDesignGrain>(settings.DesignId).GetHeader() is not { } design || design.ProjectId != projectId)
            return (0, NoDesign);

        if (settings.Design is null)
            return (0, null);

        return await GrainFactory.GetGrain<IDesignGrain>(settings.Design.DesignId).GetHeader() is { } watched && watched.ProjectId == projectId
            ? (watched.Revision, null)
            : (0, NoDesign);
    }

    private async Task<TriggerReply> ChangeAsync(TriggerCommand command)
    {
        var batchId = RequestBatch.Id(StreamName, command.GetType().Name, Services.Identifiers);
        switch (await ExecuteAsync(command, batchId, command.At, command.By, RequestBatch.MayRepeat))
        {
            case TriggerOutcome.Committed { State: var state }:
                Restart();
                return state.Exists() ? new TriggerReply.Done(TriggerCatalog.View(state)) : new TriggerReply.Gone();
            case TriggerOutcome.Refused refused:
                Restart();
                return new TriggerReply.Refused(refused.Refusal);
            default:
                return Committed.Exists() ? new TriggerReply.Done(TriggerCatalog.View(Committed)) : new TriggerReply.Gone();
        }
    }

    /// <summary>A sliding minute, in memory: a limit of rate need not outlive the process.</summary>
    private Refusal? RefuseRate(int perMinute)
    {
        var (now, minute) = (Services.Time.GetTimestamp(), Services.Time.TimestampFrequency * 60);
        while (_received.TryPeek(out var oldest) && now - oldest > minute)
            _received.Dequeue();

        if (_received.Count >= perMinute)
            return new Refusal(ErrorCodes.RateLimited, $"this hook takes {perMinute} requests a minute", Retryable: true);

        _received.Enqueue(now);
        return null;
    }

    private string NewKey() => Services.Identifiers.NewBatchId().ToString("N");

    private string SecretContext() => $"trigger\n{Id}";

    private string? Seal(string? secret) => secret is null ? null : box.Seal(SecretContext(), secret);
}
