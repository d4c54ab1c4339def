using System.Collections.Immutable;
using Actors.Domain.Designs;

namespace Actors.Domain.Components.BuiltIn;

/// <summary>Keeps what an import did not know: any properties, one port of each direction that takes everything.</summary>
internal static class ForeignComponent
{
    public const string Id = "foreign";

    public static ComponentDescriptor Descriptor { get; } = new()
    {
        Id = Id,
        Category = "other",
        Title = "Foreign element",
        Description = "An element of another tool, kept as it came.",
        Icon = "puzzle",
        Kinds = [DesignKind.Wireframe, DesignKind.Process],
        Inputs = [new PortDescriptor("in", PortType.Any)],
        Outputs = [new PortDescriptor("out", PortType.Any)],
        Properties = new PropertySchema(ImmutableDictionary<string, PropertyRule>.Empty, Open: true),
        DefaultWidth = 200,
        DefaultHeight = 100,
        Container = true,
        Example = Rules.Parse("""{"source":{"type":"custom"}}"""),
    };
}
