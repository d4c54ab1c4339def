using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.Domain.Files;
using Actors.Domain.Lists;

namespace Actors.Grains.Interfaces.Files;

/// <param name="ContentType">Null takes the one that the name or the content says.</param>
/// <param name="Language">Null takes the one that the name says.</param>
/// <param name="ExpectedVersion">The version that the writer saw; null writes whatever it is.</param>
/// <param name="MustBeNew">Refuses <c>precondition_failed</c> when there is such a file.</param>
public sealed record FileWriting(
    string By, string Path, ReadOnlyMemory<byte> Content, string? ContentType = null, string? Language = null, long? ExpectedVersion = null, bool MustBeNew = false);

public sealed record FileUpload(string By, ReadOnlyMemory<byte> Content);

/// <param name="Files">No two of one path.</param>
public sealed record FileBatch(string By, ImmutableArray<UploadedFile> Files);

/// <param name="Content">As <see cref="IFilesGrain.Upload"/> answered it.</param>
public sealed record UploadedFile(string Path, StoredContent Content, string ContentType, string? Language);

/// <param name="Version">Null for the newest.</param>
public sealed record FileReading(string? By, string Path, long? Version = null);

/// <param name="Folder">Empty for the whole project.</param>
/// <param name="After">The path that the page before ended with.</param>
/// <param name="Limit">1 to 500.</param>
public sealed record FileTreeQuery(string? By, string Folder, string? After, int Limit);

/// <param name="Folder">Empty for the whole project.</param>
public sealed record FileListQuery(string? By, string Folder, ListRequest List);

/// <param name="Folder">Empty for the project itself.</param>
/// <param name="List">Sorted by <c>name</c> or <c>updatedAt</c>; its search looks into names.</param>
public sealed record FileFolderQuery(string ProjectId, string Folder, ListRequest List);

public sealed record FileRestoring(string By, string Path, long Version, long? ExpectedVersion = null);

public sealed record FileRemoval(string By, string Path, long? ExpectedVersion = null);

/// <param name="To">For a move or copy: where to, a path at which nothing is.</param>
public sealed record FileOperation(string By, FileOperationKind Kind, string From, string? To);

[JsonConverter(typeof(JsonStringEnumConverter<FileOperationKind>))]
public enum FileOperationKind
{
    [JsonStringEnumMemberName("move")]
    Move,

    [JsonStringEnumMemberName("copy")]
    Copy,

    [JsonStringEnumMemberName("delete")]
    Delete,
}
