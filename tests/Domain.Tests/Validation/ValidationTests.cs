using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Validation;

namespace Actors.Domain.Tests.Validation;

public sealed class ValidationTests
{
    private static readonly IComponentCatalog Catalog = ComponentCatalog.BuiltIn.With(new ComponentDescriptor
    {
        Id = "numbers",
        Category = "test",
        Title = "Numbers",
        Description = "Takes numbers.",
        Kinds = [DesignKind.Process],
        Inputs = [new PortDescriptor("in", PortType.Number)],
        Properties = PropertiesOf("input"),
    });

    public static TheoryData<string> Codes() => [.. Known()];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_code_is_documented(string code) => Assert.Contains($"\n### {code}\n", Documentation(), StringComparison.Ordinal);

    [Fact]
    public void Every_documented_code_exists() => Assert.Equal(
        Known().Order(StringComparer.Ordinal),
        Documentation().Split('\n').Where(line => line.StartsWith("### ", StringComparison.Ordinal)).Select(line => line[4..]).Order(StringComparer.Ordinal));

    [Fact]
    public void A_process_that_works_has_no_findings() => Assert.Empty(Validate(
        [Input("i", "topic"), Node("t", "template", """{"template":"{{topic}}"}"""), Output("o", "result")],
        [Link("a", "i", "t"), Link("b", "t", "o")]));

    [Fact]
    public void What_components_need_is_missed_and_filled_in()
    {
        var findings = Validate([Input("i", "x"), Node("t", "template"), Output("o", "r"), Node("f", "foreign"), Node("g", "gone")], [Link("a", "t", "o")]);
        AssertFound(
            findings,
            "property.missing:t:template", "input.missing:t:in", "node.foreign:f", "node.type_unknown:g", "node.dead_end:i", "node.dead_end:f", "node.unreachable:o");
    }

    [Fact]
    public void Connections_that_do_not_fit_are_found()
    {
        var findings = Validate(
            [Input("i", "x"), Node("t", "template", """{"template":"a"}"""), Node("n", "numbers"), Output("o", "r")],
            [Link("a", "i", "t"), Link("b", "t", "n"), Link("c", "t", "o"), Link("d", "t", "o"), Link("e", "i", "o", "nowhere")]);
        AssertFound(findings, "connection.type_mismatch:b", "connection.duplicate:d", "connection.port_unknown:e");
    }

    [Fact]
    public void Names_that_a_run_could_not_tell_apart_are_made_different()
    {
        var nodes = new[] { Input("i1", "x"), Input("i2", "x"), Input("i3", "x-2"), Input("i4", "x") };
        var findings = Validate([.. nodes, Output("o", "r")], [.. nodes.Select(node => Link(node.Id, node.Id, "o"))]);
        AssertFound(findings, "name.duplicate:i2", "name.duplicate:i4");
        Assert.Equal(["Call it 'x-3'", "Call it 'x-4'"], findings.Select(finding => finding.Fix!.Title));
    }

    [Fact]
    public void Circles_need_a_merge_and_room()
    {
        var nodes = new[] { Input("i", "x"), Node("m", "merge"), Node("f", "filter", """{"condition":"$ > 1"}"""), Node("d", "delay", """{"milliseconds":1}"""), Output("o", "r") };
        AssertFound(Validate([.. nodes], [Link("a", "i", "m"), Link("b", "m", "f"), Link("c", "f", "m", "rejected"), Link("e", "f", "o")]), "input.missing:d:in", "node.dead_end:d");
        var tight = """{"capacity":0}""";
        AssertFound(
            Validate([.. nodes], [Link("a", "i", "f"), Link("b", "f", "d", props: tight), Link("c", "d", "f", props: tight), Link("e", "f", "o")]),
            "cycle.without_any:f", "cycle.without_capacity:f", "input.missing:m:in", "node.dead_end:m");
    }

