using System.Collections.Immutable;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Grains.Interfaces.Files;

/// <summary>
/// The files of one project; its key is the project id. Every call names the account that asks (<c>By</c>): reading
/// needs the role viewer, writing editor, and to a stranger every answer is <c>not_found</c>. A null <c>By</c> is the
/// system itself, which may read. Paths are refused by the rules of <c>FilePath</c>, with a code for each.
/// </summary>
public interface IFilesGrain : IGrainWithStringKey
{
    /// <summary>Creates a file or gives it a new version. What is there already, byte by byte, stays as it is.</summary>
    Task<FileReply> Write(FileWriting writing);

    /// <summary>
    /// Puts a content for a later <see cref="WriteAll"/>, which must follow within half an hour at the same activation,
    /// else it refuses <c>upload_expired</c>.
    /// </summary>
    Task<UploadReply> Upload(FileUpload upload);

    /// <summary>Writes uploaded contents, all or none.</summary>
    Task<FilesReply> WriteAll(FileBatch batch);

    /// <summary>Uploads will not be written.</summary>
    Task Discard(ImmutableArray<string> uploads);

    /// <summary>A file with its content.</summary>
    [ReadOnly]
    [AlwaysInterleave]
    Task<FileContentReply> Read(FileReading reading);

    /// <summary>A file without its content.</summary>
    [ReadOnly]
    [AlwaysInterleave]
    Task<FileReply> Stat(FileReading reading);

    /// <summary>Files in a folder, however deep, in the order of their paths without regard to case. Lists of one folder: <see cref="IFileDirectoryGrain"/>.</summary>
    [ReadOnly]
    [AlwaysInterleave]
    Task<FilePageReply> List(FileTreeQuery query);

    /// <summary>All files below a folder, sorted by path (<c>name</c>) or <c>updatedAt</c>, searched by path.</summary>
    [ReadOnly]
    [AlwaysInterleave]
    Task<FilePageReply> ListAll(FileListQuery query);

    /// <summary>The kept versions of a file, newest first.</summary>
    [ReadOnly]
    [AlwaysInterleave]
    Task<FilesReply> Versions(FileReading reading);

    /// <summary>Makes an older version the newest again.</summary>
    Task<FileReply> Restore(FileRestoring restoring);

    /// <summary>Removes a file with its versions.</summary>
    Task<FilesReply> Remove(FileRemoval removal);

    /// <summary>Moves, copies or deletes a file or a folder, as a whole or not at all; answers the files as they are then.</summary>
    Task<FilesReply> Operate(FileOperation operation);

    /// <summary>
    /// What happens to the files: what was missed since a position, then everything as it is stored. A watcher that does
    /// not keep up is ended and comes again with its position.
    /// </summary>
    /// <param name="afterSequence">The last sequence that is known; null for what happens from now on.</param>
    IAsyncEnumerable<FileNotice> Watch(long? afterSequence, CancellationToken cancellationToken);

    /// <summary>What the files take.</summary>
    [ReadOnly]
    [AlwaysInterleave]
    Task<FilesUsage> Usage();

    /// <summary>
    /// Deletes contents that nothing refers to, such as those that a crash left between upload and write, and everything
    /// once the project is deleted. Called now and then; safe at any time.
    /// </summary>
    Task Sweep();
}
