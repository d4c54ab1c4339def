namespace Actors.Domain.Json.Schema;

/// <summary>Finds schemas that are asked about a value only when they themselves are, which no value would ever answer.</summary>
internal static class SchemaCycles
{
    private enum Mark
    {
        Open,
        Done,
    }

    /// <summary>The pointer of a schema in such a cycle; null when there is none.</summary>
    public static string? Find(Dictionary<string, SchemaNode> nodes)
    {
        var pointers = nodes.DistinctBy(pair => pair.Value).ToDictionary(pair => pair.Value, pair => pair.Key);
        var marks = new Dictionary<SchemaNode, Mark>();
        var way = new Stack<(SchemaNode Node, IEnumerator<SchemaNode> Next)>();
        foreach (var start in pointers.Keys)
        {
            if (!marks.TryAdd(start, Mark.Open))
            {
                continue;
            }

            way.Push((start, Next(start)));
            while (way.TryPeek(out var at))
            {
                if (!at.Next.MoveNext())
                {
                    marks[at.Node] = Mark.Done;
                    way.Pop();
                }
                else if (!marks.TryGetValue(at.Next.Current, out var mark))
                {
                    marks[at.Next.Current] = Mark.Open;
                    way.Push((at.Next.Current, Next(at.Next.Current)));
                }
                else if (mark == Mark.Open)
                {
                    return pointers[at.Next.Current];
                }
            }
        }

        return null;
    }

    private static IEnumerator<SchemaNode> Next(SchemaNode node) => node.Rules.SelectMany(rule => rule.InPlace).GetEnumerator();
}
