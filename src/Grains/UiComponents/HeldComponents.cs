using Actors.Domain.Components;
using Actors.Domain.UiComponents;
using Actors.Grains.Interfaces.UiComponents;
using Orleans;

namespace Actors.Grains.UiComponents;

/// <summary>The components of one project as they are known here. Many grains read them at once; reading costs nothing.</summary>
internal sealed class HeldComponents(string projectId, IComponentCatalog shared, TimeProvider time, Action<string, Exception> unasked)
{
    /// <summary>How old what is known may be before it is asked for again, in the background.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private volatile Known? _known;
    private int _asking;

    public string ProjectId => projectId;

    /// <summary>The newest that is known; the shared components while nothing is.</summary>
    public IComponentCatalog Catalog => _known?.Catalog ?? shared;

    /// <summary>Takes newer components; older ones are ignored.</summary>
    public void Take(UiComponentSet set)
    {
        lock (_lock)
        {
            if (_known is null || _known.Revision < set.Revision)
                _known = new Known(set.Revision, ProjectCatalog.Of(shared, set.Components), time.GetTimestamp());
        }
    }

    /// <summary>Asks when nothing is known yet.</summary>
    public Task LoadAsync(IGrainFactory grains) => _known is null ? RefreshAsync(grains) : Task.CompletedTask;

    /// <summary>Asks for what is newest.</summary>
    public async Task RefreshAsync(IGrainFactory grains)
    {
        if (await grains.GetGrain<IUiComponentsGrain>(projectId).GetAll(_known?.Revision) is { } set)
        {
            Take(set);
            return;
        }

        lock (_lock)
        {
            _known = _known! with { AskedAt = time.GetTimestamp() };
        }
    }

    /// <summary>Asks in the background when what is known has grown old.</summary>
    public void Freshen(IGrainFactory grains)
    {
        if (_known is { } known && time.GetElapsedTime(known.AskedAt) > Freshness && Interlocked.Exchange(ref _asking, 1) == 0)
            _ = FreshenAsync(grains);
    }

    private async Task FreshenAsync(IGrainFactory grains)
    {
        try
        {
            await RefreshAsync(grains);
        }
        catch (Exception exception)
        {
            unasked(projectId, exception);
        }
        finally
        {
            Volatile.Write(ref _asking, 0);
        }
    }

    private sealed record Known(long Revision, IComponentCatalog Catalog, long AskedAt);
}
