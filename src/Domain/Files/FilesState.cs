using System.Collections.Immutable;
using System.Diagnostics;

namespace Actors.Domain.Files;

/// <summary>A version of a file.</summary>
/// <param name="Version">The number of the event that wrote it, so that no two contents of a path ever share one.</param>
public sealed record FileVersion(long Version, string Sha256, long Size, string ContentType, string? Language, DateTimeOffset At, string By);

/// <summary>A file with its kept versions, oldest first; there is always one.</summary>
public sealed record FileEntry(string Path, DateTimeOffset CreatedAt, ImmutableArray<FileVersion> Versions)
{
    public FileVersion Newest => Versions[^1];
}

/// <summary>A folder: there is one while a file is in it, however deep.</summary>
/// <param name="Files">How many files are in it, however deep.</param>
public sealed record FolderEntry(string Path, int Files, DateTimeOffset CreatedAt);

/// <summary>A content that versions refer to.</summary>
/// <param name="References">How many versions; the content is released when the last goes.</param>
public sealed record KeptContent(string Put, long Size, int References);

/// <summary>The files of a project as their events made them.</summary>
/// <remarks>
/// What always holds: no key is both a file and a folder; every folder of a file is there, and counts it; a content is
/// kept exactly while a version refers to it; a put that was released is never referred to again.
/// </remarks>
/// <param name="Version">How many events made it.</param>
/// <param name="Files">By <see cref="FilePath.Key"/>.</param>
/// <param name="Keys">The keys of <paramref name="Files"/> in ordinal order.</param>
/// <param name="Folders">By key.</param>
/// <param name="Contents">By address.</param>
/// <param name="Bytes">Sizes of <paramref name="Contents"/>, summed up.</param>
/// <param name="Released">Contents that the last event let go of; they may be deleted once it is stored.</param>
public sealed partial record FilesState(
    long Version,
    ImmutableDictionary<string, FileEntry> Files,
    ImmutableSortedSet<string> Keys,
    ImmutableDictionary<string, FolderEntry> Folders,
    ImmutableDictionary<string, KeptContent> Contents,
    long Bytes,
    ImmutableList<StoredContent> Released)
{
    public static FilesState Empty { get; } = new(
        0,
        ImmutableDictionary.Create<string, FileEntry>(StringComparer.Ordinal),
        ImmutableSortedSet.Create<string>(StringComparer.Ordinal),
        ImmutableDictionary.Create<string, FolderEntry>(StringComparer.Ordinal),
        ImmutableDictionary.Create<string, KeptContent>(StringComparer.Ordinal),
        0,
        []);

    /// <summary>The state after <paramref name="event"/>. Total: every event that was ever journalled applies.</summary>
    public FilesState Apply(FilesEvent @event)
    {
        var next = Changed(@event);

        // What one file let go of may be what another took up in the same event.
        return next with
        {
            Released = next.Released.RemoveAll(content => next.Contents.TryGetValue(content.Sha256, out var kept) && kept.Put == content.Put),
        };
    }

    /// <summary>The files in a folder (its key, or empty for all), however deep, in the order of keys.</summary>
    /// <param name="after">Only keys behind this one.</param>
    public IEnumerable<(string Key, FileEntry File)> Within(string folderKey, string? after = null)
    {
        var prefix = folderKey.Length == 0 ? "" : folderKey + "/";
        var from = after is not null && string.CompareOrdinal(after, prefix) >= 0 ? after + '\0' : prefix;
        var index = Keys.IndexOf(from);
        for (index = index < 0 ? ~index : index; index < Keys.Count && Keys[index].StartsWith(prefix, StringComparison.Ordinal); index++)
        {
            yield return (Keys[index], Files[Keys[index]]);
        }
    }

    private FilesState Changed(FilesEvent @event)
    {
        var next = this with { Version = Version + 1, Released = [] };
        switch (@event)
        {
            case FilesEvent.Written e:
                return e.Files.Aggregate(next, (state, file) => state.Put(file, e));
            case FilesEvent.Removed e:
                return e.Paths.Aggregate(next, (state, path) => state.Without(FilePath.KeyOf(path), releases: true));
            case FilesEvent.Moved e:
                var moving = e.Files.Select(file => (Entry: Files[FilePath.KeyOf(file.From)], file.To)).ToArray();
                next = e.Files.Aggregate(next, (state, file) => state.Without(FilePath.KeyOf(file.From), releases: false));
                return moving.Aggregate(next, (state, move) => state.With(move.Entry with
                {
                    Path = move.To,
                    Versions = [.. move.Entry.Versions[..^1], move.Entry.Newest with { Version = next.Version, At = e.At, By = e.By }],
                }));
            case FilesEvent.Cleared:
                return Keys.Aggregate(next, (state, key) => state.Without(key, releases: true));
            default:
                throw new UnreachableException($"unknown files event {@event.GetType().Name}");
        }
    }

    private FilesState Put(WrittenFile file, FilesEvent.Written by)
    {
        var version = new FileVersion(Version, file.Content.Sha256, file.Content.Size, file.ContentType, file.Language, by.At, by.By);
        var referring = Refer(file.Content);
        if (!Files.TryGetValue(FilePath.KeyOf(file.Path), out var known))
        {
            return referring.With(new FileEntry(file.Path, by.At, [version]));
        }

        var versions = known.Versions.Add(version);
        var surplus = Math.Max(0, versions.Length - by.Kept);
        referring = versions[..surplus].Aggregate(referring, (state, dropped) => state.Forget(dropped.Sha256));
        return referring with { Files = referring.Files.SetItem(FilePath.KeyOf(file.Path), known with { Versions = versions[surplus..] }) };
    }

    private FilesState With(FileEntry file)
    {
        var key = FilePath.KeyOf(file.Path);
        var folders = Folders.ToBuilder();
        foreach (var (folderKey, folderPath) in FolderPaths.Of(key, file.Path))
        {
            folders[folderKey] = folders.TryGetValue(folderKey, out var folder)
                ? folder with { Files = folder.Files + 1 }
                : new FolderEntry(folderPath, 1, file.Newest.At);
        }

        return this with { Files = Files.SetItem(key, file), Keys = Keys.Add(key), Folders = folders.ToImmutable() };
    }

    private FilesState Without(string key, bool releases)
    {
        var file = Files[key];
        var folders = Folders.ToBuilder();
        foreach (var (folderKey, _) in FolderPaths.Of(key, file.Path))
        {
            var folder = folders[folderKey];
            if (folder.Files > 1)
            {
                folders[folderKey] = folder with { Files = folder.Files - 1 };
            }
            else
            {
                folders.Remove(folderKey);
            }
        }

        var without = this with { Files = Files.Remove(key), Keys = Keys.Remove(key), Folders = folders.ToImmutable() };
        return releases ? file.Versions.Aggregate(without, (state, version) => state.Forget(version.Sha256)) : without;
    }

    private FilesState Refer(StoredContent content) => Contents.TryGetValue(content.Sha256, out var kept)
        ? this with { Contents = Contents.SetItem(content.Sha256, kept with { References = kept.References + 1 }) }
        : this with { Contents = Contents.Add(content.Sha256, new KeptContent(content.Put, content.Size, 1)), Bytes = Bytes + content.Size };

    private FilesState Forget(string sha256)
    {
        var kept = Contents[sha256];
        return kept.References > 1
            ? this with { Contents = Contents.SetItem(sha256, kept with { References = kept.References - 1 }) }
            : this with
            {
                Contents = Contents.Remove(sha256),
                Bytes = Bytes - kept.Size,
                Released = Released.Add(new StoredContent(sha256, kept.Put, kept.Size)),
            };
    }
}
