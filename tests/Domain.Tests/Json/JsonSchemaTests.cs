using System.Text.Json;
using Actors.Domain.Json;
using Actors.Domain.Json.Schema;

namespace Actors.Domain.Tests.Json;

public sealed class JsonSchemaTests
{
    private const string Tree = """{"type":"object","required":["value"],"properties":{"value":{"type":"number"},"children":{"type":"array","items":{"$ref":"#"}}}}""";

    [Theory]
    [InlineData("true", "1", true)]
    [InlineData("false", "1", false)]
    [InlineData("{}", "null", true)]
    [InlineData("""{"type":"integer"}""", "1.0", true)]
    [InlineData("""{"type":"integer"}""", "1.5", false)]
    [InlineData("""{"type":"integer"}""", "1e300", true)]
    [InlineData("""{"type":"number"}""", "\"1\"", false)]
    [InlineData("""{"type":["string","null"]}""", "null", true)]
    [InlineData("""{"type":["string","null"]}""", "0", false)]
    [InlineData("""{"type":"boolean"}""", "0", false)]
    [InlineData("""{"enum":[1,{"a":1,"b":[2]}]}""", """{"b":[2.0],"a":1.0}""", true)]
    [InlineData("""{"enum":[1,"1"]}""", "true", false)]
    [InlineData("""{"const":false}""", "0", false)]
    [InlineData("""{"const":"a"}""", "\"a\"", true)]
    [InlineData("""{"minimum":1.1}""", "1.1", true)]
    [InlineData("""{"minimum":1.1}""", "1.0999", false)]
    [InlineData("""{"exclusiveMinimum":1}""", "1", false)]
    [InlineData("""{"exclusiveMaximum":3}""", "2.999", true)]
    [InlineData("""{"maximum":3}""", "3.001", false)]
    [InlineData("""{"maximum":3}""", "\"9\"", true)]
    [InlineData("""{"multipleOf":0.01}""", "19.99", true)]
    [InlineData("""{"multipleOf":0.01}""", "19.999", false)]
    [InlineData("""{"multipleOf":2}""", "-4", true)]
    [InlineData("""{"minLength":2}""", "\"👍\"", false)]
    [InlineData("""{"maxLength":1}""", "\"👍\"", true)]
    [InlineData("""{"pattern":"^a+$"}""", "\"aaa\"", true)]
    [InlineData("""{"pattern":"a+"}""", "\"xax\"", true)]
    [InlineData("""{"pattern":"^a+$"}""", "\"b\"", false)]
    [InlineData("""{"required":["a"]}""", """{"a":null}""", true)]
    [InlineData("""{"required":["a"]}""", "{}", false)]
    [InlineData("""{"required":["a"]}""", "[]", true)]
    [InlineData("""{"properties":{"a":{"type":"number"}},"additionalProperties":false}""", """{"a":1}""", true)]
    [InlineData("""{"properties":{"a":{"type":"number"}},"additionalProperties":false}""", """{"a":1,"b":1}""", false)]
    [InlineData("""{"patternProperties":{"^x-":{"type":"string"}},"additionalProperties":{"type":"number"}}""", """{"x-a":"1","b":2}""", true)]
    [InlineData("""{"patternProperties":{"^x-":{"type":"string"}},"additionalProperties":{"type":"number"}}""", """{"x-a":1}""", false)]
    [InlineData("""{"propertyNames":{"maxLength":3}}""", """{"abcd":1}""", false)]
    [InlineData("""{"minProperties":1}""", "{}", false)]
    [InlineData("""{"maxProperties":1}""", """{"a":1,"b":2}""", false)]
    [InlineData("""{"items":{"type":"number"}}""", "[1,\"2\"]", false)]
    [InlineData("""{"prefixItems":[{"type":"number"},{"type":"string"}],"items":false}""", "[1,\"2\"]", true)]
    [InlineData("""{"prefixItems":[{"type":"number"},{"type":"string"}],"items":false}""", "[1,\"2\",3]", false)]
    [InlineData("""{"prefixItems":[{"type":"number"}]}""", "[]", true)]
    [InlineData("""{"contains":{"const":1}}""", "[2,1]", true)]
    [InlineData("""{"contains":{"const":1}}""", "[]", false)]
    [InlineData("""{"contains":{"const":1},"minContains":0,"maxContains":1}""", "[]", true)]
    [InlineData("""{"contains":{"const":1},"maxContains":1}""", "[1,1]", false)]
    [InlineData("""{"minItems":2}""", "[1]", false)]
    [InlineData("""{"maxItems":2}""", "[1,2,3]", false)]
    [InlineData("""{"uniqueItems":true}""", """[{"a":1,"b":2},{"b":2,"a":1}]""", false)]
    [InlineData("""{"uniqueItems":true}""", "[1,true,\"1\",[1]]", true)]
    [InlineData("""{"uniqueItems":true}""", "[1,1.0]", false)]
    [InlineData("""{"allOf":[{"minimum":1},{"maximum":3}]}""", "4", false)]
    [InlineData("""{"anyOf":[{"type":"string"},{"minimum":3}]}""", "4", true)]
    [InlineData("""{"anyOf":[{"type":"string"},{"minimum":5}]}""", "4", false)]
    [InlineData("""{"oneOf":[{"minimum":1},{"minimum":3}]}""", "4", false)]
    [InlineData("""{"oneOf":[{"minimum":1},{"minimum":3}]}""", "2", true)]
    [InlineData("""{"not":{"type":"string"}}""", "\"a\"", false)]
    [InlineData("""{"if":{"minimum":10},"then":{"multipleOf":10},"else":{"multipleOf":2}}""", "20", true)]
    [InlineData("""{"if":{"minimum":10},"then":{"multipleOf":10},"else":{"multipleOf":2}}""", "12", false)]
    [InlineData("""{"if":{"minimum":10},"then":{"multipleOf":10},"else":{"multipleOf":2}}""", "3", false)]
    [InlineData("""{"dependentRequired":{"card":["address"]}}""", """{"card":1}""", false)]
    [InlineData("""{"dependentRequired":{"card":["address"]}}""", "{}", true)]
    [InlineData("""{"dependentSchemas":{"card":{"required":["address"]}}}""", """{"card":1}""", false)]
    [InlineData("""{"$defs":{"a/b":{"type":"string"}},"properties":{"x":{"$ref":"#/$defs/a~1b"}}}""", """{"x":1}""", false)]
    [InlineData("""{"$defs":{"n":{"$anchor":"name","type":"string"}},"properties":{"x":{"$ref":"#name"}}}""", """{"x":1}""", false)]
    [InlineData("""{"$ref":"#/$defs/a","maximum":3,"$defs":{"a":{"minimum":1}}}""", "4", false)]
    [InlineData(Tree, """{"value":1,"children":[{"value":2,"children":[]}]}""", true)]
    [InlineData(Tree, """{"value":1,"children":[{"children":[]}]}""", false)]
    [InlineData("""{"title":"x","unknown":{"type":17},"$comment":"y","default":3}""", "1", true)]
    public void A_value_fits_or_not_as_the_draft_says(string schema, string value, bool fits)
    {
        Assert.Equal(fits, Compile(schema).Validate(JsonElement.Parse(value)).IsValid);
        Assert.Equal(fits, Compile(schema).Fits(JsonElement.Parse(value)));
    }

