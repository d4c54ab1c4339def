using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Actors.Domain;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Json;
using Actors.Domain.Versions;
using Actors.Grains.EventSourcing;
using Actors.Grains.Idempotency;
using Actors.Grains.Interfaces.Designs;
using Actors.Grains.Interfaces.Versions;
using Actors.Grains.Projects;
using Actors.Grains.Versions;
using Actors.Storage;
using Orleans;
using Orleans.Concurrency;
using DesignOutcome = Actors.Grains.EventSourcing.Outcome<Actors.Domain.Designs.DesignState, Actors.Domain.Designs.DesignEvent>;

namespace Actors.Grains.Designs;

/// <inheritdoc cref="IDesignGrain"/>
[Reentrant]
internal sealed class DesignGrain(EventSourcingServices services, EnabledComponents enabled, DesignLimits limits, VersionOptions versions, CheckpointWriter checkpoints)
    : EventSourcedGrain<DesignState, DesignCommand, DesignEvent>(services), IDesignGrain
{
    /// <summary>Changes that may wait for one watcher: seconds of the busiest design.</summary>
    private const int WatcherQueue = 16_384;

    private static readonly SubmitResult ViewerRefused = new SubmitResult.Refused(
        new Refusal(ErrorCodes.Forbidden, "This needs the role editor in the design's project."));

    private readonly Watchers<DesignFeedEvent> _watchers = new(WatcherQueue);
    private readonly CheckpointClock _clock = new(versions.CheckpointAfterChanges, versions.CheckpointAfter);
    private bool _replayed;

    protected override string StreamKind => DesignStreams.Kind;

    protected override DesignState Initial => DesignState.Initial;

    protected override JsonTypeInfo<DesignEvent> EventJson => DomainJson.Event;

    private string Id => this.GetPrimaryKeyString();

    public async Task<DesignReply> Create(DesignCaller caller, NewDesign design)
    {
        if (!caller.MayEdit)
        {
            return new DesignReply(null, ((SubmitResult.Refused)ViewerRefused).Error);
        }

        await enabled.LoadAsync(design.ProjectId);
        var command = new CreateDesign(
            Id,
            design.ProjectId,
            design.Name,
            design.Kind,
            design.Description,
            design.Settings,
            Services.Identifiers.NewBatchId().ToString("N"),
            caller.Author,
            Now,
            design.Nodes,
            design.Connections);
        var batchId = RequestBatch.Id(StreamName, nameof(CreateDesign), Services.Identifiers);
        var outcome = await ExecuteAsync(command, batchId, command.At, caller.Author.Id, RequestBatch.MayRepeat);
        return outcome switch
        {
            DesignOutcome.Committed committed => new DesignReply(committed.State.ToDocument(), null),
            DesignOutcome.Refused refused => new DesignReply(null, refused.Refusal),
            _ => new DesignReply(Committed.ToDocument(), null),
        };
    }

    public Task<DesignHeader?> GetHeader() => Task.FromResult(IsLive(Committed) ? DesignHeaders.Of(Committed) : null);

    public Task<DesignDocument?> GetDocument() => Task.FromResult(IsLive(Committed) ? Committed.ToDocument() : null);

    public Task<DesignPart?> GetPart(string id)
    {
        var node = Committed.FindNode(id);
        var connection = node is null ? Committed.FindConnection(id) : null;
        return Task.FromResult(node is null && connection is null ? null : new DesignPart(Revision, node, connection));
    }

    public Task<SubmitResult> Submit(DesignCaller caller, Batch batch) =>
        SubmitAsync(caller, batch, new SubmitBatch(batch, caller.Author, Now));

    public Task<SubmitResult> SubmitAt(DesignCaller caller, Batch batch, long expectedRevision) =>
        SubmitAsync(caller, batch, new CommandAt(new SubmitBatch(batch, caller.Author, Now), batch.BatchId, expectedRevision));

    public Task<SubmitResult> Undo(DesignCaller caller)
    {
        var batchId = RequestBatch.Id(StreamName, nameof(UndoLast), Services.Identifiers);
        return TakeBack(caller, batchId, new UndoLast(batchId, caller.Author, Now));
    }

    public Task<SubmitResult> Redo(DesignCaller caller)
    {
        var batchId = RequestBatch.Id(StreamName, nameof(RedoLast), Services.Identifiers);
        return TakeBack(caller, batchId, new RedoLast(batchId, caller.Author, Now));
    }

    public async Task<SubmitResult> Restore(DesignCaller caller, Guid batchId, long revision, long? expectedRevision = null)
    {
        if (!caller.MayEdit)
        {
            return ViewerRefused;
        }

        if (await GrainFactory.GetGrain<IDesignHistoryGrain>(Id).GetDocument(revision) is not { } target)
        {
            return new SubmitResult.Refused(new Refusal(ErrorCodes.RevisionUnknown, $"The design has revisions 1 to {Revision}."));
        }

        var command = At(new RestoreContents(target, batchId, caller.Author, Now), batchId, expectedRevision);
        var outcome = await ExecuteAsync(command, batchId, command.At, caller.Author.Id, resendable: true);
        return outcome is DesignOutcome.Unchanged { State: var state } && state.FindRecent(batchId) is null
            ? new SubmitResult.Committed(state.Revision, [])
            : Answer(outcome, batchId);
    }

    public async Task<Refusal?> Delete(DesignCaller caller, long? expectedRevision = null)
    {
        if (!caller.MayEdit)
        {
            return ((SubmitResult.Refused)ViewerRefused).Error;
        }

        var batchId = Services.Identifiers.NewBatchId();
        var command = At(new DeleteDesign(caller.Author, Now), batchId, expectedRevision);
        var outcome = await ExecuteAsync(command, batchId, command.At, caller.Author.Id);
        return outcome is DesignOutcome.Refused refused ? refused.Refusal : null;
    }

    public async IAsyncEnumerable<DesignFeedItem> Watch(
        DesignPosition? after,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (!IsLive(Committed))
        {
            yield return new DesignFeedItem.Ended(Committed.Deleted ? ErrorCodes.Deleted : ErrorCodes.NotFound);
            yield break;
        }

        var start = Committed;
        using var watcher = _watchers.Watch();
        if (after is null || after.Epoch != start.Epoch || after.Revision > start.Revision)
        {
            yield return new DesignFeedItem.Snapshot(start.ToDocument());
        }
        else
        {
            await foreach (var missed in DesignStreams.ReadChangesAsync(Services.Journal, Id, after.Revision, start.Revision, cancellationToken))
            {
                yield return new DesignFeedItem.Changes(missed);
            }
        }

        await foreach (var events in watcher.ReadAllAsync(cancellationToken))
        {
            var changes = ImmutableArray.CreateBuilder<Change>(events.Length);
            foreach (var happened in events)
            {
                if (happened.Change is { } change)
                {
                    changes.Add(change);
                }
            }

            if (changes.Count > 0)
            {
                yield return new DesignFeedItem.Changes(changes.DrainToImmutable());
            }

            if (events[^1].Change is null)
            {
                yield return new DesignFeedItem.Ended(ErrorCodes.Deleted);
                yield break;
            }
        }
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        if (IsLive(Committed))
        {
            await enabled.LoadAsync(Committed.ProjectId);
        }

        _replayed = true;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _watchers.Complete();
        return base.OnDeactivateAsync(reason, cancellationToken);
    }

    protected override Decision<DesignState, DesignEvent> Decide(DesignState state, DesignCommand command) => command switch
    {
        CommandAt at when IsLive(state) && state.Revision != at.ExpectedRevision && state.FindRecent(at.BatchId) is null =>
            Decision<DesignState, DesignEvent>.Refused(new Refusal(
                ErrorCodes.PreconditionFailed, $"The design is at revision {state.Revision}, not {at.ExpectedRevision}.")),
        CommandAt at => state.Decide(at.Command, enabled.Of(state.ProjectId), limits),
        _ => state.Decide(command, enabled.Of(state.ProjectId), limits),
    };

    protected override DesignState Apply(DesignState state, DesignEvent @event) => state.Apply(@event);

    protected override ReadOnlyMemory<byte> WriteSnapshot(DesignState state) =>
        JsonSerializer.SerializeToUtf8Bytes(state.ToSnapshot(), DomainJson.Snapshot);

    protected override DesignState ReadSnapshot(ReadOnlyMemory<byte> payload) =>
        DesignState.FromSnapshot(JsonSerializer.Deserialize(payload.Span, DomainJson.Snapshot)!);

    protected override ImmutableArray<CatalogWrite> Catalog(DesignState before, DesignState after, DesignEvent @event) =>
        @event is DesignDeleted
            ? [new CatalogWrite.RemoveEntry(DesignStreams.CatalogKind, Id)]
            : [new CatalogWrite.PutEntry(DesignHeaders.ToEntry(DesignHeaders.Of(after)))];

    protected override void OnCommitted(long revision, Guid batchId, DateTimeOffset at, DesignEvent @event)
    {
        if (_watchers.Count > 0)
        {
            _watchers.Publish(new DesignFeedEvent(DesignStreams.ToChange(revision, batchId, @event)));
        }

        if (@event is DesignDeleted)
        {
            _ = GrainFactory.GetGrain<IDesignVersionsGrain>(Id).End();
        }
        else if (_replayed && _clock.Counts(at))
        {
            checkpoints.Offer(Committed, AverageEventBytes);
            _ = GrainFactory.GetGrain<IDesignVersionsGrain>(Id).Checkpoint(revision);
        }
    }

    private async Task<SubmitResult> SubmitAsync(DesignCaller caller, Batch batch, DesignCommand command) => caller.MayEdit
        ? Answer(await ExecuteAsync(command, batch.BatchId, command.At, caller.Author.Id, resendable: true), batch.BatchId)
        : ViewerRefused;

    private static bool IsLive(DesignState state) => state.Exists && !state.Deleted;

    private async Task<SubmitResult> TakeBack(DesignCaller caller, Guid batchId, DesignCommand command) => caller.MayEdit
        ? Answer(await ExecuteAsync(command, batchId, command.At, caller.Author.Id, RequestBatch.MayRepeat), batchId)
        : ViewerRefused;

    private static SubmitResult Answer(DesignOutcome outcome, Guid batchId) => outcome switch
    {
        DesignOutcome.Committed { Event: BatchCommitted committed } done => Tell(done.Revision, committed),
        DesignOutcome.Repeated { Event: BatchCommitted committed } done => DesignState.ToResult(done.Revision, committed),
        DesignOutcome.Unchanged unchanged => unchanged.State.FindRecent(batchId)
            ?? throw new InvalidOperationException("A batch changed nothing and was never committed."),
        DesignOutcome.Refused refused => new SubmitResult.Refused(refused.Refusal),
        _ => new SubmitResult.Refused(new Refusal(ErrorCodes.ValidationFailed, "batchId: belongs to what was no batch")),
    };

    /// <summary>An undo or redo was not sent as operations, so its author is always told what it did.</summary>
    private static SubmitResult Tell(long revision, BatchCommitted committed) => committed.Cause == BatchCause.Edit
        ? DesignState.ToResult(revision, committed)
        : new SubmitResult.Committed(revision, committed.Ignored, committed.Operations);

    private static DesignCommand At(DesignCommand command, Guid batchId, long? expectedRevision) =>
        expectedRevision is { } expected ? new CommandAt(command, batchId, expected) : command;

    /// <summary>A command for one revision only. It is a command itself so that it is decided again when that revision does not come to be.</summary>
    private sealed record CommandAt(DesignCommand Command, Guid BatchId, long ExpectedRevision) : DesignCommand(Command.Author, Command.At);

    /// <summary>A change, or null when the design was deleted.</summary>
    private readonly record struct DesignFeedEvent(Change? Change);
}
