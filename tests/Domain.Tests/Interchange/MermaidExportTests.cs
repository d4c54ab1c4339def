using System.Text.Json;
using System.Text.RegularExpressions;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Interchange;
using FsCheck;
using FsCheck.Fluent;

namespace Actors.Domain.Tests.Interchange;

public sealed partial class MermaidExportTests
{
    [Fact]
    public void A_process_becomes_a_flowchart()
    {
        var chart = MermaidExport.Write(
            Samples.Document(
                DesignKind.Process,
                [
                    new Node { Id = "a", Type = "constant", Label = "Start \"here\" & <now>" },
                    new Node { Id = "b", Type = "template", Label = "end" },
                    new Node { Id = "c", Type = "output" },
                ],
                [
                    new Connection { Id = "1", From = new Endpoint("a", "out"), To = new Endpoint("b", "in"), Props = JsonElement.Parse("""{"label":"a|b"}""") },
                    new Connection { Id = "2", From = new Endpoint("b", "error"), To = new Endpoint("c", "in") },
                ]),
            ComponentCatalog.BuiltIn);
        Assert.Equal(
            """
            flowchart LR
                n1(["Start #34;here#34; #38; #60;now#62;"])
                n2["end"]
                n3(["Output"])
                n1 -->|"a#124;b"| n2
                n2 -.->|"error"| n3

            """,
            chart);
    }

    [Fact]
    public void Nothing_in_a_design_leaves_its_quotes() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var design = Samples.Generate(seed);
        var chart = MermaidExport.Write(design, ComponentCatalog.BuiltIn);
        Assert.Equal(chart, MermaidExport.Write(design, ComponentCatalog.BuiltIn));
        foreach (var line in chart.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            Assert.Matches(Line(), line);
        }
    }).Check(Config.QuickThrowOnFailure);

    [GeneratedRegex("""^    (n\d+(\(\[|\{\{|\[\[|\[/|\[)"[^"<>|\[\](){}]*"(\]\)|\}\}|\]\]|/\]|\])|n\d+ -\.?->?>?(\|"[^"<>|]*"\|)? n\d+|subgraph n\d+ \["[^"<>]*"\]|end)$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Line();
}
