using Actors.Domain;
using Actors.Frontend.Documentation;

namespace Actors.Frontend.Files;

/// <summary>Files in the documentation.</summary>
internal static class FileExamples
{
    public const string New = """{"path":"docs/readme.md","content":"# Web shop"}""";
    public const string Move = """{"op":"move","from":"docs/readme.md","to":"readme.md"}""";
    public const string Restore = """{"path":"docs/readme.md","version":3}""";
    public const string Changed = $$"""{"files":1,"items":[{{File}}]}""";

    public const string File = $$"""
        {"path":"docs/readme.md","name":"readme.md","kind":"file","size":10,"contentType":"text/markdown","language":"markdown",
        "sha256":"9f2c3f3f6f9d5b1f4f1c1c6d0a7c1a52d8a2b0a1f3f1e7f1d0a9b8c7d6e5f4a3","version":3,"createdAt":"{{ExampleIds.At}}","updatedAt":"{{ExampleIds.At}}",
        "updatedBy":"{{ExampleIds.Account}}"}
        """;

    /// <summary>What can be wrong with a path, each by its own code.</summary>
    public static readonly string[] BadPath =
    [
        ErrorCodes.PathEmpty, ErrorCodes.PathAbsolute, ErrorCodes.PathDriveLetter, ErrorCodes.PathBackslash, ErrorCodes.PathTraversal, ErrorCodes.PathEncoded,
        ErrorCodes.PathMalformed, ErrorCodes.PathControlCharacter, ErrorCodes.PathInvisibleCharacter, ErrorCodes.PathReservedCharacter, ErrorCodes.PathReservedName,
        ErrorCodes.PathTrailing, ErrorCodes.PathTooLong, ErrorCodes.PathSegmentTooLong, ErrorCodes.PathTooDeep,
    ];

    /// <summary>Why a file cannot be written where it should.</summary>
    public static readonly string[] NotWritten =
        [ErrorCodes.PathConflict, ErrorCodes.FileTooLarge, ErrorCodes.LimitReached, ErrorCodes.PreconditionFailed, ErrorCodes.UploadExpired, ErrorCodes.BodyTooSlow];
}
