using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Actors.Domain;
using Actors.Domain.Lists;
using Actors.Domain.Projects;
using Actors.Domain.Secrets;
using Actors.Grains.EventSourcing;
using Actors.Grains.Interfaces.Secrets;
using Actors.Grains.Lists;
using Actors.Grains.Projects;
using Orleans;
using Orleans.Concurrency;
using SecretsOutcome = Actors.Grains.EventSourcing.Outcome<Actors.Domain.Secrets.SecretsState, Actors.Domain.Secrets.SecretsEvent>;

namespace Actors.Grains.Secrets;

/// <inheritdoc cref="ISecretsGrain"/>
/// <remarks>A value is sealed before anything else is done with it; state, journal and snapshots hold what is sealed.</remarks>
[Reentrant]
[GrainType("secrets")]
internal sealed class SecretsGrain(EventSourcingServices services, SecretBox box, SecretRedactor redactor)
    : EventSourcedGrain<SecretsState, SecretsCommand, SecretsEvent>(services), ISecretsGrain
{
    protected override string StreamKind => "secrets";

    protected override SecretsState Initial => SecretsState.None;

    protected override JsonTypeInfo<SecretsEvent> EventJson => SecretsJsonContext.Default.SecretsEvent;

    private string ProjectId => this.GetPrimaryKeyString();

    /// <summary>What a value is sealed for.</summary>
    public static string ContextOf(string projectId, string name) => $"{projectId}\n{name}";

    public async Task<SecretReply> Set(SecretSetting setting)
    {
        if (await GrainFactory.RefuseAsync(ProjectId, setting.By, ProjectRole.Editor) is { } forbidden)
            return new SecretReply.Refused(forbidden);

        if ((SecretsState.CheckName(setting.Name) ?? CheckValue(setting.Value)) is { } invalid)
            return new SecretReply.Refused(invalid);

        redactor.Learn(ProjectId, setting.Value);
        var command = new SecretsCommand.Set(Now, setting.By, setting.Name, box.Seal(ContextOf(ProjectId, setting.Name), setting.Value), Reseal(), setting.ExpectedVersion);
        return Answer(await ExecuteAsync(command, Services.Identifiers.NewBatchId(), command.At, command.By), setting.Name);
    }

    public async Task<SecretReply> Remove(string by, string name, long? expectedVersion)
    {
        if (await GrainFactory.RefuseAsync(ProjectId, by, ProjectRole.Owner) is { } forbidden)
            return new SecretReply.Refused(forbidden);

        var command = new SecretsCommand.Remove(Now, by, name, expectedVersion);
        return Answer(await ExecuteAsync(command, Services.Identifiers.NewBatchId(), command.At, by), name);
    }

    public async Task<SecretReply> Get(string by, string name)
    {
        if (await GrainFactory.RefuseAsync(ProjectId, by, ProjectRole.Editor) is { } forbidden)
            return new SecretReply.Refused(forbidden);

        return Committed.Secrets.GetValueOrDefault(name) is { } secret ? new SecretReply.Done(View(secret)) : new SecretReply.Refused(SecretsState.Missing);
    }

    public async Task<SecretPageReply> List(string by, ListRequest list)
    {
        if (await GrainFactory.RefuseAsync(ProjectId, by, ProjectRole.Editor) is { } forbidden)
            return new SecretPageReply.Refused(forbidden);

        var found = Committed.Secrets.Values.Where(secret => list.Finds(secret.Name)).Select(View);
        Func<SecretView, string> key = list.Sort == ListSort.UpdatedAt
            ? static secret => secret.UpdatedAt.UtcTicks.ToString("D19", CultureInfo.InvariantCulture)
            : static secret => secret.Name;
        return SortedPages.Take(found, list, secret => secret.Name, key) is { } page
            ? new SecretPageReply.Page(page.Items, page.NextCursor)
            : new SecretPageReply.Refused(CatalogLists.BadCursor());
    }

    public Task<string?> GetSealed(string name) => Task.FromResult(Committed.Secrets.GetValueOrDefault(name)?.Sealed);

    protected override Decision<SecretsState, SecretsEvent> Decide(SecretsState state, SecretsCommand command) => state.Decide(command);

    protected override SecretsState Apply(SecretsState state, SecretsEvent @event) => state.Apply(@event);

    protected override ReadOnlyMemory<byte> WriteSnapshot(SecretsState state) => JsonSerializer.SerializeToUtf8Bytes(state, SecretsJsonContext.Default.SecretsState);

    protected override SecretsState ReadSnapshot(ReadOnlyMemory<byte> payload)
    {
        var read = JsonSerializer.Deserialize(payload.Span, SecretsJsonContext.Default.SecretsState)
            ?? throw new InvalidOperationException($"The snapshot of {StreamName} is empty.");
        return new SecretsState(read.Secrets.WithComparers(StringComparer.Ordinal));
    }

    private static Refusal? CheckValue(string? value) =>
        value is { Length: > 0 } && Encoding.UTF8.GetByteCount(value) <= SecretsState.MaximumValueBytes
            ? null
            : Refusal.Field("value", $"must have 1 to {SecretsState.MaximumValueBytes} bytes");

    private static SecretView View(Secret secret) => new(secret.Name, secret.Version, secret.CreatedAt, secret.UpdatedAt, secret.UpdatedBy);

    /// <summary>After a change of keys each write seals the rest anew, until nothing needs the older key.</summary>
    private ImmutableArray<ResealedSecret> Reseal() =>
    [
        .. Committed.Secrets.Values.Where(secret => !box.IsCurrent(secret.Sealed)).Select(secret =>
        {
            var context = ContextOf(ProjectId, secret.Name);
            return new ResealedSecret(secret.Name, secret.Version, box.Seal(context, box.Open(context, secret.Sealed)));
        }),
    ];

    private static SecretReply Answer(SecretsOutcome outcome, string name) => outcome switch
    {
        SecretsOutcome.Committed { Event: SecretsEvent.WasSet } c => new SecretReply.Done(View(c.State.Secrets[name])),
        SecretsOutcome.Committed => new SecretReply.Removed(),
        SecretsOutcome.Refused r => new SecretReply.Refused(r.Refusal),
        _ => throw new InvalidOperationException("Every command has a batch id of its own, so none repeats."),
    };
}
