using System.Text.Json.Serialization;
using Actors.Domain.Execution;

namespace Actors.Domain.Triggers;

/// <summary>What has become of a firing.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FiringStatus>))]
public enum FiringStatus
{
    /// <summary>A run of the trigger is under way; this one follows it.</summary>
    [JsonStringEnumMemberName("queued")]
    Queued,

    /// <summary>The run is being started.</summary>
    [JsonStringEnumMemberName("starting")]
    Starting,

    /// <summary>The run was started; how it went on, the run says.</summary>
    [JsonStringEnumMemberName("started")]
    Started,

    /// <summary>The run could not be started.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>Nothing was started.</summary>
    [JsonStringEnumMemberName("skipped")]
    Skipped,
}

/// <summary>One time that a trigger fired, or should have.</summary>
/// <param name="Key">What makes it the same firing when it comes again; runs of the same key are the same run.</param>
/// <param name="DueAt">When it should have fired; when it did, if nothing was said before.</param>
/// <param name="FiredAt">When the trigger took note of it.</param>
/// <param name="RunId">The run; null when it was skipped.</param>
/// <param name="Reason">Why it was skipped or failed: a code.</param>
/// <param name="Detail">The same for people.</param>
/// <param name="Count">How many due times it stands for: more than one only where missed times were skipped together.</param>
/// <param name="By">The account that fired it by hand.</param>
/// <param name="Payload">What the design is given; kept until the run is started.</param>
public sealed record TriggerFiring(
    string Key,
    DateTimeOffset DueAt,
    DateTimeOffset FiredAt,
    FiringStatus Status,
    string? RunId = null,
    string? Reason = null,
    string? Detail = null,
    int Count = 1,
    string? By = null,
    Token? Payload = null);
