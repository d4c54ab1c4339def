using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Actors.Domain;
using Actors.Domain.Identity;
using Actors.Domain.Versions;
using Actors.Grains.EventSourcing;
using Actors.Grains.Idempotency;
using Actors.Grains.Interfaces.Designs;
using Actors.Grains.Interfaces.Versions;
using Actors.Grains.Lists;
using Actors.Storage;
using Orleans;
using Orleans.Concurrency;
using VersionOutcome = Actors.Grains.EventSourcing.Outcome<Actors.Domain.Versions.VersionsState, Actors.Domain.Versions.VersionEvent>;

namespace Actors.Grains.Versions;

/// <inheritdoc cref="IDesignVersionsGrain"/>
[Reentrant]
[GrainType("design-versions")]
internal sealed class DesignVersionsGrain(EventSourcingServices services, ICatalog catalog, VersionOptions options)
    : EventSourcedGrain<VersionsState, VersionCommand, VersionEvent>(services), IDesignVersionsGrain
{
    private static readonly Refusal Forbidden = new(ErrorCodes.Forbidden, "This needs the role editor in the design's project.");
    private static readonly Refusal Missing = new(ErrorCodes.NotFound, "There is no such version.");

    private readonly VersionLimits _limits = new(options.Named, options.Automatic);

    protected override string StreamKind => "versions";

    protected override VersionsState Initial => VersionsState.None;

    protected override JsonTypeInfo<VersionEvent> EventJson => VersionsJsonContext.Default.VersionEvent;

    private string DesignId => this.GetPrimaryKeyString();

    public Task<VersionReply> Create(NewVersion version) => ExecuteAsync(version.Caller, version.Id, new VersionCommand.Create(
        Now, version.Caller.Author, version.Id, DesignId, version.Name, version.Description, version.Revision));

    public Task<VersionReply> Get(string versionId) =>
        Task.FromResult(Committed.Find(versionId) is { } version ? new VersionReply(version, null) : new VersionReply(null, Missing));

    public Task<VersionReply> Change(VersionChange change) => ExecuteAsync(change.Caller, change.Id, new VersionCommand.Change(
        Now, change.Caller.Author, change.Id, change.Name, change.SetsDescription, change.Description, change.ExpectedUpdate));

    public async Task<VersionReply> Delete(VersionDeletion deletion)
    {
        var version = Committed.Find(deletion.Id);
        var reply = await ExecuteAsync(deletion.Caller, deletion.Id, new VersionCommand.Delete(Now, deletion.Caller.Author, deletion.Id, deletion.ExpectedUpdate));
        return reply.Refusal is null ? new VersionReply(version, null) : reply;
    }

    public async Task<VersionPage> List(VersionListQuery query)
    {
        try
        {
            var page = await catalog.ListAsync(VersionCatalog.Query(DesignId, query), CancellationToken.None);
            return new VersionPage([.. page.Items.Select(VersionCatalog.Read)], page.Next);
        }
        catch (InvalidCatalogCursorException)
        {
            return new VersionPage([], null, CatalogLists.BadCursor());
        }
    }

    public async Task Checkpoint(long revision)
    {
        var command = new VersionCommand.Checkpoint(Now, Services.Identifiers.Create(Identifier.Version), DesignId, revision);
        await ExecuteAsync(command, Services.Identifiers.NewBatchId(), command.At, "system");
    }

    public Task End()
    {
        var command = new VersionCommand.End(Now, null);
        return ExecuteAsync(command, Services.Identifiers.NewBatchId(), command.At, "system");
    }

    protected override Decision<VersionsState, VersionEvent> Decide(VersionsState state, VersionCommand command) => state.Decide(command, _limits);

    protected override VersionsState Apply(VersionsState state, VersionEvent @event) => state.Apply(@event);

    protected override ReadOnlyMemory<byte> WriteSnapshot(VersionsState state) => JsonSerializer.SerializeToUtf8Bytes(
        new VersionsSnapshot([.. state.Versions.Values], state.HasEnded), VersionsJsonContext.Default.VersionsSnapshot);

    protected override VersionsState ReadSnapshot(ReadOnlyMemory<byte> payload)
    {
        var snapshot = JsonSerializer.Deserialize(payload.Span, VersionsJsonContext.Default.VersionsSnapshot)
            ?? throw new InvalidOperationException($"The snapshot of {StreamName} is empty.");
        return new VersionsState(
            snapshot.Versions.ToImmutableSortedDictionary(version => version.Id, version => version, StringComparer.Ordinal), snapshot.HasEnded);
    }

    protected override ImmutableArray<CatalogWrite> Catalog(VersionsState before, VersionsState after, VersionEvent @event) =>
        VersionCatalog.Writes(before, @event);

    private async Task<VersionReply> ExecuteAsync(DesignCaller caller, string versionId, VersionCommand command)
    {
        if (!caller.MayEdit)
        {
            return new VersionReply(null, Forbidden);
        }

        var batchId = RequestBatch.Id(StreamName, command.GetType().Name, Services.Identifiers);
        return await ExecuteAsync(command, batchId, command.At, caller.Author.Id, RequestBatch.MayRepeat) switch
        {
            VersionOutcome.Committed c => new VersionReply(c.State.Find(versionId), null),
            VersionOutcome.Unchanged u => new VersionReply(u.State.Find(versionId), null),
            VersionOutcome.Refused r => new VersionReply(null, r.Refusal),
            _ => Committed.Find(versionId) is { } stored ? new VersionReply(stored, null) : new VersionReply(null, Missing),
        };
    }
}
