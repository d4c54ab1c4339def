using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.Domain;
using Actors.Domain.Designs;
using Actors.Domain.Versions;
using Actors.Frontend.Http;
using Actors.Grains.Interfaces.Designs;

namespace Actors.Frontend.Designs;

/// <summary>A new, empty design.</summary>
/// <param name="Name">1 to 200 characters.</param>
/// <param name="Kind"><c>wireframe</c> or <c>process</c>.</param>
/// <param name="Description">At most 10,000 characters.</param>
public sealed record CreateDesignRequest([property: Required] string? Name, [property: Required] DesignKind? Kind, string? Description = null);

/// <summary>A copy of a design.</summary>
/// <param name="Name">The copy's name; null lets it be called after the original.</param>
/// <param name="Revision">The revision to copy; null for the newest.</param>
/// <param name="ProjectId">Where the copy goes; null for the same project.</param>
/// <param name="VersionId">The version to copy, instead of a revision.</param>
public sealed record DuplicateDesignRequest(string? Name = null, long? Revision = null, string? ProjectId = null, string? VersionId = null);

/// <summary>Which contents a design is to have again: a revision's or a version's.</summary>
/// <param name="Revision">A revision of the design.</param>
/// <param name="VersionId">A version of the design, instead of a revision.</param>
/// <param name="BatchId">Makes the request safe to repeat: sent again it is answered as the first time.</param>
public sealed record RestoreDesignRequest(long? Revision = null, string? VersionId = null, Guid? BatchId = null);

/// <summary>A new version.</summary>
/// <param name="Name">1 to 200 characters.</param>
/// <param name="Description">At most 10,000 characters.</param>
/// <param name="Revision">The revision that it names; null for the newest.</param>
public sealed record CreateVersionRequest(string? Name, string? Description = null, long? Revision = null);

/// <summary>A merge patch over a version: what is absent stays.</summary>
/// <param name="Name">1 to 200 characters. An automatic checkpoint that is given a name is kept.</param>
public sealed record ChangeVersionRequest(string? Name, Patched<string?> Description);

/// <summary>What an import made.</summary>
/// <param name="Design">The new design.</param>
/// <param name="Warnings">What was read otherwise than it stood, each with a JSON pointer into the file.</param>
public sealed record ImportedDesign(DesignDocument Design, ImmutableArray<ImportNote> Warnings);

/// <inheritdoc cref="ImportedDesign"/>
public sealed record ImportNote(string Pointer, string Text);

/// <summary>An element as it is after a write, with the design's revision.</summary>
public sealed record NodeReply(long Revision, Node Node);

/// <inheritdoc cref="NodeReply"/>
public sealed record ConnectionReply(long Revision, Connection Connection);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(DesignDocument))]
[JsonSerializable(typeof(ImportedDesign))]
[JsonSerializable(typeof(NodeReply))]
[JsonSerializable(typeof(ConnectionReply))]
[JsonSerializable(typeof(SubmitResult))]
[JsonSerializable(typeof(PageOf<DesignHeader>))]
[JsonSerializable(typeof(PageOf<Change>))]
[JsonSerializable(typeof(DesignComparison))]
[JsonSerializable(typeof(PageOf<HistoryEntry>))]
[JsonSerializable(typeof(PageOf<Node>))]
[JsonSerializable(typeof(PageOf<Connection>))]
internal sealed partial class DesignRequestsJsonContext : JsonSerializerContext;
