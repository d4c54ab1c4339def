using System.Collections.Immutable;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.UiComponents;
using Actors.Grains.UiComponents;

namespace Actors.Grains.Designs;

/// <summary>
/// What the nodes of this design may be. Wireframes know the components of their project, which are held as long as the design is
/// active; so an edit costs nothing more than looking one up.
/// </summary>
internal sealed partial class DesignGrain
{
    private HeldComponents? _components;
    private Task _before = Task.CompletedTask;

    private IComponentCatalog ComponentsOf(string projectId) =>
        _components is { } held ? ProjectCatalog.Over(enabled.Of(projectId), held.Catalog) : enabled.Of(projectId);

    private async Task OpenComponentsAsync(string projectId, DesignKind kind)
    {
        if (kind != DesignKind.Wireframe || _components is not null)
            return;

        var components = catalogs.Open(projectId);
        try
        {
            await components.LoadAsync(GrainFactory);
            if (_components is null)
            {
                _components = components;
                return;
            }
        }
        catch
        {
            catalogs.Close(components);
            throw;
        }

        catalogs.Close(components);
    }

    private void CloseComponents()
    {
        if (_components is { } components)
            catalogs.Close(components);

        _components = null;
    }

    /// <summary>
    /// Decides a batch that may name components which are new in another process: they are asked for first. Batches keep their order,
    /// so whatever comes meanwhile waits as well.
    /// </summary>
    private Task<TOutcome> WithComponentsAsync<TOutcome>(ImmutableArray<Operation> operations, Func<Task<TOutcome>> decide)
    {
        if (_components is null)
            return decide();

        _components.Freshen(GrainFactory);
        return _before.IsCompleted && !Lacks(operations) ? decide() : AfterAskingAsync(operations, decide);
    }

    private async Task<TOutcome> AfterAskingAsync<TOutcome>(ImmutableArray<Operation> operations, Func<Task<TOutcome>> decide)
    {
        var before = _before;
        var begun = new TaskCompletionSource();
        _before = begun.Task;
        Task<TOutcome> outcome;
        try
        {
            await before;
            if (Lacks(operations) && _components is { } components)
                await components.RefreshAsync(GrainFactory);

            outcome = decide();
        }
        finally
        {
            begun.SetResult();
        }

        return await outcome;
    }

    private bool Lacks(ImmutableArray<Operation> operations)
    {
        foreach (var operation in operations)
        {
            if (operation is NodeAdd { Node.Type: var type } && UiComponentId.IsCustom(type) && _components?.Catalog.Find(type) is null)
                return true;
        }

        return false;
    }
}
