using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Actors.Domain;
using Actors.Domain.Projects;
using Actors.Domain.Templates;
using Actors.Grains.EventSourcing;
using Actors.Grains.Idempotency;
using Actors.Grains.Interfaces.Projects;
using Actors.Grains.Interfaces.Templates;
using Actors.Grains.Lists;
using Actors.Storage;
using Orleans;
using Orleans.Concurrency;
using TemplateOutcome = Actors.Grains.EventSourcing.Outcome<Actors.Domain.Templates.TemplateState, Actors.Domain.Templates.TemplateEvent>;

namespace Actors.Grains.Templates;

/// <inheritdoc cref="ITemplateGrain"/>
[Reentrant]
[GrainType("template")]
internal sealed class TemplateGrain(EventSourcingServices services, ICatalog catalog)
    : EventSourcedGrain<TemplateState, TemplateCommand, TemplateEvent>(services), ITemplateGrain
{
    private static readonly Refusal Missing = new(ErrorCodes.NotFound, "there is no such template, or you may not see it");

    protected override string StreamKind => "template";

    protected override TemplateState Initial => TemplateState.None;

    protected override JsonTypeInfo<TemplateEvent> EventJson => TemplatesJsonContext.Default.TemplateEvent;

    public async Task<TemplateReply> Create(NewTemplate template)
    {
        if (await RefuseAsync(template.ProjectId, template.By) is { } refusal)
            return new TemplateReply.Refused(refusal);

        try
        {
            // One that exists is being asked for again, and takes no more room.
            if (Committed.Id.Length == 0 && await catalog.CountAsync(TemplateCatalog.Kind, template.ProjectId, CancellationToken.None) >= TemplateCatalog.MaximumPerProject)
            {
                return new TemplateReply.Refused(new Refusal(
                    ErrorCodes.LimitReached, $"templatesPerProject: a project has at most {TemplateCatalog.MaximumPerProject} templates"));
            }
        }
        catch (StorageUnavailableException)
        {
            return new TemplateReply.Refused(CatalogLists.Unavailable());
        }

        return await RunAsync(new TemplateCommand.Create(
            Now, template.By, this.GetPrimaryKeyString(), template.ProjectId, template.Name, template.Description, template.Category, template.Contents));
    }

    public Task<TemplateView?> Get() => Task.FromResult(Committed.Contents is null ? null : Committed.ToView());

    public Task<TemplateContents?> GetContents() => Task.FromResult(Committed.Contents);

    public async Task<TemplateReply> Change(TemplateChange change) => await RefuseAsync(Committed.ProjectId, change.By) is { } refusal
        ? new TemplateReply.Refused(refusal)
        : await RunAsync(new TemplateCommand.Change(
            Now, change.By, change.Name, change.SetsDescription, change.Description, change.SetsCategory, change.Category, change.ExpectedVersion));

    public async Task<TemplateReply> Delete(string by, long? expectedVersion) => await RefuseAsync(Committed.ProjectId, by) is { } refusal
        ? new TemplateReply.Refused(refusal)
        : await RunAsync(new TemplateCommand.Delete(Now, by, expectedVersion));

    protected override Decision<TemplateState, TemplateEvent> Decide(TemplateState state, TemplateCommand command) => state.Decide(command);

    protected override TemplateState Apply(TemplateState state, TemplateEvent @event) => state.Apply(@event);

    protected override ReadOnlyMemory<byte> WriteSnapshot(TemplateState state) =>
        JsonSerializer.SerializeToUtf8Bytes(state, TemplatesJsonContext.Default.TemplateState);

    protected override TemplateState ReadSnapshot(ReadOnlyMemory<byte> payload) =>
        JsonSerializer.Deserialize(payload.Span, TemplatesJsonContext.Default.TemplateState)
            ?? throw new InvalidOperationException($"The snapshot of {StreamName} is empty.");

    protected override ImmutableArray<CatalogWrite> Catalog(TemplateState before, TemplateState after, TemplateEvent @event) =>
        after.Contents is null
            ? [new CatalogWrite.RemoveEntry(TemplateCatalog.Kind, after.Id)]
            : [new CatalogWrite.PutEntry(TemplateCatalog.ToEntry(after.ToView()))];

    private async Task<Refusal?> RefuseAsync(string projectId, string accountId) =>
        (projectId.Length == 0 ? null : await GrainFactory.GetGrain<IProjectGrain>(projectId).GetRole(accountId)) switch
        {
            null => Missing,
            < ProjectRole.Editor => new Refusal(ErrorCodes.Forbidden, "this needs the role editor in the template's project"),
            _ => null,
        };

    private async Task<TemplateReply> RunAsync(TemplateCommand command) =>
        await ExecuteAsync(
            command, RequestBatch.Id(StreamName, command.GetType().Name, Services.Identifiers), command.At, command.By, RequestBatch.MayRepeat) switch
        {
            TemplateOutcome.Committed c => Answer(c.State),
            TemplateOutcome.Unchanged u => Answer(u.State),
            TemplateOutcome.Refused r => new TemplateReply.Refused(r.Refusal),
            _ => Answer(Committed),
        };

    private static TemplateReply Answer(TemplateState state) => state.Contents is null ? new TemplateReply.Gone() : new TemplateReply.Done(state.ToView());
}
