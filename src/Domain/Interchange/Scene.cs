using System.Collections.Immutable;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Interchange.Svg;

namespace Actors.Domain.Interchange;

/// <summary>What of a design is seen: the nodes that are not hidden, with their boxes, as a forest.</summary>
internal sealed class Scene
{
    private readonly ILookup<string, SvgNode> _children;
    private readonly Dictionary<string, SvgNode> _byId = new(StringComparer.Ordinal);

    public Scene(DesignDocument design, IComponentCatalog components)
    {
        var parents = design.Nodes.Where(node => node.Parent is not null).Select(node => node.Parent!).ToHashSet(StringComparer.Ordinal);
        var children = design.Nodes.Where(node => node.Parent is not null).ToLookup(node => node.Parent!, StringComparer.Ordinal);
        var painted = ImmutableArray.CreateBuilder<SvgNode>();
        var waiting = new Stack<Node>(design.Nodes.Where(node => node.Parent is null).Reverse());
        while (waiting.TryPop(out var node))
        {
            if (node.Props.GetFlag("hidden"))
            {
                continue;
            }

            var view = View(node, components.Find(node.Type), parents.Contains(node.Id));
            painted.Add(view);
            _byId.TryAdd(node.Id, view);
            foreach (var child in children[node.Id].Reverse())
            {
                waiting.Push(child);
            }
        }

        Painted = painted.ToImmutable();
        Roots = [.. Painted.Where(view => view.Node.Parent is null)];
        _children = Painted.Where(view => view.Node.Parent is not null).ToLookup(view => view.Node.Parent!, StringComparer.Ordinal);
        Bounds = Box.Around(Painted.Select(view => view.Box.Turned(view.Node.Props.GetNumber("angle") ?? 0)));
    }

    /// <summary>A parent, then all that is in it, then its next sibling; what is hidden is left out with all that is in it.</summary>
    public ImmutableArray<SvgNode> Painted { get; }

    public ImmutableArray<SvgNode> Roots { get; }

    /// <summary>The box around everything; empty when there is nothing.</summary>
    public Box Bounds { get; }

    public IEnumerable<SvgNode> Children(SvgNode node) => _children[node.Node.Id];

    public SvgNode? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The box of a node; kept within what viewers can show, where every sum of coordinates is still exact.</summary>
    private static SvgNode View(Node node, ComponentDescriptor? component, bool hasChildren)
    {
        var box = new Box(node.X, node.Y, node.Width ?? component?.DefaultWidth ?? 0, node.Height ?? component?.DefaultHeight ?? 0);
        if (node.Type is "shape.line" or "shape.path" && ExcalidrawProps.Points(node.Props) is { Count: > 1 } points)
        {
            box = Box.Between(
                node.X + points.Min(point => point.X), node.Y + points.Min(point => point.Y), node.X + points.Max(point => point.X), node.Y + points.Max(point => point.Y));
        }

        var shown = new Box(
            Math.Clamp(box.X, -SvgCanvas.Farthest, SvgCanvas.Farthest),
            Math.Clamp(box.Y, -SvgCanvas.Farthest, SvgCanvas.Farthest),
            Math.Clamp(box.Width, 0, SvgCanvas.Farthest),
            Math.Clamp(box.Height, 0, SvgCanvas.Farthest));
        return new SvgNode(node, component, shown, hasChildren);
    }
}
