using static Actors.Domain.Interchange.Html.Arrangement;

namespace Actors.Domain.Interchange.Html;

/// <summary>Gives elements the place and size that their boxes have, by flex and grid where an arrangement was found.</summary>
internal static class Placement
{
    /// <summary>The style sheet of the groups; it follows those of the components, whose own layout it replaces.</summary>
    public const string Css = """
        .row, .column, .grid, .free { position: relative; overflow: visible; text-align: start; white-space: normal; }
        .row, .column { display: flex; align-items: flex-start; justify-content: flex-start; gap: 0; }
        .row { flex-direction: row; }
        .column { flex-direction: column; }
        .grid { display: grid; align-content: start; align-items: start; justify-content: start; }
        .free { display: block; }
        .row > *, .column > * { flex: none; }
        .free > * { position: absolute; }
        """;

    /// <param name="Box">Where the element is, in the coordinates of the design.</param>
    /// <param name="Element">The element, which has no place yet.</param>
    public readonly record struct Piece(Box Box, Element Element);

    /// <summary>Puts the pieces into <paramref name="parent"/>, whose room within its border is <paramref name="room"/>.</summary>
    public static void Fill(Element parent, Box room, IReadOnlyList<Piece> pieces)
    {
        if (pieces.Count == 0)
        {
            return;
        }

        var boxes = pieces.Select(piece => piece.Box).ToArray();
        var inferred = Infer(boxes);
        var fits = inferred.Box.X >= room.X - 0.01 && inferred.Box.Y >= room.Y - 0.01
            && inferred.Box.Right <= room.Right + 0.01 && inferred.Box.Bottom <= room.Bottom + 0.01;
        var arrangement = inferred switch
        {
            Free => FreeIn(room, boxes),
            _ when !fits => FreeIn(room, boxes),
            Leaf => new Column(inferred.Box, [inferred]),
            _ => inferred,
        };
        if (arrangement is not Free)
        {
            var box = arrangement.Box;
            parent.Css("padding", Sides(box.Y - room.Y, room.Right - box.Right, room.Bottom - box.Bottom, box.X - room.X));
        }

        Arrange(parent, arrangement, pieces);
    }

    /// <summary>Gives an element exactly the size of its box.</summary>
    public static void Size(Element element, Box box)
    {
        // Browsers leave out a drawing without height or width, such as a level line.
        var least = element.Tag == "svg" ? 1 : 0;
        element.Css("width", HtmlStyle.Pixels(Math.Max(least, box.Width))).Css("height", HtmlStyle.Pixels(Math.Max(least, box.Height)));
    }

    private static Free FreeIn(Box room, Box[] boxes) => new(room, [.. boxes.Select((box, i) => new Leaf(box, i))]);

    private static void Arrange(Element parent, Arrangement arrangement, IReadOnlyList<Piece> pieces)
    {
        switch (arrangement)
        {
            case Row row:
                parent.Style("row");
                Line(parent, row.Box, row.Parts, pieces, across: true);
                break;
            case Column column:
                parent.Style("column");
                Line(parent, column.Box, column.Parts, pieces, across: false);
                break;
            case Grid grid:
                Cells(parent.Style("grid"), grid, pieces);
                break;
            case Free free:
                parent.Style("free");
                foreach (var leaf in free.Parts)
                {
                    var element = pieces[leaf.Index].Element;
                    element.Css("left", HtmlStyle.Pixels(leaf.Box.X - free.Box.X)).Css("top", HtmlStyle.Pixels(leaf.Box.Y - free.Box.Y));
                    Size(element, leaf.Box);
                    parent.Add(element);
                }

                break;
        }
    }

    private static void Line(Element parent, Box box, List<Arrangement> parts, IReadOnlyList<Piece> pieces, bool across)
    {
        var gap = Gap(parts, across);
        parent.Css("gap", gap is { } same && same > 0.005 ? HtmlStyle.Pixels(same) : null);
        var (starts, centers, ends) = (
            parts.TrueForAll(part => Near(Start(part.Box, !across), Start(box, !across))),
            parts.TrueForAll(part => Near(Middle(part.Box, !across), Middle(box, !across))),
            parts.TrueForAll(part => Near(End(part.Box, !across), End(box, !across))));
        var align = starts ? null : centers ? "center" : ends ? "flex-end" : null;
        parent.Css("align-items", align);
        for (var i = 0; i < parts.Count; i++)
        {
            var element = Group(parts[i], pieces);
            if (gap is null && i > 0)
            {
                element.Css(across ? "margin-left" : "margin-top", Distance(Start(parts[i].Box, across) - End(parts[i - 1].Box, across)));
            }

            if (align is null && !starts)
            {
                element.Css(across ? "margin-top" : "margin-left", Distance(Start(parts[i].Box, !across) - Start(box, !across)));
            }

            parent.Add(element);
        }
    }

    private static void Cells(Element parent, Grid grid, IReadOnlyList<Piece> pieces)
    {
        var first = grid.Cells.Take(grid.Columns).ToList();
        var widths = first.ConvertAll(cell => HtmlStyle.Pixels(cell.Box.Width));
        var rowGap = grid.Cells[grid.Columns].Box.Y - first.Max(cell => cell.Box.Bottom);
        var columnGap = first[1].Box.X - first[0].Box.Right;
        parent.Css("grid-template-columns", widths.TrueForAll(width => width == widths[0]) ? $"repeat({Escaping.Digits(grid.Columns)}, {widths[0]})" : string.Join(' ', widths))
            .Css("gap", Near(rowGap, columnGap) ? HtmlStyle.Pixels(columnGap) : $"{HtmlStyle.Pixels(rowGap)} {HtmlStyle.Pixels(columnGap)}");
        foreach (var cell in grid.Cells)
        {
            parent.Add(Group(cell, pieces));
        }
    }

    private static Element Group(Arrangement part, IReadOnlyList<Piece> pieces)
    {
        if (part is Leaf leaf)
        {
            Size(pieces[leaf.Index].Element, leaf.Box);
            return pieces[leaf.Index].Element;
        }

        var group = new Element("div");
        if (part is Free)
        {
            Size(group, part.Box);
        }

        Arrange(group, part, pieces);
        return group;
    }

    private static double Middle(Box box, bool across) => across ? box.CenterX : box.CenterY;

    private static string? Distance(double pixels) => Math.Abs(pixels) < 0.005 ? null : HtmlStyle.Pixels(pixels);

    /// <summary>Top, right, bottom and left as short as CSS allows.</summary>
    private static string Sides(double top, double right, double bottom, double left)
    {
        var (t, r, b, l) = (HtmlStyle.Pixels(Math.Max(0, top)), HtmlStyle.Pixels(Math.Max(0, right)), HtmlStyle.Pixels(Math.Max(0, bottom)), HtmlStyle.Pixels(Math.Max(0, left)));
        return (r == l, t == b) switch
        {
            (true, true) => t == r ? t : $"{t} {r}",
            (true, false) => $"{t} {r} {b}",
            _ => $"{t} {r} {b} {l}",
        };
    }
}
