using Actors.Domain;
using Actors.Grains.Interfaces.Runs;
using Actors.Grains.Projects;
using Actors.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Actors.Grains.Runs;

/// <summary>
/// Deletes runs that have ended when they are older than they are kept, or more than are kept of their design or project;
/// ends and deletes those of projects that are gone; and clears away what deleted runs leave.
/// </summary>
internal sealed partial class RunSweeper(
    ICatalog catalog, RunRemoval removal, IGrainFactory grains, RunOptions options, TimeProvider time, ILogger<RunSweeper> logger) : BackgroundService
{
    private readonly SemaphoreSlim _asked = new(0, 1);

    /// <summary>A run was deleted: clears away what is left of it, soon.</summary>
    public void Ask()
    {
        try
        {
            _asked.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is asked already.
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _asked.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var asked = _asked.WaitAsync(stoppingToken);
        var due = Task.Delay(options.SweepInterval, time, stoppingToken);
        try
        {
            while (true)
            {
                var first = await Task.WhenAny(asked, due);
                await first;
                if (first == due)
                {
                    await DoAsync(ExpireAsync, stoppingToken);
                    due = Task.Delay(options.SweepInterval, time, stoppingToken);
                }
                else
                {
                    asked = _asked.WaitAsync(stoppingToken);
                }

                await DoAsync(removal.CleanAsync, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next process goes on.
        }
    }

    private async Task DoAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogNotSwept(logger, exception);
        }
    }

    /// <summary>Goes through all runs, the newest first.</summary>
    private async Task ExpireAsync(CancellationToken cancellationToken)
    {
        var (oldest, count) = (time.GetUtcNow() - options.KeepEnded, 0);
        var byDesign = new Dictionary<string, int>(StringComparer.Ordinal);
        var byProject = new Dictionary<string, int>(StringComparer.Ordinal);
        var projects = new Dictionary<string, bool>(StringComparer.Ordinal);
        string? cursor = null;
        do
        {
            var page = await catalog.ListAsync(
                new CatalogQuery { Kind = RunGrain.CatalogKind, Descending = true, Cursor = cursor, Limit = CatalogQuery.MaximumLimit }, cancellationToken);
            foreach (var header in page.Items.Select(RunHeaders.Read))
            {
                if (!await ExistsAsync(header.ProjectId))
                {
                    count += await EndAsync(header, cancellationToken);
                }
                else if (header.EndedAt is { } ended
                    && (ended < oldest | Next(byDesign, header.DesignId) > options.EndedPerDesign | Next(byProject, header.ProjectId) > options.EndedPerProject))
                {
                    count += await RemoveAsync(header.Id, cancellationToken);
                }
            }

            cursor = page.Next;
        }
        while (cursor is not null);
        if (count > 0)
        {
            LogDeleted(logger, count);
        }

        async Task<bool> ExistsAsync(string projectId) => projects.TryGetValue(projectId, out var known)
            ? known
            : projects[projectId] = await catalog.FindAsync(ProjectCatalog.Kind, projectId, cancellationToken) is not null;

        static int Next(Dictionary<string, int> counts, string key) => counts[key] = counts.GetValueOrDefault(key) + 1;
    }

    /// <summary>Of a project that is gone: what still runs is cancelled, and deleted by the next sweep.</summary>
    private async Task<int> EndAsync(RunHeader header, CancellationToken cancellationToken)
    {
        if (header.EndedAt is not null)
        {
            return await RemoveAsync(header.Id, cancellationToken);
        }

        await grains.GetGrain<IRunGrain>(header.Id).Cancel().WaitAsync(cancellationToken);
        return 0;
    }

    private async Task<int> RemoveAsync(string runId, CancellationToken cancellationToken)
    {
        if (await removal.RemoveAsync(runId, cancellationToken) is not null)
        {
            return 0;
        }

        await grains.GetGrain<IRunGrain>(runId).Forget().WaitAsync(cancellationToken);
        return 1;
    }

    [LoggerMessage(EventId = 2613, Level = LogLevel.Warning, Message = "Runs that have ended could not be deleted; the next sweep tries again.")]
    private static partial void LogNotSwept(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 2614, Level = LogLevel.Information, Message = "{Count} runs were deleted that had ended long ago, or were more than are kept.")]
    private static partial void LogDeleted(ILogger logger, int count);
}
