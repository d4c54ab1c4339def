using System.Collections.Immutable;

namespace Actors.Domain.Files;

/// <summary>A content that lies in the blob store.</summary>
/// <param name="Sha256">Its address: the SHA-256 as 64 lower-case hexadecimal digits.</param>
/// <param name="Put">
/// Which putting of it: a time-ordered id that no other putting has, of this or other contents. In a command, empty for
/// the putting that is kept already.
/// </param>
public sealed record StoredContent(string Sha256, string Put, long Size);

/// <summary>A file to be written.</summary>
public sealed record FileWrite(FilePath Path, StoredContent Content, string ContentType, string? Language);

/// <summary>What is asked of a project's files. <paramref name="By"/> is the account that asks; the shell has checked its role.</summary>
public abstract record FilesCommand(DateTimeOffset At, string By)
{
    /// <summary>Writes all files or none.</summary>
    /// <param name="ExpectedVersion">For one file: the version that the writer saw; null writes whatever it is.</param>
    /// <param name="MustBeNew">For one file: refuses when there is one.</param>
    public sealed record Write(DateTimeOffset At, string By, ImmutableArray<FileWrite> Files, long? ExpectedVersion = null, bool MustBeNew = false)
        : FilesCommand(At, By);

    /// <param name="Folders">Whether the path may be a folder, which goes with all that is in it.</param>
    public sealed record Remove(DateTimeOffset At, string By, FilePath Path, long? ExpectedVersion = null, bool Folders = false) : FilesCommand(At, By);

    /// <summary>Moves or renames a file or a folder to a path where nothing is.</summary>
    public sealed record Move(DateTimeOffset At, string By, FilePath From, FilePath To) : FilesCommand(At, By);

    /// <summary>Copies the newest versions of a file or a folder to a path where nothing is.</summary>
    public sealed record Copy(DateTimeOffset At, string By, FilePath From, FilePath To) : FilesCommand(At, By);

    /// <summary>Makes an older version the newest again.</summary>
    public sealed record Restore(DateTimeOffset At, string By, FilePath Path, long Version, long? ExpectedVersion = null) : FilesCommand(At, By);

    /// <summary>Forgets everything: the project was deleted.</summary>
    public sealed record Clear(DateTimeOffset At, string By) : FilesCommand(At, By);
}
