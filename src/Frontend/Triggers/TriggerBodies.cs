using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Actors.Domain.Execution;
using Actors.Domain.Scheduling;
using Actors.Domain.Triggers;
using Actors.Frontend.Http;
using Actors.Grains.Interfaces.Triggers;

namespace Actors.Frontend.Triggers;

/// <param name="DesignId">The design that runs.</param>
/// <param name="Enabled">Default true.</param>
/// <param name="Inputs">Tokens of each run by the name of the design's input: a list of any JSON values.</param>
/// <param name="PayloadInput">The input that is given what made the trigger fire.</param>
/// <param name="Missed">What becomes of times that came due while the server was down: <c>once</c> (default), <c>skip</c>, <c>all</c>.</param>
/// <param name="Overlap">What becomes of a firing while a run of the trigger is under way: <c>skip</c> (default), <c>queue</c>, <c>parallel</c>.</param>
/// <param name="Schedule">For a schedule.</param>
/// <param name="Webhook">For a webhook; the defaults when absent.</param>
/// <param name="Design">For the changes of a design.</param>
/// <param name="File">For the changes of files.</param>
/// <param name="SigningSecret">For a webhook: 8 to 500 characters that requests are signed with. It is never answered.</param>
internal sealed record NewTriggerBody(
    string? Name,
    string? DesignId,
    TriggerKind Kind,
    bool? Enabled,
    ImmutableDictionary<string, ImmutableArray<JsonElement>>? Inputs,
    string? PayloadInput,
    MissedPolicy? Missed,
    OverlapPolicy? Overlap,
    Recurrence? Schedule,
    HookBody? Webhook,
    DesignEventBody? Design,
    FileEventBody? File,
    string? SigningSecret)
{
    public TriggerSettings ToSettings() => new(
        Name ?? "",
        DesignId ?? "",
        Kind,
        TriggerInputs.Read(Inputs) ?? ImmutableDictionary<string, ImmutableArray<Token>>.Empty,
        PayloadInput,
        Missed ?? MissedPolicy.Once,
        Overlap ?? OverlapPolicy.Skip,
        Schedule,
        Webhook?.ToSettings() ?? (Kind == TriggerKind.Webhook ? HookSettings.Default : null),
        Design?.ToSettings(),
        File?.ToSettings());

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Name = ").Append(Name).Append(", Kind = ").Append(Kind);
        return true;
    }
}

/// <summary>A merge patch: what is absent stays.</summary>
internal sealed record TriggerPatchBody(
    string? Name,
    string? DesignId,
    bool? Enabled,
    ImmutableDictionary<string, ImmutableArray<JsonElement>>? Inputs,
    Patched<string> PayloadInput,
    MissedPolicy? Missed,
    OverlapPolicy? Overlap,
    Recurrence? Schedule,
    HookBody? Webhook,
    DesignEventBody? Design,
    FileEventBody? File,
    Patched<string> SigningSecret)
{
    public TriggerChange ToChange(string by, long? expectedVersion) => new(
        by,
        Name,
        DesignId,
        Enabled,
        TriggerInputs.Read(Inputs),
        PayloadInput.IsSet,
        PayloadInput.Value,
        Missed,
        Overlap,
        Schedule,
        Webhook?.ToSettings(),
        Design?.ToSettings(),
        File?.ToSettings(),
        SigningSecret.IsSet,
        SigningSecret.Value,
        expectedVersion);

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Name = ").Append(Name);
        return true;
    }
}

/// <param name="ContentTypes">Media types that are taken; JSON, forms and plain text when absent.</param>
/// <param name="MaximumBytes">Of a body, up to 262,144; 65,536 when absent.</param>
/// <param name="PerMinute">Requests a minute, up to 600; 60 when absent.</param>
internal sealed record HookBody(ImmutableArray<string>? ContentTypes, int? MaximumBytes, int? PerMinute)
{
    public HookSettings ToSettings() => new(
        ContentTypes ?? HookSettings.Default.ContentTypes, MaximumBytes ?? HookSettings.Default.MaximumBytes, PerMinute ?? HookSettings.Default.PerMinute);
}

/// <param name="DesignId">The design that is watched.</param>
/// <param name="DebounceSeconds">1 to 3600, 5 when absent: it fires when the design was left alone for so long.</param>
internal sealed record DesignEventBody(string? DesignId, int? DebounceSeconds)
{
    public DesignEventSettings ToSettings() => new(DesignId ?? "", DebounceSeconds ?? 5);
}

/// <param name="Path">A file, or a folder with all below it; empty for every file.</param>
/// <param name="DebounceSeconds">1 to 3600, 5 when absent: it fires when the files were left alone for so long.</param>
internal sealed record FileEventBody(string? Path, int? DebounceSeconds)
{
    public FileEventSettings ToSettings() => new(Path ?? "", DebounceSeconds ?? 5);
}

/// <param name="Payload">What the trigger's <c>payloadInput</c> is given; any JSON.</param>
internal sealed record FireBody(JsonElement? Payload);

/// <summary>A trigger, with what is shown this once.</summary>
/// <param name="Token">A webhook's secret; null for other kinds.</param>
/// <param name="HookUrl">Where to <c>POST</c>; null for other kinds.</param>
public sealed record CreatedTrigger(TriggerView Trigger, string? Token, string? HookUrl);

/// <summary>A webhook's new address, shown this once.</summary>
public sealed record RolledToken(string Token, string HookUrl);

/// <summary>Inputs of a body as tokens.</summary>
internal static class TriggerInputs
{
    public static ImmutableDictionary<string, ImmutableArray<Token>>? Read(ImmutableDictionary<string, ImmutableArray<JsonElement>>? inputs) =>
        inputs?.ToImmutableDictionary(
            input => input.Key,
            input => input.Value.IsDefault ? [] : input.Value.Select(Token.Of).ToImmutableArray(),
            StringComparer.Ordinal);
}
