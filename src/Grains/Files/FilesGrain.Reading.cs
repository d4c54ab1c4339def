using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Actors.Domain;
using Actors.Domain.Files;
using Actors.Domain.Lists;
using Actors.Domain.Projects;
using Actors.Grains.Interfaces.Files;
using Actors.Grains.Lists;
using Actors.Storage;

namespace Actors.Grains.Files;

/// <summary>What is read of the files, and watched.</summary>
internal sealed partial class FilesGrain
{
    private const int MaximumPage = 500;

    public async Task<FileContentReply> Read(FileReading reading)
    {
        while (true)
        {
            var (view, refusal) = await FindAsync(reading);
            if (view is null)
                return new FileContentReply.Refused(refusal!);

            var kept = Committed.Contents[view.Sha256!];
            try
            {
                if (await blobs.GetAsync(FileBlobs.Name(ProjectId, view.Sha256!, kept.Put), CancellationToken.None) is { } blob)
                    return new FileContentReply.Found(view, blob.Content);
            }
            catch (StorageUnavailableException)
            {
                return new FileContentReply.Refused(CatalogLists.Unavailable());
            }

            // It was let go of while it was fetched; as long as something refers to it, it must be there.
            if (Committed.Contents.GetValueOrDefault(view.Sha256!)?.Put == kept.Put)
                throw new InvalidOperationException($"The content {view.Sha256} of {ProjectId} is missing in the blob store.");
        }
    }

    public async Task<FileReply> Stat(FileReading reading)
    {
        var (view, refusal) = await FindAsync(reading);
        return view is null ? new FileReply.Refused(refusal!) : new FileReply.Done(view);
    }

    public async Task<FilePageReply> List(FileTreeQuery query)
    {
        if (await RefuseAsync(query.By, ProjectRole.Viewer) is { } forbidden)
            return new FilePageReply.Refused(forbidden);

        FilePath? folder = null;
        if (query.Folder.Length > 0 && !FilePath.TryParse(query.Folder, limits, out folder, out var refusal))
            return new FilePageReply.Refused(refusal);

        var limit = Math.Clamp(query.Limit, 1, MaximumPage);
        var after = query.After is null ? null : FilePath.KeyOf(query.After);
        FileEntry[] found = [.. Committed.Within(folder?.Key ?? "", after).Select(file => file.File).Take(limit + 1)];
        return new FilePageReply.Page([.. found.Take(limit).Select(FileCatalog.View)], found.Length > limit ? found[limit - 1].Path : null);
    }

    public async Task<FilePageReply> ListAll(FileListQuery query)
    {
        if (await RefuseAsync(query.By, ProjectRole.Viewer) is { } forbidden)
            return new FilePageReply.Refused(forbidden);

        FilePath? folder = null;
        if (query.Folder.Length > 0 && !FilePath.TryParse(query.Folder, limits, out folder, out var refusal))
            return new FilePageReply.Refused(refusal);

        var search = query.List.Search is { } text ? FilePath.KeyOf(text) : null;
        var found = Committed.Within(folder?.Key ?? "", null).Where(file => search is null || file.Key.Contains(search, StringComparison.Ordinal));
        return SortedPages.Take(found, query.List, file => file.Key, query.List.Sort == ListSort.UpdatedAt ? file => UpdatedAt(file.File) : file => file.Key) is { } page
            ? new FilePageReply.Page([.. page.Items.Select(file => FileCatalog.View(file.File))], page.NextCursor)
            : new FilePageReply.Refused(CatalogLists.BadCursor());

        static string UpdatedAt(FileEntry file) => file.Newest.At.UtcTicks.ToString("D19", CultureInfo.InvariantCulture);
    }

    public async Task<FilesReply> Versions(FileReading reading)
    {
        if (await RefuseAsync(reading.By, ProjectRole.Viewer) is { } forbidden)
            return new FilesReply.Refused(forbidden);

        if (!FilePath.TryParse(reading.Path, limits, out var path, out var refusal))
            return new FilesReply.Refused(refusal);

        return Committed.Files.TryGetValue(path.Key, out var file)
            ? new FilesReply.Done([.. file.Versions.Reverse().Select(version => FileCatalog.View(file, version))])
            : new FilesReply.Refused(FilesState.Missing(path));
    }

    public Task<FilesUsage> Usage() => Task.FromResult(new FilesUsage(Committed.Files.Count, Committed.Bytes));

    public async IAsyncEnumerable<FileNotice> Watch(long? afterSequence, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var upTo = Revision;
        using var watcher = _watchers.Watch();
        for (var position = afterSequence ?? upTo; position < upTo;)
        {
            await foreach (var entry in Services.Journal.ReadAsync(StreamName, position, MissedPage, cancellationToken))
            {
                position = entry.Revision;
                if (position <= upTo)
                    yield return Notice(position, JsonSerializer.Deserialize(entry.Payload.Span, EventJson)!);
            }
        }

        await foreach (var notices in watcher.ReadAllAsync(cancellationToken))
        {
            foreach (var notice in notices)
                yield return notice;
        }
    }

    private static FileNotice Notice(long sequence, FilesEvent @event) => new(sequence, @event.At, @event.By, @event switch
    {
        FilesEvent.Written e => [.. e.Files.Select(file => new FileChange(FileChangeKind.Written, file.Path))],
        FilesEvent.Removed e => [.. e.Paths.Select(path => new FileChange(FileChangeKind.Removed, path))],
        FilesEvent.Moved e => [.. e.Files.Select(file => new FileChange(FileChangeKind.Moved, file.To, file.From))],
        FilesEvent.Cleared => [new FileChange(FileChangeKind.Cleared, "")],
        _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
    });

    private async Task<(FileView? View, Refusal? Refusal)> FindAsync(FileReading reading)
    {
        if (await RefuseAsync(reading.By, ProjectRole.Viewer) is { } forbidden)
            return (null, forbidden);

        if (!FilePath.TryParse(reading.Path, limits, out var path, out var refusal))
            return (null, refusal);

        if (!Committed.Files.TryGetValue(path.Key, out var file))
            return (null, FilesState.Missing(path));

        if (reading.Version is not { } wanted)
            return (FileCatalog.View(file), null);

        return file.Versions.FirstOrDefault(version => version.Version == wanted) is { } found
            ? (FileCatalog.View(file, found), null)
            : (null, new Refusal(ErrorCodes.NotFound, $"{file.Path} has no version {wanted} (any more)"));
    }
}
