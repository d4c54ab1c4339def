using Actors.Domain.Components;
using Actors.Domain.UiComponents;
using Actors.Grains.Interfaces.Projects;
using Actors.Grains.Interfaces.UiComponents;
using Orleans;

namespace Actors.Frontend.UiComponents;

/// <summary>What nodes may be in a project: the components of the installation as it has them, and its own; asked for anew each time.</summary>
internal sealed class ProjectComponentCatalogs(IComponentCatalog shared, IGrainFactory grains)
{
    /// <param name="projectId">Null for what belongs to no project.</param>
    public async Task<IComponentCatalog> OfAsync(string? projectId)
    {
        if (projectId is null)
            return shared;

        var disabled = await grains.GetGrain<IProjectGrain>(projectId).GetDisabledComponents();
        var own = await grains.GetGrain<IUiComponentsGrain>(projectId).GetAll(known: null);
        return ProjectCatalog.Of(new ProjectComponents(shared, disabled.Types), own!.Components);
    }
}
