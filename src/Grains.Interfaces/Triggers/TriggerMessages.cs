using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Serialization;
using Actors.Domain;
using Actors.Domain.Execution;
using Actors.Domain.Scheduling;
using Actors.Domain.Triggers;

namespace Actors.Grains.Interfaces.Triggers;

/// <param name="TokenHash">SHA-256 of a webhook's token, base64url; null for other kinds.</param>
/// <param name="SigningSecret">What requests to a webhook are signed with; null takes unsigned ones.</param>
public sealed record NewTrigger(string By, string ProjectId, TriggerSettings Settings, bool Enabled, string? TokenHash, string? SigningSecret)
{
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("By = ").Append(By).Append(", ProjectId = ").Append(ProjectId).Append(", Settings = ").Append(Settings);
        return true;
    }
}

/// <summary>Fields that are null stay as they are.</summary>
/// <param name="SetsPayloadInput">Whether <paramref name="PayloadInput"/> is set, to null as well.</param>
/// <param name="SetsSecret">Whether <paramref name="SigningSecret"/> is set, to null as well.</param>
public sealed record TriggerChange(
    string By,
    string? Name,
    string? DesignId,
    bool? Enabled,
    ImmutableDictionary<string, ImmutableArray<Token>>? Inputs,
    bool SetsPayloadInput,
    string? PayloadInput,
    MissedPolicy? Missed,
    OverlapPolicy? Overlap,
    Recurrence? Schedule,
    HookSettings? Webhook,
    DesignEventSettings? Design,
    FileEventSettings? File,
    bool SetsSecret,
    string? SigningSecret,
    long? ExpectedVersion)
{
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("By = ").Append(By).Append(", Name = ").Append(Name).Append(", Enabled = ").Append(Enabled);
        return true;
    }
}

/// <summary>A request to a webhook.</summary>
/// <param name="Key">The <c>Idempotency-Key</c> or the delivery's id; null when the sender gave none.</param>
/// <param name="Signature">As it came in <c>X-Signature-256</c>.</param>
/// <param name="Headers">Those that the design is shown.</param>
public sealed record HookDelivery(
    ReadOnlyMemory<byte> Body,
    string? ContentType,
    string? Key,
    string? Signature,
    ImmutableSortedDictionary<string, string> Headers,
    ImmutableSortedDictionary<string, string> Query);

/// <summary>A trigger.</summary>
/// <param name="DisabledReason">Why the server switched it off: a code; null when it did not.</param>
/// <param name="Signed">Whether requests to the webhook must be signed.</param>
/// <param name="NextDueAt">When its schedule comes due next; null without one, and while it is switched off.</param>
/// <param name="Owner">In whose name runs are started: who changed it last.</param>
/// <param name="Version">Grows with all that happens to it.</param>
public sealed record TriggerView(
    string Id,
    string ProjectId,
    string DesignId,
    string Name,
    TriggerKind Kind,
    bool Enabled,
    string? DisabledReason,
    Recurrence? Schedule,
    HookSettings? Webhook,
    DesignEventSettings? Design,
    FileEventSettings? File,
    ImmutableDictionary<string, ImmutableArray<Token>> Inputs,
    string? PayloadInput,
    MissedPolicy Missed,
    OverlapPolicy Overlap,
    bool Signed,
    DateTimeOffset? NextDueAt,
    string Owner,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Version);

/// <summary>One firing, without what it was given.</summary>
/// <inheritdoc cref="TriggerFiring"/>
public sealed record FiringView(
    DateTimeOffset DueAt, DateTimeOffset FiredAt, FiringStatus Status, string? RunId, string? Reason, string? Detail, int Count, string? By);

/// <summary>The answer about one trigger.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Done), "done")]
[JsonDerivedType(typeof(Gone), "gone")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record TriggerReply
{
    public sealed record Done(TriggerView Trigger) : TriggerReply;

    /// <summary>It is deleted.</summary>
    public sealed record Gone : TriggerReply;

    public sealed record Refused(Refusal Error) : TriggerReply;
}

/// <summary>The answer to a list of triggers.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Page), "page")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record TriggerPageReply
{
    public sealed record Page(ImmutableArray<TriggerView> Items, string? NextCursor) : TriggerPageReply;

    public sealed record Refused(Refusal Error) : TriggerPageReply;
}

/// <summary>The answer to a firing.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Done), "done")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record FiringReply
{
    public sealed record Done(FiringView Firing) : FiringReply;

    public sealed record Refused(Refusal Error) : FiringReply;
}

/// <summary>The answer to a list of firings.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Page), "page")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record FiringPageReply
{
    public sealed record Page(ImmutableArray<FiringView> Items, string? NextCursor) : FiringPageReply;

    public sealed record Refused(Refusal Error) : FiringPageReply;
}
