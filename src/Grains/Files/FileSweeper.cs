using Actors.Grains.Interfaces.Files;
using Actors.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Actors.Grains.Files;

/// <summary>Now and then has every project with contents sweep them, deleted ones too.</summary>
internal sealed partial class FileSweeper(IGrainFactory grains, IBlobStore blobs, FilesOptions options, TimeProvider time, ILogger<FileSweeper> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.SweepInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await SweepAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next process goes on.
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            string? after = null;
            while (await blobs.ListAsync(FileBlobs.Prefix, after, limit: 1, cancellationToken) is [var name])
            {
                var (projectId, _, _) = FileBlobs.Parse(name);
                await grains.GetGrain<IFilesGrain>(projectId).Sweep().WaitAsync(cancellationToken);

                // Behind everything of this project.
                after = FileBlobs.Of(projectId) + '\u007f';
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogNotSwept(logger, exception);
        }
    }

    [LoggerMessage(EventId = 2602, Level = LogLevel.Warning, Message = "A sweep of files' contents ended early; the next one begins anew.")]
    private static partial void LogNotSwept(ILogger logger, Exception exception);
}
