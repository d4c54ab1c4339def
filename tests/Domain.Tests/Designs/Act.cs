using Actors.Domain.Designs;
using FsCheck;
using FsCheck.Fluent;

namespace Actors.Domain.Tests.Designs;

public enum ActKind
{
    Add,
    SetX,
    SetColor,
    SetStyle,
    SetLabel,
    Move,
    Reorder,
    Remove,
    Connect,
    Reconnect,
    Disconnect,
    Rename,
    AddAndFill,
    Undo,
    Redo,
    Revert,
}

/// <summary>One thing that someone does, in small numbers, so that a failing script reads well when it has shrunk.</summary>
public sealed record Act(int Author, ActKind Kind, int A, int B, int C)
{
    private static readonly Author[] Authors = [DesignDriver.Ann, DesignDriver.Bob, DesignDriver.Robot];

    private Author Who => Authors[Author];

    internal static Arbitrary<List<Act>> Scripts(int authors)
    {
        var act = from author in Gen.Choose(0, authors - 1)
                  from kind in Gen.Choose(0, (int)ActKind.Revert)
                  from a in Gen.Choose(0, 5)
                  from b in Gen.Choose(0, 6)
                  from c in Gen.Choose(0, 3)
                  select new Act(author, (ActKind)kind, a, b, c);
        return Arb.From(act.ListOf().Select(script => script.ToList()), Shrink);
    }

    internal void Perform(DesignDriver design, bool freshIds = false)
    {
        var fresh = freshIds ? $"f{design.State.Revision}" : $"n{A}";
        var node = freshIds && design.State.NodeCount > 0 ? design.State.ToDocument().Nodes[A % design.State.NodeCount].Id : $"n{A}";
        var value = design.State.Revision + 100;
        _ = Kind switch
        {
            ActKind.Add => design.Submit(Who, DesignDriver.Add(fresh, B < 3 ? $"n{B}" : null, B % 2 == 0 ? "source" : "sink", Order)),
            ActKind.SetX => design.Submit(Who, DesignDriver.Set(node, $$"""{"x":{{value}},"label":"l{{value}}"}"""), DesignDriver.Set(node, $$"""{"x":{{value + 0.5}}}""")),
            ActKind.SetColor => design.Submit(Who, DesignDriver.Set(node, $$$"""{"props":{"color":{{{(C == 0 ? "null" : $"\"c{value}\"")}}}}}""")),
            ActKind.SetStyle => design.Submit(Who, DesignDriver.Set(node, $$$"""{"props":{"style":{{{Style(value)}}}}}""")),
            ActKind.SetLabel => design.Submit(Who, DesignDriver.Set(node, $$"""{"label":"l{{value}}","width":{{B}}}""")),
            ActKind.Move => design.Submit(Who, DesignDriver.Set(node, B == 6 ? """{"parent":null}""" : $$"""{"parent":"n{{B}}"}""")),
            ActKind.Reorder => design.Submit(Who, DesignDriver.Set(node, $$"""{"order":"a{{B}}"}""")),
            ActKind.Remove => design.Submit(Who, new NodeRemove(node)),
            ActKind.Connect => design.Submit(Who, DesignDriver.Connect($"c{C}", $"n{A}", $"n{B}", toPort: "any")),
            ActKind.Reconnect => design.Submit(Who, new ConnectionSet($"c{C}", DesignDriver.Parse($$$"""{"to":{"node":"n{{{B}}}"},"props":{"k":{{{value}}}}}"""))),
            ActKind.Disconnect => design.Submit(Who, new ConnectionRemove($"c{C}")),
            ActKind.Rename => design.Submit(Who, new DesignSet(DesignDriver.Parse($$$"""{"name":"d{{{value}}}","settings":{"k{{{B}}}":{{{value}}}}}"""))),
            ActKind.AddAndFill => design.Submit(Who, DesignDriver.Add(fresh, type: "source"), DesignDriver.Add(fresh + "in", fresh, "sink"), DesignDriver.Connect($"c{C}", fresh, fresh + "in"), new NodeRemove($"n{B}")),
            ActKind.Undo => design.Undo(Who),
            ActKind.Redo => design.Redo(Who),
            _ => design.Revert(Who, "job_1"),
        };
    }

    private string Order => C == 0 ? "" : $"a{C}";

    private string Style(long value) => C switch
    {
        0 => "null",
        1 => $"{value}",
        _ => $$$"""{"k{{{B}}}":{"v":{{{value}}}},"k1":null}""",
    };

    private static IEnumerable<List<Act>> Shrink(List<Act> script)
    {
        for (var part = script.Count / 2; part > 0; part /= 2)
        {
            for (var from = 0; from + part <= script.Count; from += part)
            {
                yield return [.. script[..from], .. script[(from + part)..]];
            }
        }
    }
}
