using Xunit.Abstractions;
using Xunit.Sdk;

namespace Actors.TestKit;

/// <summary>Names the sentences of docs/execution-semantics.md that a test is about; also a trait, to filter by.</summary>
[TraitDiscoverer("Actors.TestKit.SpecDiscoverer", "Actors.TestKit")]
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class SpecAttribute(params string[] ids) : Attribute, ITraitAttribute
{
    public IReadOnlyList<string> Ids => ids;
}

public sealed class SpecDiscoverer : ITraitDiscoverer
{
    public IEnumerable<KeyValuePair<string, string>> GetTraits(IAttributeInfo traitAttribute) =>
        traitAttribute.GetConstructorArguments().OfType<IEnumerable<string>>().SelectMany(ids => ids)
            .Select(id => KeyValuePair.Create("Spec", id));
}