    [Theory]
    [InlineData("date-time", "2024-02-29T12:30:00.25+01:00", "2024-02-30T12:30:00Z")]
    [InlineData("date-time", "1998-12-31T23:59:60Z", "1998-12-31T22:59:60Z")]
    [InlineData("date-time", "1998-12-31T15:59:60-08:00", "2024-02-29 12:30:00Z")]
    [InlineData("date", "2024-02-29", "2023-02-29")]
    [InlineData("time", "08:30:06Z", "08:30:06")]
    [InlineData("email", "joe.bloggs+x@example.com", "joe@")]
    [InlineData("uri", "https://example.com/a?b=%20#c", "/relative")]
    [InlineData("uri", "urn:isbn:0451450523", "https://example.com/a b")]
    [InlineData("uuid", "2EB8AA08-AA98-11EA-B4AA-73B441D16380", "2eb8aa08aa9811eab4aa73b441d16380")]
    [InlineData("ipv4", "192.168.0.1", "256.1.1.1")]
    [InlineData("ipv4", "0.0.0.0", "1.2.3.04")]
    [InlineData("ipv6", "::ffff:1.2.3.4", "12345::")]
    [InlineData("ipv6", "fe80::1", "fe80::1%eth0")]
    public void Formats_are_checked(string format, string good, string bad)
    {
        var schema = Compile($$"""{"format":"{{format}}"}""");
        Assert.True(schema.Fits(JsonSerializer.SerializeToElement(good)));
        Assert.False(schema.Fits(JsonSerializer.SerializeToElement(bad)));
        Assert.True(schema.Fits(JsonElement.Parse("12")));
    }

