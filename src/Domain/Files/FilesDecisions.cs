using System.Collections.Immutable;
using System.Diagnostics;
using FilesDecision = Actors.Domain.Decision<Actors.Domain.Files.FilesState, Actors.Domain.Files.FilesEvent>;

namespace Actors.Domain.Files;

public sealed partial record FilesState
{
    public FilesDecision Decide(FilesCommand command, FileLimits limits) => command switch
    {
        FilesCommand.Write c => Write(c, limits),
        FilesCommand.Remove c => Remove(c),
        FilesCommand.Move c => Move(c, limits),
        FilesCommand.Copy c => Copy(c, limits),
        FilesCommand.Restore c => Restore(c, limits),
        FilesCommand.Clear c => Keys.IsEmpty ? FilesDecision.Nothing : Happened(new FilesEvent.Cleared(c.At, c.By)),
        _ => throw new UnreachableException($"unknown files command {command.GetType().Name}"),
    };

    /// <summary>The refusal of a path at which there is no file.</summary>
    public static Refusal Missing(FilePath path) => new(ErrorCodes.NotFound, $"there is no file at {path}");

    private FilesDecision Write(FilesCommand.Write command, FileLimits limits)
    {
        if (command.Files is [var only])
        {
            var known = Files.GetValueOrDefault(only.Path.Key);
            if (command.MustBeNew && known is not null)
                return FilesDecision.Refused(new Refusal(ErrorCodes.PreconditionFailed, $"there is a file at {known.Path} already"));

            if (Stale(only.Path, known, command.ExpectedVersion) is { } stale)
                return FilesDecision.Refused(stale);
        }

        var files = ImmutableArray.CreateBuilder<WrittenFile>();
        foreach (var file in command.Files)
        {
            if (file.Content.Size > limits.FileBytes)
                return FilesDecision.Refused(TooLarge(limits));

            if (Files.GetValueOrDefault(file.Path.Key) is not { } known)
                files.Add(new WrittenFile(file.Path.Text, file.Content, file.ContentType, file.Language));
            else if (known.Newest.Sha256 != file.Content.Sha256 || known.Newest.ContentType != file.ContentType || known.Newest.Language != file.Language)
                files.Add(new WrittenFile(known.Path, file.Content, file.ContentType, file.Language));
        }

        return files.Count == 0 ? FilesDecision.Nothing : Put(files.ToImmutable(), command, limits);
    }

    private FilesDecision Remove(FilesCommand.Remove command)
    {
        if (Files.TryGetValue(command.Path.Key, out var file))
        {
            return Stale(command.Path, file, command.ExpectedVersion) is { } stale
                ? FilesDecision.Refused(stale)
                : Happened(new FilesEvent.Removed(command.At, command.By, [file.Path]));
        }

        if (!Folders.ContainsKey(command.Path.Key))
            return FilesDecision.Refused(Missing(command.Path));

        return command.Folders
            ? Happened(new FilesEvent.Removed(command.At, command.By, [.. Within(command.Path.Key).Select(found => found.File.Path)]))
            : FilesDecision.Refused(new Refusal(ErrorCodes.PathConflict, $"{command.Path} is a folder: delete it by a file operation"));
    }

    private FilesDecision Move(FilesCommand.Move command, FileLimits limits)
    {
        if (command.From.Equals(command.To))
            return FilesDecision.Nothing;

        if (Relocate(command.From, command.To, limits, out var relocated) is { } refusal)
            return FilesDecision.Refused(refusal);

        // A change of case alone moves a path onto itself, so what moves is taken away before the place is looked at.
        var left = relocated.Aggregate(this, (state, move) => state.Without(FilePath.KeyOf(move.From.Path), releases: false));
        if (left.RefuseTaken(command.To) is { } taken)
            return FilesDecision.Refused(taken);

        var prefix = left.Spelled(command.To);
        return Happened(new FilesEvent.Moved(
            command.At, command.By, [.. relocated.Select(move => new MovedFile(move.From.Path, prefix + move.To.Text[command.To.Text.Length..]))]));
    }

    private FilesDecision Copy(FilesCommand.Copy command, FileLimits limits)
    {
        if (Relocate(command.From, command.To, limits, out var relocated) is { } refusal)
            return FilesDecision.Refused(refusal);

        if (RefuseTaken(command.To) is { } taken)
            return FilesDecision.Refused(taken);

        return Put([.. relocated.Select(copy => Again(copy.To.Text, copy.From.Newest))], command, limits);
    }

    private FilesDecision Restore(FilesCommand.Restore command, FileLimits limits)
    {
        if (!Files.TryGetValue(command.Path.Key, out var file))
            return FilesDecision.Refused(Missing(command.Path));

        if (Stale(command.Path, file, command.ExpectedVersion) is { } stale)
            return FilesDecision.Refused(stale);

        if (file.Versions.FirstOrDefault(version => version.Version == command.Version) is not { } restored)
            return FilesDecision.Refused(new Refusal(ErrorCodes.NotFound, $"{file.Path} has no version {command.Version} (any more)"));

        return restored == file.Newest ? FilesDecision.Nothing : Put([Again(file.Path, restored)], command, limits);
    }

