using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.Domain.Execution;
using Actors.Domain.Identity;
using Actors.Domain.Scheduling;

namespace Actors.Domain.Triggers;

/// <summary>What makes a trigger fire. By hand every one can be fired.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TriggerKind>))]
public enum TriggerKind
{
    [JsonStringEnumMemberName("schedule")]
    Schedule,

    [JsonStringEnumMemberName("webhook")]
    Webhook,

    /// <summary>A design changed.</summary>
    [JsonStringEnumMemberName("design")]
    Design,

    /// <summary>A file changed.</summary>
    [JsonStringEnumMemberName("file")]
    File,
}

/// <summary>What becomes of times that came due while nobody could fire.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MissedPolicy>))]
public enum MissedPolicy
{
    /// <summary>The newest of them fires, late.</summary>
    [JsonStringEnumMemberName("once")]
    Once,

    [JsonStringEnumMemberName("skip")]
    Skip,

    /// <summary>Each fires, up to <see cref="TriggerState.MaximumMissed"/> of the newest.</summary>
    [JsonStringEnumMemberName("all")]
    All,
}

/// <summary>What becomes of a firing while a run of the same trigger is under way.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OverlapPolicy>))]
public enum OverlapPolicy
{
    [JsonStringEnumMemberName("skip")]
    Skip,

    /// <summary>It waits, up to <see cref="TriggerState.MaximumQueued"/> of them.</summary>
    [JsonStringEnumMemberName("queue")]
    Queue,

    /// <summary>It runs beside, up to <see cref="TriggerState.MaximumParallel"/> of them.</summary>
    [JsonStringEnumMemberName("parallel")]
    Parallel,
}

/// <param name="ContentTypes">Media types that are taken.</param>
/// <param name="MaximumBytes">Of a request's body.</param>
/// <param name="PerMinute">Requests a minute; more are refused.</param>
public sealed record HookSettings(ImmutableArray<string> ContentTypes, int MaximumBytes, int PerMinute)
{
    public const int GreatestBytes = 256 * 1024;
    public const int GreatestPerMinute = 600;

    public static readonly HookSettings Default = new(["application/json", "application/x-www-form-urlencoded", "text/plain"], 64 * 1024, 60);

    internal Refusal? Check() =>
        ContentTypes.IsDefaultOrEmpty || ContentTypes.Length > 20 || ContentTypes.Any(type => type is not { Length: > 2 and <= 100 } || type.Count(character => character == '/') != 1)
            ? Refusal.Field("webhook.contentTypes", "must be 1 to 20 media types")
        : MaximumBytes is < 1 or > GreatestBytes ? Refusal.Field("webhook.maximumBytes", $"must be from 1 to {GreatestBytes}")
        : PerMinute is < 1 or > GreatestPerMinute ? Refusal.Field("webhook.perMinute", $"must be from 1 to {GreatestPerMinute}")
        : null;
}

/// <param name="DesignId">The design that is watched, of the same project.</param>
/// <param name="DebounceSeconds">It fires when the design was left alone for so long.</param>
public sealed record DesignEventSettings(string DesignId, int DebounceSeconds = 5);

/// <param name="Path">A file, or a folder with all below it; empty for every file of the project.</param>
/// <param name="DebounceSeconds">It fires when the files were left alone for so long.</param>
public sealed record FileEventSettings(string Path, int DebounceSeconds = 5);

/// <summary>What a trigger does and when.</summary>
/// <param name="DesignId">The design that runs, at its newest revision.</param>
/// <param name="Inputs">Tokens of each run, by the name of the design's input.</param>
/// <param name="PayloadInput">The input that is given, as one token, what made the trigger fire; none when null.</param>
public sealed record TriggerSettings(
    string Name,
    string DesignId,
    TriggerKind Kind,
    ImmutableDictionary<string, ImmutableArray<Token>> Inputs,
    string? PayloadInput = null,
    MissedPolicy Missed = MissedPolicy.Once,
    OverlapPolicy Overlap = OverlapPolicy.Skip,
    Recurrence? Schedule = null,
    HookSettings? Webhook = null,
    DesignEventSettings? Design = null,
    FileEventSettings? File = null)
{
    public const int MaximumNameLength = 200;
    public const int MaximumInputs = 50;
    public const int MaximumInputBytes = 64 * 1024;
    public const int LongestDebounce = 3_600;

    public Refusal? Check()
    {
        if (Name.Trim().Length is 0 or > MaximumNameLength || Name.Any(char.IsControl))
            return Refusal.Field("name", $"must have 1 to {MaximumNameLength} characters and no control characters");

        if (Identifier.Check(Identifier.Design, DesignId, "designId") is { } badDesign)
            return badDesign;

        if (Inputs.Count > MaximumInputs || Inputs.Sum(input => input.Key.Length + (long)input.Value.Sum(token => token.Size)) > MaximumInputBytes)
            return Refusal.Field("inputs", $"must be at most {MaximumInputs}, with {MaximumInputBytes} bytes");

        if (PayloadInput is { Length: 0 or > MaximumNameLength })
            return Refusal.Field("payloadInput", $"must have 1 to {MaximumNameLength} characters");

        if (!Enum.IsDefined(Kind) || !Enum.IsDefined(Missed) || !Enum.IsDefined(Overlap))
            return Refusal.Field("kind", "must be schedule, webhook, design or file");

        return Foreign() ?? Kind switch
        {
            TriggerKind.Schedule => Schedule is null ? Missing("schedule") : Schedule.Check("schedule"),
            TriggerKind.Webhook => Webhook is null ? Missing("webhook") : Webhook.Check(),
            TriggerKind.Design => Design is null
                ? Missing("design")
                : Identifier.Check(Identifier.Design, Design.DesignId, "design.designId") ?? CheckDebounce("design", Design.DebounceSeconds),
            _ => File is null ? Missing("file") : CheckFile(File),
        };
    }

    private static Refusal Missing(string field) => Refusal.Field(field, "is required for this kind");

    private static Refusal? CheckFile(FileEventSettings file) =>
        file.Path is null || file.Path.Length > 1024 || file.Path.StartsWith('/')
            ? Refusal.Field("file.path", "must be a path within the project's files of at most 1024 characters, or empty")
            : CheckDebounce("file", file.DebounceSeconds);

    private static Refusal? CheckDebounce(string field, int seconds) =>
        seconds is < 1 or > LongestDebounce ? Refusal.Field($"{field}.debounceSeconds", $"must be from 1 to {LongestDebounce}") : null;

    private Refusal? Foreign() =>
        Kind != TriggerKind.Schedule && Schedule is not null ? NotOfKind("schedule")
        : Kind != TriggerKind.Webhook && Webhook is not null ? NotOfKind("webhook")
        : Kind != TriggerKind.Design && Design is not null ? NotOfKind("design")
        : Kind != TriggerKind.File && File is not null ? NotOfKind("file")
        : null;

    private static Refusal NotOfKind(string field) => Refusal.Field(field, "is of another kind than the trigger");
}
