using System.Collections.Immutable;
using System.Text.Json;
using Actors.Domain.Triggers;
using Actors.Grains.Interfaces.Triggers;
using Actors.Storage;

namespace Actors.Grains.Triggers;

/// <summary>What lists know of triggers, and how a webhook's token leads to its trigger.</summary>
internal static class TriggerCatalog
{
    public const string Kind = "trigger";
    public const string Enabled = "enabled";
    public const string Disabled = "disabled";

    /// <summary>The hash of a webhook's token; held by its trigger.</summary>
    public const string TokenKey = "trigger.token";

    public static ImmutableArray<CatalogWrite> Writes(TriggerState before, TriggerState after, TriggerEvent @event) => @event switch
    {
        TriggerEvent.Created { TokenHash: { } hash } => [new CatalogWrite.ClaimKey(TokenKey, hash, after.Id), Put(after)],
        TriggerEvent.TokenRolled e => [.. Release(before), new CatalogWrite.ClaimKey(TokenKey, e.TokenHash, after.Id), Put(after)],
        TriggerEvent.Deleted => [.. Release(before), new CatalogWrite.RemoveEntry(Kind, before.Id)],
        _ => [Put(after)],
    };

    public static TriggerView View(TriggerState state) => new(
        state.Id,
        state.ProjectId,
        state.Settings!.DesignId,
        state.Settings.Name,
        state.Settings.Kind,
        state.Enabled,
        state.DisabledReason,
        state.Settings.Schedule,
        state.Settings.Webhook,
        state.Settings.Design,
        state.Settings.File,
        state.Settings.Inputs,
        state.Settings.PayloadInput,
        state.Settings.Missed,
        state.Settings.Overlap,
        state.SealedSecret is not null,
        state.NextDue(),
        state.Owner,
        state.CreatedAt,
        state.UpdatedAt,
        state.Version);

    public static TriggerView View(CatalogEntry entry) =>
        JsonSerializer.Deserialize(entry.Data.Span, TriggersJsonContext.Default.TriggerView)
            ?? throw new InvalidOperationException($"The catalog's entry of trigger {entry.Id} is empty.");

    public static FiringView View(TriggerFiring firing) =>
        new(firing.DueAt, firing.FiredAt, firing.Status, firing.RunId, firing.Reason, firing.Detail, firing.Count, firing.By);

    private static IEnumerable<CatalogWrite> Release(TriggerState before)
    {
        if (before.TokenHash is { } hash)
            yield return new CatalogWrite.ReleaseKey(TokenKey, hash, before.Id);
    }

    private static CatalogWrite.PutEntry Put(TriggerState state) => new(new CatalogEntry
    {
        Kind = Kind,
        Id = state.Id,
        Scope = state.ProjectId,
        Name = state.Settings!.Name,
        Status = state.Enabled ? Enabled : Disabled,
        CreatedAt = state.CreatedAt,
        UpdatedAt = state.UpdatedAt,
        Data = JsonSerializer.SerializeToUtf8Bytes(View(state), TriggersJsonContext.Default.TriggerView),
    });
}