    /// <summary>The last checks of everything that writes: places free, and room for it.</summary>
    private FilesDecision Put(ImmutableArray<WrittenFile> wanted, FilesCommand command, FileLimits limits)
    {
        if (wanted.Any(file => file.Content.Put.Length == 0 && !Contents.ContainsKey(file.Content.Sha256)))
            return FilesDecision.Refused(UploadExpired());

        var files = Settle(wanted);
        var @event = new FilesEvent.Written(command.At, command.By, files, limits.Versions);
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var key = FilePath.KeyOf(file.Path);
            if (!written.Add(key))
                return FilesDecision.Refused(new Refusal(ErrorCodes.PathConflict, $"{file.Path} is written twice (names that differ in case alone are one)"));

            if (Folders.ContainsKey(key))
                return FilesDecision.Refused(new Refusal(ErrorCodes.PathConflict, $"{file.Path} is a folder"));
        }

        foreach (var file in files)
        {
            foreach (var (key, path) in FolderPaths.Of(FilePath.KeyOf(file.Path), file.Path))
            {
                if (written.Contains(key) || Files.ContainsKey(key))
                    return FilesDecision.Refused(new Refusal(ErrorCodes.PathConflict, $"{path} is a file, so that {file.Path} cannot be in it"));
            }
        }

        var next = Apply(@event);
        if (next.Files.Count > limits.Files && next.Files.Count > Files.Count)
            return FilesDecision.Refused(new Refusal(ErrorCodes.LimitReached, $"a project has at most {limits.Files} files (Files)"));

        return next.Bytes > limits.ProjectBytes && next.Bytes > Bytes
            ? FilesDecision.Refused(new Refusal(ErrorCodes.LimitReached, $"the files of a project and their versions have at most {limits.ProjectBytes} bytes (ProjectBytes)"))
            : FilesDecision.Happened(@event, next);
    }

    /// <summary>Which files go where when a file or folder is moved or copied.</summary>
    private Refusal? Relocate(FilePath from, FilePath to, FileLimits limits, out List<(FileEntry From, FilePath To)> relocated)
    {
        relocated = [];
        if (Files.TryGetValue(from.Key, out var file))
        {
            relocated.Add((file, to));
            return null;
        }

        if (!Folders.TryGetValue(from.Key, out var folder))
            return new Refusal(ErrorCodes.NotFound, $"there is neither a file nor a folder at {from}");

        if (to.Key.StartsWith(from.Key + "/", StringComparison.Ordinal))
            return new Refusal(ErrorCodes.PathConflict, $"{to} lies within {from}");

        foreach (var (_, inside) in Within(from.Key))
        {
            if (!FilePath.TryParse(to.Text + inside.Path[folder.Path.Length..], limits, out var path, out var refusal))
                return refusal;

            relocated.Add((inside, path));
        }

        return null;
    }

    private Refusal? RefuseTaken(FilePath path)
    {
        if (Files.ContainsKey(path.Key) || Folders.ContainsKey(path.Key))
            return new Refusal(ErrorCodes.FileExists, $"there is something at {path} already");

        foreach (var (key, folder) in FolderPaths.Of(path.Key, path.Text))
        {
            if (Files.ContainsKey(key))
                return new Refusal(ErrorCodes.PathConflict, $"{folder} is a file, so that {path} cannot be in it");
        }

        return null;
    }

    /// <summary>Paths with folders spelled as they are there already, contents as they are kept already.</summary>
    private ImmutableArray<WrittenFile> Settle(ImmutableArray<WrittenFile> files)
    {
        var folders = new Dictionary<string, string>(StringComparer.Ordinal);
        var settled = ImmutableArray.CreateBuilder<WrittenFile>(files.Length);
        foreach (var file in files)
        {
            var key = FilePath.KeyOf(file.Path);
            var path = file.Path;
            foreach (var (folderKey, folder) in FolderPaths.Of(key, path).Reverse())
            {
                if (folders.GetValueOrDefault(folderKey) is { } spelled || (spelled = Folders.GetValueOrDefault(folderKey)?.Path) is not null)
                {
                    path = spelled + path[folder.Length..];
                    break;
                }
            }

            foreach (var (folderKey, folder) in FolderPaths.Of(key, path))
                folders[folderKey] = folder;

            var content = Contents.TryGetValue(file.Content.Sha256, out var kept) ? file.Content with { Put = kept.Put } : file.Content;
            settled.Add(file with { Path = path, Content = content });
        }

        return settled.MoveToImmutable();
    }

    /// <summary>A path with its folders spelled as they are there already.</summary>
    private string Spelled(FilePath path)
    {
        foreach (var (key, folder) in FolderPaths.Of(path.Key, path.Text).Reverse())
        {
            if (Folders.TryGetValue(key, out var known))
                return known.Path + path.Text[folder.Length..];
        }

        return path.Text;
    }

    private WrittenFile Again(string path, FileVersion version) =>
        new(path, new StoredContent(version.Sha256, Contents[version.Sha256].Put, version.Size), version.ContentType, version.Language);

    private static Refusal? Stale(FilePath path, FileEntry? known, long? expected) => expected is { } version && known?.Newest.Version != version
        ? new Refusal(ErrorCodes.PreconditionFailed, $"{path} has changed since it was read")
        : null;

    /// <summary>The refusal of an upload that waited too long to be written.</summary>
    public static Refusal UploadExpired() =>
        new(ErrorCodes.UploadExpired, "what was uploaded is not kept any more: send it again", Retryable: true);

    /// <summary>The refusal of a content that is too large.</summary>
    public static Refusal TooLarge(FileLimits limits) => new(ErrorCodes.FileTooLarge, $"a file has at most {limits.FileBytes} bytes (FileBytes)");

    private FilesDecision Happened(FilesEvent @event) => FilesDecision.Happened(@event, Apply(@event));
}
