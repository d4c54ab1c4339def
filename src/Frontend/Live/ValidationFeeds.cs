using Actors.Frontend.Http;
using Actors.Grains.Interfaces.Validation;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Actors.Frontend.Live;

/// <summary>The findings of designs that somebody watches here: one subscription per design, however many watch.</summary>
internal sealed class ValidationFeeds(IGrainFactory grains, TimeProvider time, ILogger<ValidationFeeds> logger) : IAsyncDisposable
{
    private readonly LiveValues<RenderedFindings> _designs = new(
        (designId, cancellationToken) => RenderedFindings.RenderAsync(
            grains.GetGrain<IDesignValidationGrain>(designId).Watch(cancellationToken), cancellationToken),
        time,
        logger);

    /// <summary>Shows a client the findings, now and whenever they change, until disposed.</summary>
    public IDisposable Subscribe(string designId, ValidationReader reader) => _designs.Subscribe(designId, reader.Show);

    public ValueTask DisposeAsync() => _designs.DisposeAsync();
}
