using Actors.Domain.Components;
using Actors.Grains.Interfaces.UiComponents;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Actors.Grains.UiComponents;

/// <summary>
/// The components of the projects whose designs are active in this process, so that an edit need not ask for them. A change in
/// this process is here before it is answered; one in another process is found by asking now and then.
/// </summary>
internal sealed partial class ProjectCatalogs(IComponentCatalog shared, TimeProvider time, ILogger<ProjectCatalogs> logger)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (HeldComponents Components, int Users)> _projects = new(StringComparer.Ordinal);

    /// <summary>Holds a project's components until <see cref="Close"/>. They may not be loaded yet.</summary>
    public HeldComponents Open(string projectId)
    {
        lock (_lock)
        {
            var (components, users) = _projects.TryGetValue(projectId, out var held) ? held : (new HeldComponents(projectId, shared, time, LogUnasked), 0);
            _projects[projectId] = (components, users + 1);
            return components;
        }
    }

    /// <summary>Ends one <see cref="Open"/>.</summary>
    public void Close(HeldComponents components)
    {
        lock (_lock)
        {
            if (_projects.TryGetValue(components.ProjectId, out var held) && held.Users > 1)
                _projects[components.ProjectId] = held with { Users = held.Users - 1 };
            else
                _projects.Remove(components.ProjectId);
        }
    }

    /// <summary>Tells those who hold the project's components of a change.</summary>
    public void Publish(string projectId, UiComponentSet set)
    {
        (HeldComponents? Components, int Users) held;
        lock (_lock)
        {
            held = _projects.GetValueOrDefault(projectId);
        }

        held.Components?.Take(set);
    }

    /// <summary>The components of a project for somebody who needs them once.</summary>
    public async Task<IComponentCatalog> FindAsync(string projectId, IGrainFactory grains)
    {
        var components = Open(projectId);
        try
        {
            await components.LoadAsync(grains);
            return components.Catalog;
        }
        finally
        {
            Close(components);
        }
    }

    private void LogUnasked(string projectId, Exception exception) => LogNotRefreshed(logger, exception, projectId);

    [LoggerMessage(EventId = 2701, Level = LogLevel.Warning, Message = "The components of {ProjectId} could not be asked for; what is known of them is used.")]
    private static partial void LogNotRefreshed(ILogger logger, Exception exception, string projectId);
}
