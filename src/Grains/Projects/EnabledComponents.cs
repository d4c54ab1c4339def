using System.Collections.Concurrent;
using System.Collections.Immutable;
using Actors.Domain.Components;
using Actors.Grains.Interfaces.Projects;
using Orleans;

namespace Actors.Grains.Projects;

/// <summary>
/// The components as each project has them, for those who decide in one step and cannot ask. The project's grain says what
/// changed at once in its own process; others ask it again when they have not for a while.
/// </summary>
internal sealed class EnabledComponents(IGrainFactory grains, IComponentCatalog components, TimeProvider time)
{
    /// <summary>Projects that are remembered.</summary>
    private const int MaximumProjects = 10_000;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Known> _byProject = new(StringComparer.Ordinal);

    public void Set(string projectId, ImmutableArray<string> disabled)
    {
        if (_byProject.Count >= MaximumProjects)
        {
            _byProject.Clear();
        }

        _byProject[projectId] = new Known(disabled.IsEmpty ? components : new ProjectComponents(components, disabled), time.GetTimestamp());
    }

    /// <summary>As the project has them now, or had them a moment ago.</summary>
    public async ValueTask<IComponentCatalog> LoadAsync(string projectId) =>
        _byProject.TryGetValue(projectId, out var known) && time.GetElapsedTime(known.At) < Fresh ? known.Components : await AskAsync(projectId);

    /// <summary>As far as is known; all of them of a project that nothing is known of.</summary>
    public IComponentCatalog Of(string projectId)
    {
        if (projectId.Length == 0)
        {
            return components;
        }

        var known = _byProject.GetValueOrDefault(projectId);
        if (known is null || time.GetElapsedTime(known.At) >= Fresh)
        {
            // Once in a while, whoever asks first.
            known = new Known(known?.Components ?? components, time.GetTimestamp());
            _byProject[projectId] = known;
            _ = RefreshAsync(projectId);
        }

        return known.Components;
    }

    private async Task<IComponentCatalog> AskAsync(string projectId)
    {
        Set(projectId, (await grains.GetGrain<IProjectGrain>(projectId).GetDisabledComponents()).Types);
        return _byProject.TryGetValue(projectId, out var known) ? known.Components : components;
    }

    private async Task RefreshAsync(string projectId)
    {
        try
        {
            await AskAsync(projectId);
        }
        catch (Exception)
        {
            // What was known stays; it is asked again.
        }
    }

    private sealed record Known(IComponentCatalog Components, long At);
}
