using System.Collections.Frozen;
using System.Collections.Immutable;
using Actors.Domain.Components;

namespace Actors.Domain.UiComponents;

/// <summary>What nodes of one project's designs may be: the components of the installation, and those that the project made.</summary>
public sealed class ProjectCatalog : IComponentCatalog
{
    private readonly IComponentCatalog _shared;
    private readonly FrozenDictionary<string, ComponentDescriptor> _own;
    private readonly Lazy<ImmutableArray<ComponentDescriptor>> _all;

    private ProjectCatalog(IComponentCatalog shared, FrozenDictionary<string, ComponentDescriptor> own)
    {
        _shared = shared;
        _own = own;
        _all = new Lazy<ImmutableArray<ComponentDescriptor>>(() => [.. shared.All.Concat(own.Values).OrderBy(component => component.Id, StringComparer.Ordinal)]);
    }

    public ImmutableArray<ComponentDescriptor> All => _all.Value;

    public ComponentDescriptor? Find(string id) => _own.GetValueOrDefault(id) ?? _shared.Find(id);

    public bool IsDisabled(string id) => _shared.IsDisabled(id);

    /// <summary>The project's own components of <paramref name="catalog"/>, over other shared ones.</summary>
    public static IComponentCatalog Over(IComponentCatalog shared, IComponentCatalog catalog) =>
        catalog is ProjectCatalog own ? new ProjectCatalog(shared, own._own) : shared;

    /// <summary>
    /// The shared components and these. One that was written under older rules and breaks those of today is left out, as if it
    /// had been removed.
    /// </summary>
    public static IComponentCatalog Of(IComponentCatalog shared, IReadOnlyCollection<UiComponent> own)
    {
        var compiled = own
            .Select(component => UiComponentCompiler.Compile(component.Id, component.Version, component.Definition).Component)
            .OfType<ComponentDescriptor>()
            .Where(component => shared.Find(component.Id) is null)
            .ToFrozenDictionary(component => component.Id, StringComparer.Ordinal);
        return compiled.Count == 0 ? shared : new ProjectCatalog(shared, compiled);
    }
}
