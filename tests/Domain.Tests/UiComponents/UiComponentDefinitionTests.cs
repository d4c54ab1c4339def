using System.Text.Json;
using Actors.Domain.Components;
using Actors.Domain.UiComponents;

namespace Actors.Domain.Tests.UiComponents;

public sealed class UiComponentDefinitionTests
{
    [Theory]
    [InlineData("""{"type":"array"}""", "schema.type: must be 'object'")]
    [InlineData("""[]""", "schema: must be an object")]
    [InlineData("""{"type":"object","additionalProperties":true}""", "schema.additionalProperties: must be false")]
    [InlineData("""{"type":"object","patternProperties":{}}""", "schema.patternProperties: is not checked here")]
    [InlineData("""{"type":"object","properties":[]}""", "schema.properties: must be an object")]
    [InlineData("""{"type":"object","properties":{"1a":{}}}""", "schema.properties.1a: must be a letter")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"null"}}}""", "schema.properties.a.type: must be string")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string","pattern":"x"}}}""", "schema.properties.a.pattern: is not checked here")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string","maxLength":0}}}""", "schema.properties.a.maxLength: must be a whole number")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string","enum":[]}}}""", "schema.properties.a.enum: must be a list")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string","enum":[1]}}}""", "schema.properties.a.enum: must be a list")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"number","minimum":2,"maximum":1}}}""", "schema.properties.a.minimum: must not be above")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"number","minimum":"2"}}}""", "schema.properties.a.minimum: must be a number")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"number","default":"x"}}}""", "schema.properties.a.default: must be a number")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"array","items":{"type":"array","items":{"type":"array","items":{"type":"array","items":{"type":"array"}}}}}}}""", "nested at most 4 deep")]
    [InlineData("""{"type":"object","properties":{"a":{"title":7}}}""", "schema.properties.a.title: must be text")]
    [InlineData("""{"type":"object","required":["b"],"properties":{"a":{}}}""", "schema.required: names 'b'")]
    [InlineData("""{"type":"object","required":"a","properties":{"a":{}}}""", "schema.required: must be a list of names")]
    [InlineData("""{"type":"object","properties":{"opacity":{"type":"string"}}}""", "schema.properties.opacity: is a property that every component has")]
    [InlineData("""{"type":"object","properties":{"item":{"type":"string"}}}""", "schema.properties.item: is the name that templates give")]
    public void A_schema_says_only_what_is_checked(string schema, string detail) =>
        Refuses(UiComponentSamples.Definition(drawing: """[{"shape":"rectangle"}]""", schema: schema, example: "{}"), detail);

    [Fact]
    public void A_component_has_no_more_properties_than_the_limit()
    {
        var properties = string.Join(',', Enumerable.Range(0, 101).Select(i => $$"""
            "p{{i}}":{}
            """));
        Refuses(UiComponentSamples.Definition("""[{"shape":"rectangle"}]""", schema: $$$"""{"type":"object","properties":{ {{{properties}}} }}""", example: "{}"), "at most 100 properties");
    }

    [Fact]
    public void A_published_schema_can_be_read_again()
    {
        var component = UiComponentSamples.Catalog(UiComponentSamples.Definition()).Find("custom.price-tag")!;
        var published = component.Properties.ToJsonSchema().GetRawText();

        var again = UiComponentSamples.Definition() with { Schema = JsonElement.Parse(published.Replace("40000", "10000", StringComparison.Ordinal)) };

        Assert.Equal(component.Properties.Properties.Keys.Order(StringComparer.Ordinal), UiComponentSamples.Catalog(again).Find("custom.price-tag")!.Properties.Properties.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Words_sizes_and_the_example_keep_to_their_rules()
    {
        var definition = UiComponentSamples.Definition();
        Refuses(definition with { Title = "" }, "title: must have 1 to 100");
        Refuses(definition with { Title = "a\nb" }, "title: must have 1 to 100");
        Refuses(definition with { Description = new string('x', 1_001) }, "description: must have 0 to 1000");
        Refuses(definition with { Category = "" }, "category: must have 1 to 50");
        Refuses(definition with { Icon = "" }, "icon: must have 1 to 50");
        Refuses(definition with { DefaultWidth = 0 }, "defaultWidth: must be 1 to 10000 pixels");
        Refuses(definition with { DefaultHeight = double.NaN }, "defaultHeight: must be 1 to 10000 pixels");
        Refuses(definition with { Drawing = default }, "drawing: must be there");
        Refuses(definition with { Drawing = JsonElement.Parse($"[\"{new string('x', 33_000)}\"]") }, "drawing: must have at most 32768 bytes");
        Refuses(definition with { Example = JsonElement.Parse("""{"price":12}""") }, "example.price: must be text", ErrorCodes.PropertyInvalid);
        Refuses(definition with { Example = JsonElement.Parse("""{"cost":"12"}""") }, "example.cost: is not a property", ErrorCodes.PropertyInvalid);
    }

    private static void Refuses(UiComponentDefinition definition, string detail, string code = ErrorCodes.ValidationFailed)
    {
        var refusal = UiComponentsState.None.Decide(new UiComponentsCommand.Create(default, "ada", "custom.tag", definition)).Refusal;
        Assert.NotNull(refusal);
        Assert.Contains(detail, refusal.Detail, StringComparison.Ordinal);
        Assert.Equal(code, refusal.Code);
    }
}
