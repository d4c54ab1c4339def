using System.Text.Json;
using Actors.Domain.Components;
using Actors.Domain.Designs;

namespace Actors.Domain.Tests.Components;

public sealed class ComponentCatalogTests
{
    private static readonly ComponentCatalog Catalog = ComponentCatalog.BuiltIn;

    public static TheoryData<string> Ids => [.. Catalog.All.Select(component => component.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void An_example_fits_its_own_schema_completely(string id)
    {
        var component = Catalog.Find(id)!;
        Assert.Null(component.Properties.CheckComplete(component.Example!.Value));
        Assert.NotEmpty(component.Title);
        Assert.NotEmpty(component.Description);
        Assert.NotEmpty(component.Kinds);
        Assert.True(component.DefaultWidth > 0 && component.DefaultHeight > 0);
        Assert.Equal(component.Outputs.Length, component.Outputs.Select(port => port.Name).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_component_can_hold_what_an_import_knew(string id) =>
        Assert.Null(Catalog.Find(id)!.Properties.Check(JsonElement.Parse("""{"source":{"anything":[1,null]}}""")));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Defaults_fit_their_own_rules(string id)
    {
        var schema = Catalog.Find(id)!.Properties;
        foreach (var (name, rule) in schema.Properties)
        {
            if (rule.Default is { } value)
            {
                Assert.Null(schema.Check(JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement> { [name] = value })));
            }
        }
    }

    [Theory]
    [InlineData("frame text image shape.rectangle shape.ellipse shape.diamond shape.line shape.path ui.button ui.input ui.select ui.checkbox ui.card ui.navbar ui.table ui.list ui.form ui.modal ui.tabs ui.chart ui.avatar ui.footer ui.hero", DesignKind.Wireframe)]
    [InlineData("input constant schedule webhook file.read range filter switch merge zip split collect window delay throttle approval design fail template select map aggregate sort distinct validate json.parse csv.parse text.split http.request file.write notify log metrics ai.prompt ai.extract ai.classify ai.summarize ai.agent output foreign", DesignKind.Process)]
    public void The_components_that_the_protocol_names_exist(string ids, DesignKind kind) =>
        Assert.All(ids.Split(' '), id => Assert.Contains(kind, Catalog.Find(id)!.Kinds));

    [Fact]
    public void Process_components_have_plain_ports()
    {
        foreach (var component in Catalog.All.Where(component => component.Kinds is [DesignKind.Process]))
        {
            Assert.Equal(component.Category != "sources", component.Inputs.Any(port => port.Name == "in"));
            Assert.Equal(component.Id is not ("output" or "fail"), component.Outputs.Any(port => port.Name == "out"));
        }
    }

    [Fact]
    public void Foreign_takes_any_properties() => Assert.Null(Catalog.Find("foreign")!.Properties.Check(JsonElement.Parse("""{"x":{"y":[1]}}""")));

    [Fact]
    public void Components_are_listed_in_the_order_of_their_ids() =>
        Assert.Equal(Catalog.All.Select(component => component.Id).Order(StringComparer.Ordinal), Catalog.All.Select(component => component.Id));

    [Fact]
    public void A_component_is_registered_once()
    {
        var mine = Catalog.Find("text")! with { Id = "my.text" };
        Assert.Same(mine, Catalog.With(mine).Find("my.text"));
        Assert.Null(Catalog.Find("my.text"));
        Assert.Throws<ArgumentException>(() => Catalog.With(Catalog.Find("text")!));
    }
}
