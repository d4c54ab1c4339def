using System.Collections.Immutable;

namespace Actors.Domain.Components;

/// <summary>The components as a project has them: some are switched off by its owners.</summary>
public sealed class ProjectComponents(IComponentCatalog all, IEnumerable<string> disabled) : IComponentCatalog
{
    private readonly ImmutableHashSet<string> _disabled = disabled.ToImmutableHashSet(StringComparer.Ordinal);

    public ImmutableArray<ComponentDescriptor> All => all.All;

    public ComponentDescriptor? Find(string id) => all.Find(id);

    public bool IsDisabled(string id) => _disabled.Contains(id);
}
