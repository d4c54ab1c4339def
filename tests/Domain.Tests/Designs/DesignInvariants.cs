using Actors.Domain.Designs;

namespace Actors.Domain.Tests.Designs;

internal static class DesignInvariants
{
    public static void Check(DesignState state)
    {
        var document = state.ToDocument();
        var graph = state.Graph;
        Assert.Equal(graph.Nodes.Count, document.Nodes.Length);
        var seen = new HashSet<string>();
        foreach (var node in document.Nodes)
        {
            Assert.True(node.Parent is null || seen.Contains(node.Parent), $"{node.Id} comes before its parent");
            Assert.True(seen.Add(node.Id));
            Assert.True(OrderKey.IsValid(node.Order));
        }

        foreach (var siblings in document.Nodes.GroupBy(node => node.Parent))
        {
            Assert.Equal(siblings.Select(node => node.Order).Distinct().Order(StringComparer.Ordinal), siblings.Select(node => node.Order));
        }

        Assert.All(document.Connections, connection => Assert.True(seen.Contains(connection.From.Node) && seen.Contains(connection.To.Node)));
        var rebuilt = DesignGraph.Build([.. graph.Nodes.Values], [.. graph.Connections.Values]);
        foreach (var id in seen.Append("ghost"))
        {
            Assert.Equal(rebuilt.ChildrenOf(id), graph.ChildrenOf(id));
            Assert.Equal(rebuilt.LinksOf(id), graph.LinksOf(id));
        }

        Assert.Equal(rebuilt.ChildrenOf(null), graph.ChildrenOf(null));
    }
}
