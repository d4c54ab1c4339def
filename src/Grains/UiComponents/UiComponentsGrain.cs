using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Actors.Domain;
using Actors.Domain.Projects;
using Actors.Domain.UiComponents;
using Actors.Grains.EventSourcing;
using Actors.Grains.Idempotency;
using Actors.Grains.Interfaces.UiComponents;
using Actors.Grains.Projects;
using Orleans;
using Orleans.Concurrency;
using UiComponentsOutcome = Actors.Grains.EventSourcing.Outcome<Actors.Domain.UiComponents.UiComponentsState, Actors.Domain.UiComponents.UiComponentsEvent>;

namespace Actors.Grains.UiComponents;

/// <inheritdoc cref="IUiComponentsGrain"/>
[Reentrant]
[GrainType("ui-components")]
internal sealed class UiComponentsGrain(EventSourcingServices services, ProjectCatalogs catalogs)
    : EventSourcedGrain<UiComponentsState, UiComponentsCommand, UiComponentsEvent>(services), IUiComponentsGrain
{
    protected override string StreamKind => "ui-components";

    protected override UiComponentsState Initial => UiComponentsState.None;

    protected override JsonTypeInfo<UiComponentsEvent> EventJson => UiComponentsJsonContext.Default.UiComponentsEvent;

    private string ProjectId => this.GetPrimaryKeyString();

    public async Task<UiComponentReply> Create(UiComponentWrite write) => await RefuseAsync(write.By) is { } refusal
        ? new UiComponentReply.Refused(refusal)
        : await RunAsync(
            new UiComponentsCommand.Create(Now, write.By, write.Id, write.Definition), RequestBatch.Id(StreamName, nameof(Create), Services.Identifiers), RequestBatch.MayRepeat);

    public async Task<UiComponentReply> Replace(UiComponentWrite write) => await RefuseAsync(write.By) is { } refusal
        ? new UiComponentReply.Refused(refusal)
        : await RunAsync(new UiComponentsCommand.Replace(Now, write.By, write.Id, write.Definition, write.ExpectedVersion), Services.Identifiers.NewBatchId());

    public async Task<UiComponentReply> Remove(string by, string id, long? expectedVersion) => await RefuseAsync(by) is { } refusal
        ? new UiComponentReply.Refused(refusal)
        : await RunAsync(new UiComponentsCommand.Remove(Now, by, id, expectedVersion), Services.Identifiers.NewBatchId());

    public Task<UiComponentSet?> GetAll(long? known) =>
        Task.FromResult(known == Revision ? null : new UiComponentSet(Revision, [.. Committed.Components.Values]));

    protected override Decision<UiComponentsState, UiComponentsEvent> Decide(UiComponentsState state, UiComponentsCommand command) => state.Decide(command);

    protected override UiComponentsState Apply(UiComponentsState state, UiComponentsEvent @event) => state.Apply(@event);

    protected override void OnCommitted(long revision, Guid batchId, DateTimeOffset at, UiComponentsEvent @event) =>
        catalogs.Publish(ProjectId, new UiComponentSet(revision, [.. Committed.Components.Values]));

    protected override ReadOnlyMemory<byte> WriteSnapshot(UiComponentsState state) =>
        JsonSerializer.SerializeToUtf8Bytes(state, UiComponentsJsonContext.Default.UiComponentsState);

    protected override UiComponentsState ReadSnapshot(ReadOnlyMemory<byte> payload)
    {
        var read = JsonSerializer.Deserialize(payload.Span, UiComponentsJsonContext.Default.UiComponentsState)
            ?? throw new InvalidOperationException($"The snapshot of {StreamName} is empty.");
        return new UiComponentsState(read.Components.WithComparers(StringComparer.Ordinal));
    }

    private Task<Refusal?> RefuseAsync(string by) => GrainFactory.RefuseAsync(ProjectId, by, ProjectRole.Editor);

    private async Task<UiComponentReply> RunAsync(UiComponentsCommand command, Guid batchId, bool resendable = false) =>
        await ExecuteAsync(command, batchId, command.At, command.By, resendable) switch
        {
            UiComponentsOutcome.Committed { Event: UiComponentsEvent.Removed } => new UiComponentReply.Removed(),
            UiComponentsOutcome.Committed c => new UiComponentReply.Done(c.State.Components[command.Id]),
            UiComponentsOutcome.Repeated { Event: UiComponentsEvent.Written first } => new UiComponentReply.Done(
                UiComponentsState.None.Apply(first).Components[first.Id]),
            UiComponentsOutcome.Refused r => new UiComponentReply.Refused(r.Refusal),
            _ => throw new InvalidOperationException("Only a creation repeats, and every command that is not refused changes something."),
        };
}
