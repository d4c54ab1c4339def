using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.Domain;
using Actors.Domain.Files;

namespace Actors.Grains.Interfaces.Files;

[JsonConverter(typeof(JsonStringEnumConverter<FileKind>))]
public enum FileKind
{
    [JsonStringEnumMemberName("file")]
    File,

    [JsonStringEnumMemberName("folder")]
    Folder,
}

/// <summary>A file, or a folder of a list.</summary>
/// <param name="Path">Within the project, without a slash in front.</param>
/// <param name="Size">Bytes; null for a folder.</param>
/// <param name="ContentType">Null for a folder.</param>
/// <param name="Language">For editors; null when it is none that is known.</param>
/// <param name="Sha256">Of the content, hexadecimal; null for a folder.</param>
/// <param name="Version">Grows with each change, not by one; null for a folder.</param>
/// <param name="UpdatedAt">For a folder, when it came to be.</param>
/// <param name="UpdatedBy">An account; null for a folder.</param>
public sealed record FileView(
    string Path,
    string Name,
    FileKind Kind,
    long? Size,
    string? ContentType,
    string? Language,
    string? Sha256,
    long? Version,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    string? UpdatedBy);

/// <summary>What happened to files at once.</summary>
/// <param name="Sequence">Its place among all that happened to this project's files; the version of what was written.</param>
public sealed record FileNotice(long Sequence, DateTimeOffset At, string By, ImmutableArray<FileChange> Changes);

/// <param name="From">For a move: where it was.</param>
public sealed record FileChange(FileChangeKind Kind, string Path, string? From = null);

[JsonConverter(typeof(JsonStringEnumConverter<FileChangeKind>))]
public enum FileChangeKind
{
    [JsonStringEnumMemberName("written")]
    Written,

    [JsonStringEnumMemberName("removed")]
    Removed,

    [JsonStringEnumMemberName("moved")]
    Moved,

    /// <summary>All files are gone; the path is empty.</summary>
    [JsonStringEnumMemberName("cleared")]
    Cleared,
}

/// <param name="Bytes">That files and kept versions take; equal contents count once.</param>
public sealed record FilesUsage(int Files, long Bytes);

/// <summary>The answer about one file.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Done), "done")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record FileReply
{
    /// <param name="Created">The file is new.</param>
    public sealed record Done(FileView File, bool Created = false) : FileReply;

    public sealed record Refused(Refusal Error) : FileReply;
}

/// <summary>The answer about several files.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Done), "done")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record FilesReply
{
    public sealed record Done(ImmutableArray<FileView> Files) : FilesReply;

    public sealed record Refused(Refusal Error) : FilesReply;
}

/// <summary>The answer with a content.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Found), "found")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record FileContentReply
{
    public sealed record Found(FileView File, ReadOnlyMemory<byte> Content) : FileContentReply;

    public sealed record Refused(Refusal Error) : FileContentReply;
}

/// <summary>The answer to a list.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Page), "page")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record FilePageReply
{
    public sealed record Page(ImmutableArray<FileView> Items, string? NextCursor) : FilePageReply;

    public sealed record Refused(Refusal Error) : FilePageReply;
}

/// <summary>The answer to an upload.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Stored), "stored")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record UploadReply
{
    public sealed record Stored(StoredContent Content) : UploadReply;

    public sealed record Refused(Refusal Error) : UploadReply;
}
