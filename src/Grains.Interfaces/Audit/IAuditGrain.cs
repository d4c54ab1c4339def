using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.Domain;
using Actors.Domain.Audit;
using Orleans;

namespace Actors.Grains.Interfaces.Audit;

/// <summary>The audit log; its key is a project id, or <see cref="Installation"/>. Entries are only ever added.</summary>
public interface IAuditGrain : IGrainWithStringKey
{
    /// <summary>The key of the log of all that concerns no project, through which administrators read everything.</summary>
    const string Installation = "installation";

    /// <summary>Adds entries. When it returns they are durable; an entry that is there already stays as it is.</summary>
    Task Append(ImmutableArray<AuditEntry> entries);

    /// <summary>Entries of this project; of everything when asked through <see cref="Installation"/>. The caller has checked who asks.</summary>
    Task<AuditPage> List(AuditFilter filter);

    /// <summary>How often designs of this project were changed since a time.</summary>
    Task<long> CountEdits(DateTimeOffset since);
}

/// <param name="HasMore">Whether entries follow the last.</param>
public sealed record AuditPage(ImmutableArray<AuditEntry> Items, bool HasMore, Refusal? Refusal = null);

/// <summary>The JSON form of the audit log, in messages and in storage.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(AuditEntry))]
[JsonSerializable(typeof(ImmutableArray<AuditEntry>))]
[JsonSerializable(typeof(AuditFilter))]
[JsonSerializable(typeof(AuditPage))]
public sealed partial class AuditJsonContext : JsonSerializerContext;