    [Fact]
    public void A_join_of_alternatives_would_wait_for_ever()
    {
        var nodes = new[] { Input("i", "x"), Node("f", "filter", """{"condition":"$ > 1"}"""), Node("l", "log"), Node("z", "zip"), Output("o", "r") };
        AssertFound(
            Validate([.. nodes], [Link("a", "i", "f"), Link("b", "f", "l"), Link("c", "l", "z"), Link("d", "f", "z", "rejected"), Link("e", "z", "o")]),
            "join.of_alternatives:z:f");
        Assert.Empty(Validate([.. nodes], [Link("a", "i", "f"), Link("b", "f", "l"), Link("c", "l", "z"), Link("d", "f", "z"), Link("e", "z", "o")]));
    }

    [Fact]
    public void Error_ports_are_used_where_they_are_meant_to_be()
    {
        var byPort = Node("t", "template", """{"template":"a"}""") with { Execution = Parse("""{"onError":"port"}""") };
        AssertFound(Validate([Input("i", "x"), byPort, Output("o", "r")], [Link("a", "i", "t"), Link("b", "t", "o")]), "error_port.open:t");
        AssertFound(
            Validate([Input("i", "x"), byPort with { Execution = null }, Output("o", "r"), Output("e", "s")], [Link("a", "i", "t"), Link("b", "t", "o"), Link("c", "t", "e", "error")]),
            "error_port.unused:t");
    }

    [Fact]
    public void An_endless_wait_for_a_beginning_is_found() => AssertFound(
        Validate([Node("m", "merge"), Output("o", "r")], [Link("a", "m", "o"), Link("b", "m", "m")]), "process.no_source");

    [Fact]
    public void Wireframes_are_checked_for_place_and_words()
    {
        var findings = ValidateWireframe(
            Box("page", "frame", 0, 0, 400, 400),
            Box("a", "ui.button", 10, 10, 100, 40, "page", """{"text":"Save"}"""),
            Box("b", "ui.button", 50, 20, 100, 40, "page", """{"text":"Cancel"}"""),
            Box("c", "ui.input", 10, 100, 100, 40, "page"),
            Box("far", "ui.badge", 900, 10, 50, 20, "page"),
            Box("flat", "ui.card", 10, 200, 0, 40, "page"),
            Box("blank", "text", 10, 300, 50, 20, "page"),
            Box("pic", "image", 200, 300, 50, 50, "page") with { Label = "A cat" },
            Box("none", "frame", 1_000, 1_000, 10, 10));
        AssertFound(
            findings,
            "layout.overlap:b", "label.missing:c", "layout.outside_parent:far", "layout.no_size:flat", "text.empty:blank", "label.alternative_text_missing:pic", "frame.empty:none");
    }

    [Fact]
    public void Overlaps_are_those_that_comparing_each_with_each_finds()
    {
        var random = new Random(1);
        for (var round = 0; round < 50; round++)
        {
            Node[] boxes = [.. Enumerable.Range(0, 40).Select(i => Box($"n{i}", "ui.card", random.Next(200), random.Next(200), random.Next(3, 60), random.Next(3, 60), props: """{"title":"t"}"""))];
            var found = ValidateWireframe(boxes).Where(finding => finding.Code == FindingCodes.Overlap).Select(finding => finding.NodeId).ToHashSet();
            foreach (var box in boxes)
            {
                // Of two that overlap, the one whose left edge comes later is reported.
                var expected = boxes.Any(other => other != box && Overlap(box, other) && other.X < box.X);
                var tied = boxes.Any(other => other != box && Overlap(box, other) && other.X == box.X);
                Assert.True(expected ? found.Contains(box.Id) : tied || !found.Contains(box.Id), $"{round}: {box.Id}");
            }
        }
    }

    [Theory]
    [InlineData(DesignKind.Process)]
    [InlineData(DesignKind.Wireframe)]
    public void Large_designs_are_validated_in_a_bearable_number_of_steps(DesignKind kind)
    {
        // Heaps and long chains are where careless rules become quadratic; the test's own time limit would tell.
        const int count = 20_000;
        var nodes = Enumerable.Range(0, count).Select(i => kind == DesignKind.Process ? Node($"n{i}", "log") : Box($"n{i}", "ui.card", 1, 1, 50, 50)).ToImmutableArray();
        var links = kind == DesignKind.Process ? Enumerable.Range(1, count - 1).Select(i => Link($"l{i}", $"n{i - 1}", $"n{i}")).ToImmutableArray() : [];
        Assert.Equal(kind == DesignKind.Process ? 2 : count - 1, DesignValidation.Validate(Document(kind, nodes, links), Catalog).Length);
    }

