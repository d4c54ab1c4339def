using System.Collections.Immutable;

namespace Actors.Domain.Files;

/// <summary>A project's files as a snapshot keeps them; what follows from it is counted again.</summary>
public sealed record FilesSnapshot(long Version, ImmutableArray<FileEntry> Files, ImmutableArray<FolderEntry> Folders, ImmutableArray<StoredContent> Contents)
{
    public static FilesSnapshot Of(FilesState state) => new(
        state.Version,
        [.. state.Keys.Select(key => state.Files[key])],
        [.. state.Folders.OrderBy(folder => folder.Key, StringComparer.Ordinal).Select(folder => folder.Value)],
        [.. state.Contents.OrderBy(content => content.Key, StringComparer.Ordinal).Select(content => new StoredContent(content.Key, content.Value.Put, content.Value.Size))]);

    public FilesState ToState()
    {
        var references = Files.SelectMany(file => file.Versions).CountBy(version => version.Sha256).ToDictionary();
        var files = FilesState.Empty.Files.AddRange(Files.Select(file => KeyValuePair.Create(FilePath.KeyOf(file.Path), file)));
        return FilesState.Empty with
        {
            Version = Version,
            Files = files,
            Keys = FilesState.Empty.Keys.Union(files.Keys),
            Folders = FilesState.Empty.Folders.AddRange(Folders.Select(folder => KeyValuePair.Create(FilePath.KeyOf(folder.Path), folder))),
            Contents = FilesState.Empty.Contents.AddRange(Contents.Select(
                content => KeyValuePair.Create(content.Sha256, new KeptContent(content.Put, content.Size, references[content.Sha256])))),
            Bytes = Contents.Sum(content => content.Size),
        };
    }
}
