using System.Collections.Immutable;
using Actors.Domain.Files;
using Actors.Grains.Projects;
using Actors.Storage;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using FilesOutcome = Actors.Grains.EventSourcing.Outcome<Actors.Domain.Files.FilesState, Actors.Domain.Files.FilesEvent>;

namespace Actors.Grains.Files;

/// <summary>
/// How contents that nothing refers to are deleted: at once what a stored event let go of, and by a sweep what a crash
/// left over. Nothing is lost by deleting twice, late or from a stale activation, since no putting is ever named again.
/// </summary>
internal sealed partial class FilesGrain
{
    /// <summary>By then an upload is written or has expired, with the clocks of two silos well apart.</summary>
    private static readonly TimeSpan LeftoverAge = 2 * FileUploads.Lifetime;

    private const int SweepPage = 500;

    private readonly Queue<StoredContent> _unused = new();
    private readonly ILogger _logger = services.Loggers.CreateLogger("Actors.Grains.Files");
    private IGrainTimer? _deletion;
    private bool _active;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        _active = true;
    }

    public async Task Sweep()
    {
        if (!Committed.Keys.IsEmpty && await catalog.FindAsync(ProjectCatalog.Kind, ProjectId, CancellationToken.None) is null)
            await ExecuteAsync(new FilesCommand.Clear(Now, ""));

        string? after = null;
        IReadOnlyList<string> page;
        do
        {
            page = await blobs.ListAsync(FileBlobs.Of(ProjectId), after, SweepPage, CancellationToken.None);

            // A stale activation does not know what a newer one refers to, and must not judge.
            if (page.Count == 0 || await Services.Journal.GetHeadAsync(StreamName, CancellationToken.None) != Revision)
                return;

            foreach (var name in page.Where(IsLeftover))
                await blobs.DeleteAsync(name, CancellationToken.None);

            after = page[^1];
        }
        while (page.Count == SweepPage);
    }

    protected override void OnCommitted(long revision, Guid batchId, DateTimeOffset at, FilesEvent @event)
    {
        // Replayed at activation, it was let go of long ago.
        if (!_active)
            return;

        foreach (var content in Committed.Released)
            Delete(content);

        if (_watchers.Count > 0)
            _watchers.Publish(Notice(revision, @event));
    }

    private bool IsLeftover(string name)
    {
        var (_, sha256, put) = FileBlobs.Parse(name);
        return Committed.Contents.GetValueOrDefault(sha256)?.Put != put && !Uploads.IsWaiting(put) && FileBlobs.PutAt(put) < Now - LeftoverAge;
    }

    /// <summary>Of contents put for a command, those that it did not take. What nobody knows the outcome of is left to the sweep.</summary>
    private void DeleteUnused(FilesOutcome outcome, ImmutableArray<StoredContent> contents)
    {
        var state = outcome switch
        {
            FilesOutcome.Committed c => c.State,
            FilesOutcome.Unchanged u => u.State,
            FilesOutcome.Refused { Refusal.Retryable: false } or FilesOutcome.Repeated => Committed,
            _ => null,
        };
        if (state is null)
            return;

        foreach (var content in contents.Distinct())
        {
            if (content.Put.Length > 0 && state.Contents.GetValueOrDefault(content.Sha256)?.Put != content.Put)
                Delete(content);
        }
    }

    /// <summary>Deletes beside the commands, which do not wait for it.</summary>
    private void Delete(StoredContent content)
    {
        _unused.Enqueue(content);
        _deletion ??= this.RegisterGrainTimer(
            static (grain, cancellationToken) => grain.DeleteUnusedAsync(cancellationToken),
            this,
            new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true });
    }

    private async Task DeleteUnusedAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (_unused.TryDequeue(out var content))
                await blobs.DeleteAsync(FileBlobs.Name(ProjectId, content), cancellationToken);
        }
        catch (StorageUnavailableException exception)
        {
            LogNotDeleted(_logger, exception, ProjectId);
        }
        finally
        {
            _deletion?.Dispose();
            _deletion = null;
        }
    }

    [LoggerMessage(EventId = 2601, Level = LogLevel.Warning, Message = "Contents of {ProjectId} that nothing refers to were not deleted; a sweep will.")]
    private static partial void LogNotDeleted(ILogger logger, Exception exception, string projectId);
}
