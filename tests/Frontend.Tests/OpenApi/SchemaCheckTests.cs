using System.Text.Json.Nodes;

namespace Actors.Frontend.Tests.OpenApi;

public sealed class SchemaCheckTests
{
    private const string Document = """
        {"components":{"schemas":{"Kind":{"type":"string","enum":["a","b"]},
          "Thing":{"type":"object","required":["kind"],"additionalProperties":false,
            "properties":{"kind":{"$ref":"#/components/schemas/Kind"},"size":{"type":["null","integer"],"minimum":1},"parts":{"type":"array","items":{"$ref":"#/components/schemas/Thing"}}}}}}}
        """;

    [Theory]
    [InlineData("""{"kind":"a"}""")]
    [InlineData("""{"kind":"b","size":null,"parts":[{"kind":"a","size":3}]}""")]
    public void A_value_that_fits_has_no_errors(string value) => Assert.Empty(Errors(value));

    [Theory]
    [InlineData("{}", "$ lacks 'kind'")]
    [InlineData("""{"kind":"c"}""", "$.kind is none of")]
    [InlineData("""{"kind":"a","size":0}""", "$.size breaks minimum 1")]
    [InlineData("""{"kind":"a","size":1.5}""", "$.size is number instead of null or integer")]
    [InlineData("""{"kind":"a","parts":[{"kind":"a","x":1}]}""", "$.parts[0] has the unknown member 'x'")]
    [InlineData("[]", "$ is array instead of object")]
    public void A_value_that_does_not_fit_is_told_with_the_place(string value, string error) =>
        Assert.Contains(Errors(value), told => told.StartsWith(error, StringComparison.Ordinal));

    private static List<string> Errors(string value) =>
        new SchemaCheck(JsonNode.Parse(Document)!.AsObject()).Errors(JsonNode.Parse("""{"$ref":"#/components/schemas/Thing"}"""), JsonNode.Parse(value));
}
