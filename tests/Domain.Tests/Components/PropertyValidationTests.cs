using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Actors.Domain.Components;
using Actors.Domain.Components.BuiltIn;

namespace Actors.Domain.Tests.Components;

public sealed class PropertyValidationTests
{
    private static readonly PropertySchema Schema = new(Rules.Of(
        ("text", new PropertyRule.Text(5)),
        ("kind", new PropertyRule.Text(Allowed: ["a", "b"])),
        ("number", new PropertyRule.Number(1, 10)),
        ("least", new PropertyRule.Number(1)),
        ("most", new PropertyRule.Number(Maximum: 10)),
        ("whole", new PropertyRule.Number(Integer: true)),
        ("flag", new PropertyRule.Boolean()),
        ("list", new PropertyRule.List(new PropertyRule.Number(0), 3)),
        ("object", new PropertyRule.Object(new PropertySchema(Rules.Of(("inner", new PropertyRule.Text { Required = true }))))),
        ("any", new PropertyRule.Json()),
        ("must", new PropertyRule.Text { Required = true })));

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"text":"12345","kind":"b","number":1,"whole":3.0,"flag":false,"list":[0,1,2],"object":{"inner":""},"any":null}""")]
    [InlineData("""{"text":"\u0041\ud83d\ude00AB"}""")]
    [InlineData("""{"\u0074ext":"x","number":1e1}""")]
    public void What_fits_is_accepted(string props) => Assert.Null(Schema.Check(JsonElement.Parse(props)));

    [Theory]
    [InlineData("[]", "props", "must be an object")]
    [InlineData("""{"text":1}""", "props.text", "must be text")]
    [InlineData("""{"text":"123456"}""", "props.text", "must have at most 5 characters")]
    [InlineData("""{"kind":"c"}""", "props.kind", "must be one of a, b")]
    [InlineData("""{"number":0}""", "props.number", "must be between 1 and 10")]
    [InlineData("""{"number":"1"}""", "props.number", "must be a number")]
    [InlineData("""{"number":1e999}""", "props.number", "must be a number")]
    [InlineData("""{"least":0.5}""", "props.least", "must be at least 1")]
    [InlineData("""{"most":11}""", "props.most", "must be at most 10")]
    [InlineData("""{"whole":1.5}""", "props.whole", "must be a whole number")]
    [InlineData("""{"flag":0}""", "props.flag", "must be true or false")]
    [InlineData("""{"list":{}}""", "props.list", "must be a list")]
    [InlineData("""{"list":[1,2,3,4]}""", "props.list", "must have at most 3 entries")]
    [InlineData("""{"list":[1,-1]}""", "props.list[1]", "must be at least 0")]
    [InlineData("""{"object":[]}""", "props.object", "must be an object")]
    [InlineData("""{"object":{"inner":1}}""", "props.object.inner", "must be text")]
    [InlineData("""{"object":{"other":1}}""", "props.object.other", "is not a property of this component")]
    [InlineData("""{"txet":"typo"}""", "props.txet", "is not a property of this component")]
    public void What_does_not_fit_is_refused_with_its_path_and_rule(string props, string path, string rule)
    {
        var refusal = Schema.Check(JsonElement.Parse(props));
        Assert.NotNull(refusal);
        Assert.Equal(ErrorCodes.PropertyInvalid, refusal.Code);
        Assert.Equal($"{path}: {rule}", refusal.Detail);
        Assert.Equal(rule, Assert.Single(refusal.Errors![path]));
    }

    [Theory]
    [InlineData("""{"any":"\ud800"}""")]
    [InlineData("""{"any":["\udc00\ud800"]}""")]
    [InlineData("""{"\ud800x":1}""")]
    [InlineData("""{"any":"\\\ud800\\u0041"}""")]
    public void Text_that_no_string_can_hold_is_refused(string props) =>
        Assert.Equal("props: must be well-formed Unicode text", Schema.Check(JsonElement.Parse(props))?.Detail);

    [Fact]
    public void Broken_utf8_is_refused()
    {
        var props = JsonElement.Parse([.. Encoding.UTF8.GetBytes("""{"any":" """[..^1]), 0xC3, 0x28, (byte)'"', (byte)'}']);
        Assert.NotNull(Schema.Check(props));
    }

    [Fact]
    public void An_escaped_backslash_before_u_is_no_escape() => Assert.Null(Schema.Check(JsonElement.Parse("""{"any":"\\ud800"}""")));

    [Fact]
    public void A_required_property_may_be_missing_while_one_draws_but_not_when_it_runs()
    {
        var props = JsonElement.Parse("""{"object":{}}""");
        Assert.Null(Schema.Check(props));
        Assert.Equal("props.object.inner: is required", Schema.CheckComplete(props)?.Detail);
        Assert.Equal("props.must: is required", Schema.CheckComplete(JsonElement.Parse("{}"))?.Detail);
        Assert.Null(Schema.CheckComplete(JsonElement.Parse("""{"must":""}""")));
    }

    [Fact]
    public void An_open_schema_keeps_what_it_does_not_know_and_checks_what_it_knows()
    {
        var open = Schema with { Open = true };
        Assert.Null(open.Check(JsonElement.Parse("""{"other":{"deep":[1]}}""")));
        Assert.NotNull(open.Check(JsonElement.Parse("""{"number":0}""")));
    }

    [Fact]
    public void Replaced_rules_are_the_ones_that_are_checked()
    {
        Assert.Null(Schema.Check(JsonElement.Parse("""{"text":"x"}""")));
        var other = Schema with { Properties = ImmutableDictionary<string, PropertyRule>.Empty };
        Assert.NotNull(other.Check(JsonElement.Parse("""{"text":"x"}""")));
    }

    [Fact]
    public void Checking_what_fits_allocates_nothing()
    {
        var schema = ComponentCatalog.BuiltIn.Find("shape.rectangle")!.Properties;
        var props = JsonElement.Parse("""{"text":"long \u0041 enough","stroke":"#123456","strokeStyle":"dashed","opacity":50,"angle":0.5,"source":{"a":[1,2,3]}}""");
        Assert.Null(schema.Check(props));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            _ = schema.Check(props);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void The_published_schema_says_every_rule()
    {
        var schema = Schema.ToJsonSchema();
        var expected = JsonElement.Parse("""
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "type": "object",
              "properties": {
                "any": {},
                "flag": { "type": "boolean" },
                "kind": { "type": "string", "maxLength": 10000, "enum": ["a", "b"] },
                "least": { "type": "number", "minimum": 1 },
                "list": { "type": "array", "items": { "type": "number", "minimum": 0 }, "maxItems": 3 },
                "most": { "type": "number", "maximum": 10 },
                "must": { "type": "string", "maxLength": 10000 },
                "number": { "type": "number", "minimum": 1, "maximum": 10 },
                "object": { "type": "object", "properties": { "inner": { "type": "string", "maxLength": 10000 } }, "required": ["inner"], "additionalProperties": false },
                "text": { "type": "string", "maxLength": 5 },
                "whole": { "type": "integer" }
              },
              "required": ["must"],
              "additionalProperties": false
            }
            """);
        Assert.True(JsonElement.DeepEquals(expected, schema), schema.ToString());
    }
}
