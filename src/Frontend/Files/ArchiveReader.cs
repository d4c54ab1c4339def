using System.IO.Compression;
using System.Runtime.CompilerServices;
using Actors.Domain;
using Actors.Domain.Files;

namespace Actors.Frontend.Files;

/// <summary>A file of an archive, or why the archive is refused; nothing follows a refusal.</summary>
internal readonly record struct ArchivedFile(FilePath? Path, ReadOnlyMemory<byte> Content, Refusal? Refusal)
{
    public static ArchivedFile Refused(string code, string detail) => new(null, default, new Refusal(code, detail));
}

/// <summary>
/// Reads a zip archive that nobody vouches for. Names obey the rules of paths, links and devices are refused, and sizes
/// are those that come out while unpacking: what the archive says of itself is used to refuse early, never to trust.
/// </summary>
internal static class ArchiveReader
{
    private const int UnixTypeShift = 16 + 12;
    private const int UnixRegular = 0x8;
    private const int UnixFolder = 0x4;

    /// <summary>What an archive may always unpack to, however small it is.</summary>
    private const long AlwaysAllowed = 1024 * 1024;

    public static async IAsyncEnumerable<ArchivedFile> ReadAsync(
        FileStream stream, string? folder, FileLimits limits, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var archive = await OpenAsync(stream, cancellationToken);
        if (archive is null)
        {
            yield return ArchivedFile.Refused(ErrorCodes.ArchiveInvalid, "the body is no zip archive that can be read");
            yield break;
        }

        if (archive.Entries.Count > limits.Files * 2L)
        {
            yield return ArchivedFile.Refused(ErrorCodes.LimitReached, $"an archive has at most {limits.Files} files (Files)");
            yield break;
        }

        var left = Math.Min(limits.ProjectBytes, Math.Max(AlwaysAllowed, stream.Length * limits.ArchiveRatio));
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in archive.Entries)
        {
            var isFolder = entry.FullName.EndsWith('/');
            var name = isFolder ? entry.FullName[..^1] : entry.FullName;
            if (!FilePath.TryParse(string.IsNullOrEmpty(folder) ? name : $"{folder}/{name}", limits, out var path, out var refusal))
            {
                yield return new ArchivedFile(null, default, refusal);
                yield break;
            }

            // The type that Unix keeps in the upper half; 0 where the archive was made elsewhere.
            var type = (entry.ExternalAttributes >>> UnixTypeShift) & 0xF;
            if (entry.IsEncrypted || (type != 0 && type != (isFolder ? UnixFolder : UnixRegular)))
            {
                yield return ArchivedFile.Refused(ErrorCodes.ArchiveUnsafe, $"{path} is encrypted, a link or a device: archives have plain files and folders alone");
                yield break;
            }

            if (isFolder)
            {
                continue;
            }

            if (!names.Add(path.Key))
            {
                yield return ArchivedFile.Refused(ErrorCodes.PathConflict, $"{path} is in the archive twice (names that differ in case alone are one)");
                yield break;
            }

            var (content, unreadable) = await UnpackAsync(entry, Math.Min(left, limits.FileBytes), cancellationToken);
            if (unreadable is not null)
            {
                yield return unreadable.Value;
                yield break;
            }

            if (content is not { } bytes)
            {
                yield return left < limits.FileBytes
                    ? ArchivedFile.Refused(ErrorCodes.ArchiveUnsafe, $"the archive unpacks to more than {limits.ArchiveRatio} times its size (ArchiveRatio) or {limits.ProjectBytes} bytes (ProjectBytes)")
                    : new ArchivedFile(null, default, FilesState.TooLarge(limits));
                yield break;
            }

            left -= bytes.Length;
            yield return new ArchivedFile(path, bytes, null);
        }
    }

    private static async Task<ZipArchive?> OpenAsync(FileStream stream, CancellationToken cancellationToken)
    {
        try
        {
            var archive = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancellationToken);

            // Entries are read when they are asked for first.
            return archive.Entries.Count >= 0 ? archive : null;
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException or IOException)
        {
            return null;
        }
    }

    /// <summary>The content; null when it has more than <paramref name="limit"/> bytes.</summary>
    private static async Task<(ReadOnlyMemory<byte>? Content, ArchivedFile? Unreadable)> UnpackAsync(ZipArchiveEntry entry, long limit, CancellationToken cancellationToken)
    {
        if (entry.Length > limit)
        {
            return (null, null);
        }

        try
        {
            await using var packed = await entry.OpenAsync(cancellationToken);
            var content = new MemoryStream();
            var chunk = new byte[64 * 1024];
            for (int read; (read = await packed.ReadAsync(chunk, cancellationToken)) > 0;)
            {
                if (content.Length + read > limit)
                {
                    return (null, null);
                }

                content.Write(chunk, 0, read);
            }

            return (content.GetBuffer().AsMemory(0, (int)content.Length), null);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            return (null, ArchivedFile.Refused(ErrorCodes.ArchiveInvalid, $"{entry.FullName} cannot be unpacked"));
        }
    }
}
