using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Actors.Domain;
using Actors.Domain.Files;
using Actors.Domain.Projects;
using Actors.Grains.EventSourcing;
using Actors.Grains.Idempotency;
using Actors.Grains.Interfaces.Files;
using Actors.Grains.Interfaces.Projects;
using Actors.Grains.Lists;
using Actors.Storage;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;
using FilesOutcome = Actors.Grains.EventSourcing.Outcome<Actors.Domain.Files.FilesState, Actors.Domain.Files.FilesEvent>;

namespace Actors.Grains.Files;

[Reentrant]
[GrainType("files")]
internal sealed partial class FilesGrain(EventSourcingServices services, IBlobStore blobs, ICatalog catalog, FileLimits limits)
    : EventSourcedGrain<FilesState, FilesCommand, FilesEvent>(services), IFilesGrain
{
    private const int WatcherCapacity = 256;
    private const int MissedPage = 500;

    private static readonly Refusal GoneMeanwhile = new(ErrorCodes.NotFound, "the file was removed meanwhile");

    private readonly Watchers<FileNotice> _watchers = new(WatcherCapacity);
    private FileUploads? _uploads;

    protected override string StreamKind => "files";

    protected override FilesState Initial => FilesState.Empty;

    protected override JsonTypeInfo<FilesEvent> EventJson => FilesJsonContext.Default.FilesEvent;

    private string ProjectId => this.GetPrimaryKeyString();

    private FileUploads Uploads => _uploads ??= new FileUploads(ProjectId, blobs, Services, limits);

    public async Task<FileReply> Write(FileWriting writing)
    {
        if (await RefuseAsync(writing.By, ProjectRole.Editor) is { } forbidden)
            return new FileReply.Refused(forbidden);

        if (!FilePath.TryParse(writing.Path, limits, out var path, out var broken))
            return new FileReply.Refused(broken);

        var (content, refusal) = await PutAsync(writing.Content);
        if (content is null)
            return new FileReply.Refused(refusal!);

        var write = new FileWrite(
            path,
            content,
            writing.ContentType ?? FileTypes.ContentTypeOf(path.Name, writing.Content.Span),
            writing.Language ?? FileTypes.LanguageOf(path.Name));
        Uploads.TryTake([content]);
        var created = !Committed.Files.ContainsKey(path.Key);
        var outcome = await ExecuteAsync(new FilesCommand.Write(Now, writing.By, [write], writing.ExpectedVersion, writing.MustBeNew));
        DeleteUnused(outcome, [content]);

        // What a repeat finds as it was to be may be the work of its first attempt.
        if (outcome is FilesOutcome.Unchanged && RequestBatch.MayRepeat)
            created = await Services.Journal.FindBatchAsync(StreamName, BatchOf(nameof(FilesCommand.Write)), CancellationToken.None) is not null && IsFirst(path);

        return One(outcome, path, created);
    }

    public async Task<UploadReply> Upload(FileUpload upload)
    {
        if (await RefuseAsync(upload.By, ProjectRole.Editor) is { } forbidden)
            return new UploadReply.Refused(forbidden);

        var (content, refusal) = await PutAsync(upload.Content);
        return content is null ? new UploadReply.Refused(refusal!) : new UploadReply.Stored(content);
    }

    public async Task<FilesReply> WriteAll(FileBatch batch)
    {
        if (await RefuseAsync(batch.By, ProjectRole.Editor) is { } forbidden)
            return new FilesReply.Refused(forbidden);

        var writes = ImmutableArray.CreateBuilder<FileWrite>(batch.Files.Length);
        foreach (var file in batch.Files)
        {
            if (!FilePath.TryParse(file.Path, limits, out var path, out var refusal))
                return new FilesReply.Refused(refusal);

            writes.Add(new FileWrite(path, file.Content, file.ContentType, file.Language));
        }

        var contents = batch.Files.Select(file => file.Content).ToImmutableArray();
        if (!Uploads.TryTake(contents))
            return new FilesReply.Refused(FilesState.UploadExpired());

        var outcome = await ExecuteAsync(new FilesCommand.Write(Now, batch.By, writes.ToImmutable()));
        DeleteUnused(outcome, contents);
        return Several(outcome, [.. writes.Select(write => write.Path.Key)]);
    }

    public Task Discard(ImmutableArray<string> uploads)
    {
        foreach (var put in uploads)
        {
            if (Uploads.Discard(put) is { } content)
                Delete(content);
        }

        return Task.CompletedTask;
    }

    public async Task<FileReply> Restore(FileRestoring restoring)
    {
        if (await RefuseAsync(restoring.By, ProjectRole.Editor) is { } forbidden)
            return new FileReply.Refused(forbidden);

        return FilePath.TryParse(restoring.Path, limits, out var path, out var refusal)
            ? One(await ExecuteAsync(new FilesCommand.Restore(Now, restoring.By, path, restoring.Version, restoring.ExpectedVersion)), path, created: false)
            : new FileReply.Refused(refusal);
    }

    public async Task<FilesReply> Remove(FileRemoval removal)
    {
        if (await RefuseAsync(removal.By, ProjectRole.Editor) is { } forbidden)
            return new FilesReply.Refused(forbidden);

        return FilePath.TryParse(removal.Path, limits, out var path, out var refusal)
            ? Several(await ExecuteAsync(new FilesCommand.Remove(Now, removal.By, path, removal.ExpectedVersion)), [])
            : new FilesReply.Refused(refusal);
    }

    public async Task<FilesReply> Operate(FileOperation operation)
    {
        if (await RefuseAsync(operation.By, ProjectRole.Editor) is { } forbidden)
            return new FilesReply.Refused(forbidden);

        if (!FilePath.TryParse(operation.From, limits, out var from, out var refusal))
            return new FilesReply.Refused(refusal);

        if (operation.Kind == FileOperationKind.Delete)
            return Several(await ExecuteAsync(new FilesCommand.Remove(Now, operation.By, from, Folders: true)), []);

        if (!FilePath.TryParse(operation.To, limits, out var to, out refusal))
            return new FilesReply.Refused(refusal);

        var outcome = await ExecuteAsync(operation.Kind == FileOperationKind.Move
            ? new FilesCommand.Move(Now, operation.By, from, to)
            : new FilesCommand.Copy(Now, operation.By, from, to));
        var state = outcome is FilesOutcome.Committed committed ? committed.State : Committed;
        return outcome is FilesOutcome.Committed or FilesOutcome.Repeated
            ? Several(outcome, state.Files.ContainsKey(to.Key) ? [to.Key] : [.. state.Within(to.Key).Select(found => found.Key)])
            : Several(outcome, []);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _watchers.Complete();
        return base.OnDeactivateAsync(reason, cancellationToken);
    }

    protected override Decision<FilesState, FilesEvent> Decide(FilesState state, FilesCommand command) => state.Decide(command, limits);

    protected override FilesState Apply(FilesState state, FilesEvent @event) => state.Apply(@event);

    protected override ReadOnlyMemory<byte> WriteSnapshot(FilesState state) =>
        JsonSerializer.SerializeToUtf8Bytes(FilesSnapshot.Of(state), FilesJsonContext.Default.FilesSnapshot);

    protected override FilesState ReadSnapshot(ReadOnlyMemory<byte> payload) =>
        JsonSerializer.Deserialize(payload.Span, FilesJsonContext.Default.FilesSnapshot)?.ToState()
            ?? throw new InvalidOperationException($"The snapshot of {StreamName} is empty.");

    protected override ImmutableArray<CatalogWrite> Catalog(FilesState before, FilesState after, FilesEvent @event) =>
        FileCatalog.Writes(ProjectId, before, after, @event);

    /// <summary>Null when the account may; a null account is the system itself.</summary>
    private async Task<Refusal?> RefuseAsync(string? accountId, ProjectRole needed)
    {
        if (accountId is null)
            return null;

        return await GrainFactory.GetGrain<IProjectGrain>(ProjectId).GetRole(accountId) switch
        {
            null => new Refusal(ErrorCodes.NotFound, "there is no such project"),
            { } role when role < needed => new Refusal(ErrorCodes.Forbidden, $"this needs the role {needed.ToString().ToLowerInvariant()}"),
            _ => null,
        };
    }

    private async Task<(StoredContent? Content, Refusal? Refusal)> PutAsync(ReadOnlyMemory<byte> content)
    {
        try
        {
            return await Uploads.PutAsync(content, Committed);
        }
        catch (StorageUnavailableException)
        {
            return (null, CatalogLists.Unavailable());
        }
    }

    private Task<FilesOutcome> ExecuteAsync(FilesCommand command) =>
        ExecuteAsync(command, BatchOf(command.GetType().Name), command.At, command.By, RequestBatch.MayRepeat);

    private Guid BatchOf(string command) => RequestBatch.Id(StreamName, command, Services.Identifiers);

    private bool IsFirst(FilePath path) => Committed.Files.TryGetValue(path.Key, out var file) && file.Versions.Length == 1;

    private FileReply One(FilesOutcome outcome, FilePath path, bool created) => outcome switch
    {
        FilesOutcome.Committed c => new FileReply.Done(FileCatalog.View(c.State.Files[path.Key]), created),
        FilesOutcome.Unchanged u => new FileReply.Done(FileCatalog.View(u.State.Files[path.Key]), created),
        FilesOutcome.Refused r => new FileReply.Refused(r.Refusal),
        _ => Committed.Files.TryGetValue(path.Key, out var stored)
            ? new FileReply.Done(FileCatalog.View(stored), IsFirst(path))
            : new FileReply.Refused(GoneMeanwhile),
    };

    private FilesReply Several(FilesOutcome outcome, ImmutableArray<string> keys) => outcome switch
    {
        FilesOutcome.Committed c => new FilesReply.Done([.. keys.Select(key => FileCatalog.View(c.State.Files[key]))]),
        FilesOutcome.Unchanged u => new FilesReply.Done([.. keys.Select(key => FileCatalog.View(u.State.Files[key]))]),
        FilesOutcome.Refused r => new FilesReply.Refused(r.Refusal),
        _ => new FilesReply.Done([.. keys.Where(Committed.Files.ContainsKey).Select(key => FileCatalog.View(Committed.Files[key]))]),
    };
}