    private static bool Overlap(Node a, Node b) =>
        a.X < b.X + b.Width - 1 && b.X < a.X + a.Width - 1 && a.Y + 1 < b.Y + b.Height && b.Y + 1 < a.Y + a.Height;

    /// <summary>Exactly these were found, and every fix is taken as it is and puts its finding right.</summary>
    private static void AssertFound(ImmutableArray<Finding> findings, params string[] ids)
    {
        Assert.Equal(ids.Order(StringComparer.Ordinal), findings.Select(finding => finding.Id).Order(StringComparer.Ordinal));
    }

    private static ImmutableArray<Finding> Validate(ImmutableArray<Node> nodes, ImmutableArray<Connection> connections) =>
        Checked(Document(DesignKind.Process, nodes, connections));

    private static ImmutableArray<Finding> ValidateWireframe(params Node[] nodes) => Checked(Document(DesignKind.Wireframe, [.. nodes], []));

    private static ImmutableArray<Finding> Checked(DesignDocument document)
    {
        var findings = DesignValidation.Validate(document, Catalog);
        foreach (var finding in findings.Where(finding => finding.Fix is not null))
        {
            var submit = new SubmitBatch(new Batch(Guid.NewGuid(), 0, finding.Fix!.Operations), new Author("usr_1", AuthorKind.User), DateTimeOffset.UnixEpoch);
            var decision = DesignState.FromDocument(document).Decide(submit, Catalog, DesignLimits.Default);
            Assert.Null(decision.Refusal);
            var committed = (BatchCommitted)decision.Event!;
            Assert.False(committed.Rewritten);
            Assert.Empty(committed.Ignored);
            Assert.DoesNotContain(DesignValidation.Validate(decision.Next!.ToDocument(), Catalog), other => other.Id == finding.Id);
        }

        return findings;
    }

    private static DesignDocument Document(DesignKind kind, ImmutableArray<Node> nodes, ImmutableArray<Connection> connections)
    {
        var keys = OrderKey.Sequence(null, null, nodes.Length);
        return new DesignDocument
        {
            Id = "dsg_1",
            ProjectId = "prj_1",
            Name = "Plan",
            Kind = kind,
            Epoch = "e",
            Revision = 1,
            Nodes = [.. nodes.Select((node, i) => node with { Order = keys[i] })],
            Connections = connections,
            CreatedAt = default,
            UpdatedAt = default,
        };
    }

    private static Node Input(string id, string name) => Node(id, "input", $$"""{"name":"{{name}}"}""");

    private static Node Output(string id, string name) => Node(id, "output", $$"""{"name":"{{name}}"}""");

    private static Node Node(string id, string type, string props = "{}") => new() { Id = id, Type = type, Props = Parse(props) };

    private static Node Box(string id, string type, double x, double y, double width, double height, string? parent = null, string props = "{}") =>
        new() { Id = id, Type = type, X = x, Y = y, Width = width, Height = height, Parent = parent, Props = Parse(props) };

    private static Connection Link(string id, string from, string to, string port = "out", string props = "{}") =>
        new() { Id = id, From = new Endpoint(from, port), To = new Endpoint(to, "in"), Props = Parse(props) };

    private static JsonElement Parse(string json) => JsonElement.Parse(json);

    private static PropertySchema PropertiesOf(string component) => ComponentCatalog.BuiltIn.Find(component)!.Properties with { Properties = ImmutableDictionary<string, PropertyRule>.Empty };

    private static IEnumerable<string> Known() =>
        typeof(FindingCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);

    private static string Documentation()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "docs", "validation.md")))
        {
            folder = folder.Parent;
        }

        return File.ReadAllText(Path.Combine(folder?.FullName ?? throw new FileNotFoundException("docs/validation.md"), "docs", "validation.md"));
    }
}
