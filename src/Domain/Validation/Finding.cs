using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.Domain.Designs;

namespace Actors.Domain.Validation;

/// <summary>Something about a design that its authors should know.</summary>
/// <param name="Id">The same as long as the same is wrong at the same place: code, place and, where one place can have several, what.</param>
/// <param name="Code">One of <see cref="FindingCodes"/>, explained in docs/validation.md.</param>
/// <param name="NodeId">The node it is about; null when it is about a connection or the whole design.</param>
/// <param name="ConnectionId">The connection it is about.</param>
/// <param name="Message">One sentence for people.</param>
/// <param name="Fix">What would put it right; null when only a person can tell.</param>
public sealed record Finding(
    string Id,
    string Code,
    FindingSeverity Severity,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? NodeId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ConnectionId,
    string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] FindingFix? Fix)
{
    public static Finding OfNode(string code, FindingSeverity severity, string nodeId, string message, FindingFix? fix = null, string? detail = null) =>
        new(detail is null ? $"{code}:{nodeId}" : $"{code}:{nodeId}:{detail}", code, severity, nodeId, null, message, fix);

    public static Finding OfConnection(string code, FindingSeverity severity, string connectionId, string message, FindingFix? fix = null) =>
        new($"{code}:{connectionId}", code, severity, null, connectionId, message, fix);
}

/// <summary>A way to put a finding right.</summary>
/// <param name="Title">What it does, as a button would say it.</param>
/// <param name="Operations">The design takes them as they are.</param>
public sealed record FindingFix(string Title, ImmutableArray<Operation> Operations);

[JsonConverter(typeof(JsonStringEnumConverter<FindingSeverity>))]
public enum FindingSeverity
{
    /// <summary>The design cannot work as it is: a run of it would be refused or fail.</summary>
    [JsonStringEnumMemberName("error")]
    Error,

    /// <summary>It will probably not do what was meant.</summary>
    [JsonStringEnumMemberName("warning")]
    Warning,

    /// <summary>It could be better.</summary>
    [JsonStringEnumMemberName("info")]
    Info,
}
