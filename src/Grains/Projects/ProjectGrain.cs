using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Actors.Domain;
using Actors.Domain.Components;
using Actors.Domain.Projects;
using Actors.Grains.EventSourcing;
using Actors.Grains.Idempotency;
using Actors.Grains.Interfaces.Projects;
using Actors.Grains.Notifications;
using Actors.Storage;
using Orleans;
using Orleans.Concurrency;
using ProjectOutcome = Actors.Grains.EventSourcing.Outcome<Actors.Domain.Projects.ProjectState, Actors.Domain.Projects.ProjectEvent>;

namespace Actors.Grains.Projects;

[Reentrant]
[GrainType("project")]
internal sealed partial class ProjectGrain(EventSourcingServices services, INotifier notifier, EnabledComponents enabled, IComponentCatalog components)
    : EventSourcedGrain<ProjectState, ProjectCommand, ProjectEvent>(services), IProjectGrain
{
    private const int WatcherCapacity = 64;

    private readonly Watchers<ProjectRoster> _watchers = new(WatcherCapacity);

    protected override string StreamKind => "project";

    protected override ProjectState Initial => ProjectState.None;

    protected override JsonTypeInfo<ProjectEvent> EventJson => ProjectsJsonContext.Default.ProjectEvent;

    public Task<ProjectReply> Create(NewProject project) =>
        ExecuteAsync(new ProjectCommand.Create(Now, project.By, this.GetPrimaryKeyString(), project.Name, project.Description));

    public Task<ProjectReply> Get(string accountId) =>
        Task.FromResult(Committed.RefuseActor(accountId, ProjectRole.Viewer) is { } refusal
            ? new ProjectReply.Refused(refusal)
            : Reply(Committed, accountId));

    public Task<ProjectReply> Change(ProjectChange change) =>
        ExecuteAsync(new ProjectCommand.Change(Now, change.By, change.Name, change.SetsDescription, change.Description, change.ExpectedVersion));

    public Task<ProjectReply> SetComponents(ComponentsChange change) =>
        change.Disabled.FirstOrDefault(type => components.Find(type) is null && !Committed.DisabledComponents.Contains(type)) is { } unknown
            ? Task.FromResult<ProjectReply>(new ProjectReply.Refused(
                Committed.RefuseActor(change.By, ProjectRole.Owner) ?? Refusal.Field("disabled", $"there is no component '{unknown}'")))
            : ExecuteAsync(new ProjectCommand.SetComponents(Now, change.By, change.Disabled, change.ExpectedVersion));

    public Task<DisabledComponents> GetDisabledComponents() => Task.FromResult(new DisabledComponents(Committed.Version, Committed.DisabledComponents));

    public Task<ProjectReply> Delete(ProjectDeletion deletion) =>
        ExecuteAsync(new ProjectCommand.Delete(Now, deletion.By, deletion.ExpectedVersion));

    public Task<ProjectReply> AddMember(MemberChange member) =>
        ExecuteAsync(new ProjectCommand.AddMember(Now, member.By, member.AccountId, member.Role));

    public Task<ProjectReply> ChangeMember(MemberChange member) =>
        ExecuteAsync(new ProjectCommand.ChangeMember(Now, member.By, member.AccountId, member.Role, member.ExpectedVersion));

    public Task<ProjectReply> RemoveMember(MemberRemoval member) =>
        ExecuteAsync(new ProjectCommand.RemoveMember(Now, member.By, member.AccountId, member.ExpectedVersion));

    public Task<ProjectRole?> GetRole(string accountId) => Task.FromResult(Committed.RoleOf(accountId));

    public Task<Member?> GetMember(string by, string accountId) =>
        Task.FromResult(Committed.RoleOf(by) is null ? null : Committed.Members.FirstOrDefault(member => member.AccountId == accountId));

    public async IAsyncEnumerable<ProjectRoster> WatchRoster([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var watcher = _watchers.Watch();
        yield return Roster();
        if (!Committed.Exists())
            yield break;

        await foreach (var items in watcher.ReadAllAsync(cancellationToken))
        {
            // A roster is whole, so of several that wait only the newest matters.
            yield return items[^1];
            if (items[^1].Deleted)
                yield break;
        }
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        enabled.Set(this.GetPrimaryKeyString(), Committed.DisabledComponents);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _watchers.Complete();
        _notices?.Dispose();
        return base.OnDeactivateAsync(reason, cancellationToken);
    }

    protected override Decision<ProjectState, ProjectEvent> Decide(ProjectState state, ProjectCommand command) => state.Decide(command);

    protected override ProjectState Apply(ProjectState state, ProjectEvent @event) => state.Apply(@event);

    protected override ReadOnlyMemory<byte> WriteSnapshot(ProjectState state) =>
        JsonSerializer.SerializeToUtf8Bytes(state, ProjectsJsonContext.Default.ProjectState);

    protected override ProjectState ReadSnapshot(ReadOnlyMemory<byte> payload) =>
        JsonSerializer.Deserialize(payload.Span, ProjectsJsonContext.Default.ProjectState)
            ?? throw new InvalidOperationException($"The snapshot of {StreamName} is empty.");

    protected override ImmutableArray<CatalogWrite> Catalog(ProjectState before, ProjectState after, ProjectEvent @event) =>
        ProjectCatalog.Writes(before, after, @event);

    protected override void OnCommitted(long revision, Guid batchId, DateTimeOffset at, ProjectEvent @event)
    {
        if (@event is ProjectEvent.ComponentsChanged changed)
            enabled.Set(this.GetPrimaryKeyString(), changed.Disabled);
        if (_watchers.Count > 0)
            _watchers.Publish(Roster());
    }

    private ProjectRoster Roster() => new(Revision, Committed.Members, !Committed.Exists());

    private async Task<ProjectReply> ExecuteAsync(ProjectCommand command) =>
        await RunAsync(command) switch
        {
            ProjectOutcome.Committed c => Reply(c.State, command.By),
            ProjectOutcome.Unchanged u => Reply(u.State, command.By),
            ProjectOutcome.Refused r => new ProjectReply.Refused(r.Refusal),
            _ => Reply(Committed, command.By),
        };

    private Task<ProjectOutcome> RunAsync(ProjectCommand command) =>
        ExecuteAsync(command, RequestBatch.Id(StreamName, command.GetType().Name, Services.Identifiers), command.At, command.By, RequestBatch.MayRepeat);

    private static ProjectReply Reply(ProjectState state, string accountId) =>
        state.RoleOf(accountId) is { } role ? new ProjectReply.Done(ProjectCatalog.View(state, role)) : new ProjectReply.Gone();
}
