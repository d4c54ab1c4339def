using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Actors.Domain;
using Actors.Domain.Files;
using Actors.Frontend.Http;
using Actors.Grains.Interfaces.Files;
using Microsoft.Net.Http.Headers;

namespace Actors.Frontend.Files;

/// <param name="Encoding">Of <paramref name="Content"/>: <c>utf-8</c> (text as it is, the default) or <c>base64</c>.</param>
/// <param name="ContentType">Absent: told by the name or the content.</param>
/// <param name="Language">Absent: told by the name.</param>
internal sealed record FileBody([property: Required] string? Path, [property: Required] string? Content, string? Encoding, string? ContentType, string? Language);

/// <param name="Op"><c>move</c>, <c>copy</c> or <c>delete</c>.</param>
/// <param name="From">A file or a folder.</param>
/// <param name="To">For move and copy: where nothing is yet.</param>
internal sealed record FileOperationBody([property: Required] string? Op, [property: Required] string? From, string? To);

internal sealed record FileRestoreBody([property: Required] string? Path, [property: Required] long? Version);

/// <summary>What a change of several files did.</summary>
/// <param name="Files">How many files there are now because of it.</param>
/// <param name="Items">The first hundred of them.</param>
internal sealed record FilesChanged(int Files, ImmutableArray<FileView> Items)
{
    public static FilesChanged Of(FilesReply.Done done) =>
        new(done.Files.Length, done.Files.Length <= PageQuery.Maximum ? done.Files : done.Files[..PageQuery.Maximum]);
}

internal static class FileBodyRules
{
    public static Refusal? RefuseContentType(string? contentType) =>
        contentType is null
        || (contentType.Length <= FileTypes.MaximumContentTypeLength && MediaTypeHeaderValue.TryParse(contentType, out var type) && !type.MatchesAllTypes && !type.MatchesAllSubTypes)
            ? null
            : Refusal.Field("contentType", $"must be a media type of at most {FileTypes.MaximumContentTypeLength} characters");

    public static Refusal? RefuseLanguage(string? language) =>
        language is null || (language.Length is > 0 and <= FileTypes.MaximumLanguageLength && !language.Any(char.IsControl))
            ? null
            : Refusal.Field("language", $"must have 1 to {FileTypes.MaximumLanguageLength} characters and no control characters");
}

[JsonSourceGenerationOptions(
    System.Text.Json.JsonSerializerDefaults.Web,
    PropertyNameCaseInsensitive = false,
    NumberHandling = JsonNumberHandling.Strict,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(FileBody))]
internal sealed partial class FileBodyJsonContext : JsonSerializerContext;
