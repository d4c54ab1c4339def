using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Actors.Domain.Files;
using Actors.Grains.Interfaces.Files;
using Actors.Storage;

namespace Actors.Grains.Files;

/// <summary>
/// What lists know of files and folders: one entry for each, in the scope of the folder that it lies in, so that a list of
/// one folder reads that folder alone. A path may be longer than an index takes, so a digest of its key stands for it.
/// </summary>
internal static class FileCatalog
{
    public const string Kind = "file";

    public static string Scope(string projectId, string folderKey) => $"{projectId}/{Digest(folderKey)}";

    public static ImmutableArray<CatalogWrite> Writes(string projectId, FilesState before, FilesState after, FilesEvent @event)
    {
        var changed = @event switch
        {
            FilesEvent.Written e => e.Files.Select(file => FilePath.KeyOf(file.Path)),
            FilesEvent.Removed e => e.Paths.Select(FilePath.KeyOf),
            FilesEvent.Moved e => e.Files.SelectMany(file => new[] { FilePath.KeyOf(file.From), FilePath.KeyOf(file.To) }),
            FilesEvent.Cleared => before.Keys,
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };
        var writes = ImmutableArray.CreateBuilder<CatalogWrite>();
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in changed.Distinct(StringComparer.Ordinal))
        {
            writes.Add(after.Files.TryGetValue(key, out var file)
                ? Put(projectId, key, View(file))
                : new CatalogWrite.RemoveEntry(Kind, Id(projectId, key, FileKind.File)));
            for (var folder = FolderPaths.ParentOf(key); folder.Length > 0 && folders.Add(folder);)
            {
                folder = FolderPaths.ParentOf(folder);
            }
        }

        foreach (var key in folders)
        {
            var known = before.Folders.GetValueOrDefault(key);
            var folder = after.Folders.GetValueOrDefault(key);
            if (folder is null && known is not null)
            {
                writes.Add(new CatalogWrite.RemoveEntry(Kind, Id(projectId, key, FileKind.Folder)));
            }
            else if (folder is not null && (known is null || known.Path != folder.Path))
            {
                writes.Add(Put(projectId, key, View(folder)));
            }
        }

        return writes.ToImmutable();
    }

    public static FileView View(FileEntry file) => View(file, file.Newest);

    public static FileView View(FileEntry file, FileVersion version) => new(
        file.Path,
        FolderPaths.NameOf(file.Path),
        FileKind.File,
        version.Size,
        version.ContentType,
        version.Language,
        version.Sha256,
        version.Version,
        file.CreatedAt,
        version.At,
        version.By);

    public static FileView View(CatalogEntry entry) => JsonSerializer.Deserialize(entry.Data.Span, FilesJsonContext.Default.FileView)
        ?? throw new InvalidOperationException($"The catalog's entry of file {entry.Id} is empty.");

    private static FileView View(FolderEntry folder) => new(
        folder.Path, FolderPaths.NameOf(folder.Path), FileKind.Folder, null, null, null, null, null, folder.CreatedAt, folder.CreatedAt, null);

    private static CatalogWrite.PutEntry Put(string projectId, string key, FileView view) => new(new CatalogEntry
    {
        Kind = Kind,
        Id = Id(projectId, key, view.Kind),
        Scope = Scope(projectId, FolderPaths.ParentOf(key)),
        Name = view.Name,
        CreatedAt = view.CreatedAt,
        UpdatedAt = view.UpdatedAt,
        Data = JsonSerializer.SerializeToUtf8Bytes(view, FilesJsonContext.Default.FileView),
    });

    /// <summary>Of its own for a file and a folder: one event may turn the one into the other.</summary>
    private static string Id(string projectId, string key, FileKind kind) => $"{projectId}/{(kind == FileKind.File ? 'f' : 'd')}{Digest(key)}";

    private static string Digest(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
