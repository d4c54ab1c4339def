using System.Collections.Frozen;
using System.Collections.Immutable;
using Actors.Domain.Components.BuiltIn;

namespace Actors.Domain.Components;

/// <summary>An immutable set of components; replaced as a whole when a plugin brings more.</summary>
public sealed class ComponentCatalog : IComponentCatalog
{
    private static readonly Lazy<ComponentCatalog> Standard = new(() => new ComponentCatalog(
    [
        .. ShapeComponents.All,
        .. FormComponents.All,
        .. LayoutComponents.All,
        .. ContentComponents.All,
        .. FlowComponents.All,
        .. WorkComponents.All,
        ForeignComponent.Descriptor,
    ]));

    private readonly FrozenDictionary<string, ComponentDescriptor> _byId;

    /// <exception cref="ArgumentException">Two components have the same id.</exception>
    public ComponentCatalog(IEnumerable<ComponentDescriptor> components)
    {
        All = [.. components.OrderBy(component => component.Id, StringComparer.Ordinal)];
        for (var i = 1; i < All.Length; i++)
        {
            if (All[i].Id == All[i - 1].Id)
            {
                throw new ArgumentException($"The component '{All[i].Id}' is registered twice.", nameof(components));
            }
        }

        _byId = All.ToFrozenDictionary(component => component.Id, StringComparer.Ordinal);
    }

    /// <summary>The components of the product itself: wireframe parts, process components and <c>foreign</c>.</summary>
    public static ComponentCatalog BuiltIn => Standard.Value;

    public ImmutableArray<ComponentDescriptor> All { get; }

    public ComponentDescriptor? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>A catalog with these components besides.</summary>
    /// <exception cref="ArgumentException">A component of that id exists.</exception>
    public ComponentCatalog With(params IEnumerable<ComponentDescriptor> components) => new(All.Concat(components));
}
