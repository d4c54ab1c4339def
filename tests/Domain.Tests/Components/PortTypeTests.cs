using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Execution;
using Actors.Domain.Interchange;
using Actors.Domain.Validation;

namespace Actors.Domain.Tests.Components;

/// <summary>Which output may lead into which input: one table (<c>PortTypes.json</c>, which the TypeScript client reads too) for everybody who asks.</summary>
public sealed class PortTypeTests
{
    private static readonly Dictionary<string, string[]> Table = JsonSerializer.Deserialize<Dictionary<string, string[]>>(File.ReadAllText(TablePath()))!;

    public static TheoryData<string, string, bool> Pairs()
    {
        var pairs = new TheoryData<string, string, bool>();
        foreach (var output in Table.Keys)
        {
            foreach (var input in Table.Keys)
            {
                pairs.Add(output, input, Table[output].Contains(input));
            }
        }

        return pairs;
    }

    [Fact]
    [Spec("PT-01")]
    public void The_types_are_read_from_their_names_and_nothing_else_is_one()
    {
        Assert.All(Table.Keys, name => Assert.Equal(name, PortType.Parse(name)?.Name));
        Assert.Equal(["any", "boolean", "file", "json", "number", "signal", "text"], Table.Keys.Where(name => !name.StartsWith("list<", StringComparison.Ordinal)).Order());
        Assert.All(["", "list", "list<>", "list<texts>", "list<text", "Text", "object"], name => Assert.Null(PortType.Parse(name)));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    [Spec("PT-02", "PT-03")]
    public void Designs_imports_validation_and_runs_agree_on_what_fits(string output, string input, bool fits)
    {
        var (from, to) = (PortType.Parse(output)!, PortType.Parse(input)!);
        var catalog = new ComponentCatalog([Component("source", [], [new PortDescriptor("out", from)], FiringRule.Source), Component("sink", [new PortDescriptor("in", to, Required: true)], [], FiringRule.All)]);
        var design = new DesignDocument
        {
            Id = "dsg_1", ProjectId = "prj_1", Name = "Fits", Kind = DesignKind.Process, Epoch = "e", Revision = 1, CreatedAt = default, UpdatedAt = default,
            Nodes = [new Node { Id = "s", Type = "source", Order = "a0" }, new Node { Id = "t", Type = "sink", Order = "a1" }],
            Connections = [new Connection { Id = "c", From = new Endpoint("s", "out"), To = new Endpoint("t", "in") }],
        };
        var add = new SubmitBatch(
            new Batch(Guid.NewGuid(), 0, [new ConnectionAdd(design.Connections[0])]), new Author("usr_1", AuthorKind.User), DateTimeOffset.UnixEpoch);

        Assert.Equal(fits, from.Fits(to));
        Assert.Equal(fits ? null : ErrorCodes.PortMismatch, DesignState.FromDocument(design with { Connections = [] }).Decide(add, catalog, DesignLimits.Default).Refusal?.Code);
        Assert.Equal(fits, DesignJson.Read(DesignJson.Write(design), catalog, DesignLimits.Default) is ImportResult.Imported);
        Assert.Equal(!fits, DesignValidation.Validate(design, catalog).Any(finding => finding.Code == FindingCodes.TypeMismatch));
        Assert.Equal(fits, PlanCompiler.Compile(design, catalog, RunLimits.Default).Issues.IsEmpty);
    }

    private static ComponentDescriptor Component(string id, ImmutableArray<PortDescriptor> inputs, ImmutableArray<PortDescriptor> outputs, FiringRule rule) => new()
    {
        Id = id,
        Category = "test",
        Title = id,
        Description = id,
        Kinds = [DesignKind.Process],
        Inputs = inputs,
        Outputs = outputs,
        Rule = rule,
        Properties = new PropertySchema(ImmutableDictionary<string, PropertyRule>.Empty, Open: true),
    };

    private static string TablePath([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "PortTypes.json");
}