    [Theory]
    [InlineData("17", "schema_invalid", "")]
    [InlineData("""{"type":"text"}""", "schema_invalid", "/type")]
    [InlineData("""{"properties":{"a":{"minimum":"1"}}}""", "schema_invalid", "/properties/a/minimum")]
    [InlineData("""{"items":[{}]}""", "schema_invalid", "/items")]
    [InlineData("""{"maxLength":-1}""", "schema_invalid", "/maxLength")]
    [InlineData("""{"multipleOf":0}""", "schema_invalid", "/multipleOf")]
    [InlineData("""{"pattern":"("}""", "schema_invalid", "/pattern")]
    [InlineData("""{"pattern":"(?=a)b"}""", "schema_unsupported", "/pattern")]
    [InlineData("""{"pattern":"((a{100}){100}){100}"}""", "schema_too_large", "/pattern")]
    [InlineData("""{"unevaluatedProperties":false}""", "schema_unsupported", "/unevaluatedProperties")]
    [InlineData("""{"$ref":"https://example.com/schema.json"}""", "schema_reference_remote", "/$ref")]
    [InlineData("""{"$ref":"other.json#/a"}""", "schema_reference_remote", "/$ref")]
    [InlineData("""{"$ref":"#/$defs/none"}""", "schema_reference_unknown", "/$ref")]
    [InlineData("""{"$ref":"#none"}""", "schema_reference_unknown", "/$ref")]
    [InlineData("""{"$ref":"#"}""", "schema_reference_cycle", "")]
    [InlineData("""{"$defs":{"a":{"anyOf":[{"$ref":"#/$defs/b"}]},"b":{"not":{"$ref":"#/$defs/a"}}}}""", "schema_reference_cycle", null)]
    public void A_text_that_is_no_schema_is_refused_with_code_and_place(string text, string code, string? pointer)
    {
        Assert.False(JsonSchema.TryCompile(JsonElement.Parse(text), out _, out var problem));
        Assert.Equal(code, problem.Code);
        if (pointer is not null)
            Assert.Equal(pointer, problem.Pointer);
    }

    [Fact]
    public void Errors_name_the_place_the_keyword_and_the_rule()
    {
        var schema = Compile("""{"properties":{"a/b":{"items":{"type":"number","minimum":2}}},"required":["c"]}""");
        var report = schema.Validate(JsonElement.Parse("""{"a/b":[1,"x",3]}"""));

        Assert.False(report.IsValid);
        Assert.Equal(
            [
                new JsonSchemaError("", "required", "must have the member 'c'"),
                new JsonSchemaError("/a~1b/0", "minimum", "must be at least 2"),
                new JsonSchemaError("/a~1b/1", "type", "must be of type number"),
            ],
            report.Errors.ToArray());
    }

    [Fact]
    public void A_report_names_a_hundred_errors_at_most()
    {
        var report = Compile("""{"items":{"type":"string"}}""").Validate(JsonElement.Parse($"[{string.Join(',', Enumerable.Range(0, 500))}]"));
        Assert.Equal(JsonSchemaLimits.Errors, report.Errors.Length);
    }

    [Fact]
    public void A_validation_that_costs_too_much_ends_and_the_value_does_not_fit()
    {
        // Each level asks the next one twice: 2^20 steps and more.
        var definitions = string.Join(',', Enumerable.Range(0, 20).Select(n => "'d" + n + "':{'allOf':[{'$ref':'#/$defs/d" + (n + 1) + "'},{'$ref':'#/$defs/d" + (n + 1) + "'}]}"));
        var rest = ",'$defs':{" + definitions + ",'d20':{}}}";
        var report = Compile(("{'$ref':'#/$defs/d0'" + rest).Replace('\'', '"')).Validate(JsonElement.Parse("1"));

        Assert.True(report.IsExhausted);
        Assert.False(report.IsValid);
        Assert.False(Compile(("{'not':{'not':{'$ref':'#/$defs/d0'}}" + rest).Replace('\'', '"')).Fits(JsonElement.Parse("1")));
        Assert.False(Compile(("{'not':{'$ref':'#/$defs/d0'}" + rest).Replace('\'', '"')).Fits(JsonElement.Parse("1")));
    }

    [Theory]
    [InlineData("1", "1.0", true)]
    [InlineData("1e2", "100", true)]
    [InlineData("0", "-0", true)]
    [InlineData("1e-40", "0", false)]
    [InlineData("""{"a":1,"b":2}""", """{"b":2,"a":1}""", true)]
    [InlineData("[1,2]", "[2,1]", false)]
    [InlineData("\"1\"", "1", false)]
    [InlineData("""["a","b"]""", """["a,b"]""", false)]
    public void Identities_are_equal_for_equal_values(string left, string right, bool equal) =>
        Assert.Equal(equal, JsonIdentity.Of(JsonElement.Parse(left)) == JsonIdentity.Of(JsonElement.Parse(right)));

    private static JsonSchema Compile(string text)
    {
        Assert.True(JsonSchema.TryCompile(JsonElement.Parse(text), out var schema, out var problem), problem?.ToString());
        return schema!;
    }
}
