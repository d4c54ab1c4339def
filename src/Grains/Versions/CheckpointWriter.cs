using System.Threading.Channels;
using Actors.Domain.Designs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Versions;

/// <summary>
/// Stores designs as they are at their checkpoints, beside the grains that hand them over: states are immutable, so that
/// nothing has to be read again for it and no edit waits. One that is not stored costs a longer replay later, and no more.
/// </summary>
internal sealed partial class CheckpointWriter(RevisionCheckpoints checkpoints, ILogger<CheckpointWriter> logger) : BackgroundService
{
    private const int Capacity = 64;

    private readonly Channel<Request> _requests = Channel.CreateBounded<Request>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    /// <summary>Offers a design as it is; when too many wait, it is declined.</summary>
    /// <param name="changeBytes">What a change of the design takes in the journal, on average.</param>
    public void Offer(DesignState state, double changeBytes) => _requests.Writer.TryWrite(new Request(state, changeBytes));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var request in _requests.Reader.ReadAllAsync(stoppingToken))
            {
                await StoreAsync(request);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Later checkpoints do as well.
        }
    }

    private async Task StoreAsync(Request request)
    {
        try
        {
            await checkpoints.OfferAsync(request.State, request.ChangeBytes);
        }
        catch (Exception exception)
        {
            LogNotStored(logger, exception, request.State.Id, request.State.Revision);
        }
    }

    [LoggerMessage(EventId = 2505, Level = LogLevel.Warning, Message = "The design {DesignId} was not stored as of its checkpoint {Revision}; the journal has everything.")]
    private static partial void LogNotStored(ILogger logger, Exception exception, string designId, long revision);

    private sealed record Request(DesignState State, double ChangeBytes);
}
