namespace Actors.Domain.Interchange.Html;

/// <summary>How boxes stand to each other: in rows and columns as far as straight cuts separate them.</summary>
internal abstract record Arrangement(Box Box)
{
    /// <summary>Pixels by which boxes may miss a line and still stand on it.</summary>
    public const double Tolerance = 0.75;

    /// <summary>Groups within groups; deeper ones would not be readable.</summary>
    private const int Depth = 8;

    /// <param name="Index">The place of the box among those given.</param>
    public sealed record Leaf(Box Box, int Index) : Arrangement(Box);

    /// <summary>Side by side, from the left.</summary>
    public sealed record Row(Box Box, List<Arrangement> Parts) : Arrangement(Box);

    /// <summary>One below the other.</summary>
    public sealed record Column(Box Box, List<Arrangement> Parts) : Arrangement(Box);

    /// <summary>Row by row, in columns that all rows share.</summary>
    public sealed record Grid(Box Box, List<Leaf> Cells, int Columns) : Arrangement(Box);

    /// <summary>Boxes that overlap, in painting order.</summary>
    public sealed record Free(Box Box, List<Leaf> Parts) : Arrangement(Box);

    /// <summary>
    /// The arrangement of at least one box. What is mostly a free drawing is one whole: half a drawing in rows would not be
    /// easier to read.
    /// </summary>
    public static Arrangement Infer(IReadOnlyList<Box> boxes)
    {
        var leaves = boxes.Select((box, i) => new Leaf(box, i)).ToList();
        var inferred = Cut(leaves, acrossFirst: false, 0);
        return FreeLeaves(inferred) * 2 > leaves.Count ? new Free(Box.Around(boxes), leaves) : inferred;
    }

    private static Arrangement Cut(List<Leaf> leaves, bool acrossFirst, int depth)
    {
        if (leaves.Count == 1)
        {
            return leaves[0];
        }

        var around = Box.Around(leaves.Select(leaf => leaf.Box));
        if (depth < Depth)
        {
            foreach (var across in (ReadOnlySpan<bool>)[acrossFirst, !acrossFirst])
            {
                var groups = Separate(leaves, across);
                if (groups.Count > 1)
                {
                    var parts = groups.ConvertAll(group => Cut(group, !across, depth + 1));
                    return across ? new Row(around, parts) : WithGrids(around, parts);
                }
            }
        }

        return new Free(around, [.. leaves.OrderBy(leaf => leaf.Index)]);
    }

    /// <summary>The groups between which a straight cut passes, in order.</summary>
    private static List<List<Leaf>> Separate(List<Leaf> leaves, bool across)
    {
        var groups = new List<List<Leaf>>();
        var end = double.NegativeInfinity;
        foreach (var leaf in leaves.OrderBy(leaf => Start(leaf.Box, across)).ThenBy(leaf => leaf.Index))
        {
            if (groups.Count == 0 || Start(leaf.Box, across) < end - 0.01)
            {
                if (groups.Count == 0)
                {
                    groups.Add([]);
                }
            }
            else
            {
                groups.Add([]);
            }

            groups[^1].Add(leaf);
            end = Math.Max(end, End(leaf.Box, across));
        }

        return groups;
    }

    /// <summary>A column in which neighbouring rows that share their columns are one grid.</summary>
    private static Arrangement WithGrids(Box around, List<Arrangement> parts)
    {
        var merged = new List<Arrangement>();
        for (var i = 0; i < parts.Count;)
        {
            var end = i;
            while (end < parts.Count && parts[end] is Row)
            {
                end++;
            }

            var rows = parts.GetRange(i, Math.Max(1, end - i));
            if (rows.Count > 1 && AsGrid(rows) is { } grid)
            {
                merged.Add(grid);
            }
            else
            {
                merged.AddRange(rows);
            }

            i += rows.Count;
        }

        return merged.Count == 1 ? merged[0] : new Column(around, merged);
    }

    /// <summary>Rows of single boxes that share their columns and gaps are a grid.</summary>
    private static Grid? AsGrid(List<Arrangement> rows)
    {
        if (rows[0] is not Row { Parts.Count: > 1 } first)
        {
            return null;
        }

        var cells = new List<Leaf>();
        foreach (var part in rows)
        {
            if (part is not Row row || row.Parts.Count > first.Parts.Count || (row.Parts.Count < first.Parts.Count && part != rows[^1]))
            {
                return null;
            }

            for (var i = 0; i < row.Parts.Count; i++)
            {
                var model = first.Parts[i].Box;
                if (row.Parts[i] is not Leaf leaf || !Near(leaf.Box.X, model.X) || !Near(leaf.Box.Width, model.Width) || !Near(leaf.Box.Y, row.Parts[0].Box.Y))
                {
                    return null;
                }

                cells.Add(leaf);
            }
        }

        return Gap(first.Parts, across: true) is not null && Gap(rows, across: false) is not null
            ? new Grid(Box.Around(rows.Select(row => row.Box)), cells, first.Parts.Count)
            : null;
    }

    /// <summary>The distance between neighbours, when it is the same everywhere.</summary>
    public static double? Gap(IReadOnlyList<Arrangement> parts, bool across)
    {
        double? gap = null;
        for (var i = 1; i < parts.Count; i++)
        {
            var here = Start(parts[i].Box, across) - End(parts[i - 1].Box, across);
            if (gap is { } before && !Near(here, before))
            {
                return null;
            }

            gap ??= here;
        }

        return gap ?? 0;
    }

    public static bool Near(double one, double other) => Math.Abs(one - other) <= Tolerance;

    public static double Start(Box box, bool across) => across ? box.X : box.Y;

    public static double End(Box box, bool across) => across ? box.Right : box.Bottom;

    private static int FreeLeaves(Arrangement arrangement) => arrangement switch
    {
        Free free => free.Parts.Count,
        Row row => row.Parts.Sum(FreeLeaves),
        Column column => column.Parts.Sum(FreeLeaves),
        _ => 0,
    };
}
