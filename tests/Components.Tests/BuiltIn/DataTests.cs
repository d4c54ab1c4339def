using System.Text.Json;

namespace Actors.Components.Tests.BuiltIn;

public sealed class DataTests
{
    [Fact]
    public void Template_makes_text() =>
        Assert.Equal(["\"Hello Ada, 2 items\""], new TestProcess("template", """{"template":"Hello {{name}}, {{length(items)}} items"}""").Fire("""{"name":"Ada","items":[1,2]}"""));

    [Theory]
    [InlineData("""{"path":"$.user.name"}""", "\"Ada\"")]
    [InlineData("""{"path":"$.none"}""", "null")]
    [InlineData("""{"path":"$.none","default":7}""", "7")]
    [InlineData("""{"path":"$.tags[*]"}""", """["a","b"]""")]
    [InlineData("""{"path":"$.tags[*]","all":true}""", """["a","b"]""")]
    [InlineData("""{"path":"$.tags","all":true}""", """[["a","b"]]""")]
    [InlineData("""{"path":"$.none","all":true}""", "[]")]
    public void Select_takes_a_part(string props, string output) =>
        Assert.Equal([output], new TestProcess("select", props).Fire("""{"user":{"name":"Ada"},"tags":["a","b"]}"""));

    [Fact]
    public void Map_makes_an_object_of_expressions_and_constants()
    {
        var token = """{"user":{"name":"Ada"},"price":"12.5","id":7}""";
        Assert.Equal(
            ["""{"name":"Ada","total":25,"currency":null,"flag":true}"""],
            new TestProcess("map", """{"fields":{"name":"$.user.name","total":"price * 2","currency":"$.none","flag":true}}""").Fire(token));
        Assert.Equal(
            ["""{"user":{"name":"Ada"},"id":7,"price":13.5}"""],
            new TestProcess("map", """{"keep":true,"fields":{"price":"price * 1 + 1"}}""").Fire(token));
    }

    [Theory]
    [InlineData("count", "3")]
    [InlineData("sum", "6.3")]
    [InlineData("average", "2.1")]
    [InlineData("avg", "2.1")]
    [InlineData("minimum", "1.1")]
    [InlineData("min", "1.1")]
    [InlineData("maximum", "\"3.0\"")]
    [InlineData("max", "\"3.0\"")]
    [InlineData("first", "2.2")]
    [InlineData("last", "null")]
    [InlineData("list", """[2.2,1.1,"3.0",null]""")]
    public void Aggregate_computes_over_tokens_and_over_one_list(string operation, string output)
    {
        var process = new TestProcess("aggregate", $$"""{"operation":"{{operation}}","field":"$.v"}""");
        string[] tokens = ["""{"v":2.2}""", """{"v":1.1}""", """{"v":"3.0"}""", "{}"];
        Assert.Equal([output], process.Fire(tokens));
        Assert.Equal([output], process.Fire($"[{string.Join(',', tokens)}]"));
    }

    [Theory]
    [InlineData("count", "0")]
    [InlineData("sum", "0")]
    [InlineData("average", "null")]
    [InlineData("minimum", "null")]
    [InlineData("first", "null")]
    [InlineData("list", "[]")]
    public void Aggregate_has_a_figure_for_nothing(string operation, string output) =>
        Assert.Equal([output], new TestProcess("aggregate", $$"""{"operation":"{{operation}}"}""").Fire());

    [Fact]
    public void Aggregate_groups_by_value_in_the_order_of_first_appearance() => Assert.Equal(
        ["""[{"key":"b","value":5,"count":2},{"key":null,"value":1,"count":1},{"key":"a","value":2,"count":1}]"""],
        new TestProcess("aggregate", """{"operation":"sum","field":"n","groupBy":"k"}""").Fire("""[{"k":"b","n":2},{"n":1},{"k":"a","n":2},{"k":"b","n":3}]"""));

    [Fact]
    public void Aggregate_of_something_that_is_no_number_fails() =>
        Assert.Equal("not_number", new TestProcess("aggregate", """{"operation":"sum"}""").Fails("[1,\"two\"]"));

    [Fact]
    public void Sums_are_exact_and_of_any_size()
    {
        Assert.Equal(["0.3"], new TestProcess("aggregate", """{"operation":"sum"}""").Fire("[0.1,0.2]"));
        Assert.Equal(["3E+300"], new TestProcess("aggregate", """{"operation":"sum"}""").Fire("[1e300,2e300]"));
    }

    [Fact]
    public void Sort_keeps_equal_ones_in_their_order_both_ways()
    {
        string[] tokens = ["""{"n":2,"i":0}""", """{"n":1,"i":1}""", """{"n":2,"i":2}""", """{"n":1,"i":3}"""];
        Assert.Equal([tokens[1], tokens[3], tokens[0], tokens[2]], new TestProcess("sort", """{"field":"n"}""").Fire(tokens));
        Assert.Equal([tokens[0], tokens[2], tokens[1], tokens[3]], new TestProcess("sort", """{"by":"n","direction":"descending"}""").Fire(tokens));
    }

    [Fact]
    public void Sort_has_an_order_for_values_of_all_kinds() => Assert.Equal(
        ["""[null,false,true,-1,1,1.5,1e3,"10","9","a",[1],[1,0],[2],{"a":1}]"""],
        new TestProcess("sort", "{}").Fire("""[{"a":1},"a",[2],1.5,true,"9",[1,0],1e3,null,"10",-1,[1],false,1]"""));

    [Fact]
    public void Sort_emits_many_tokens_in_pieces()
    {
        var process = new TestProcess("sort", """{"descending":true}""");
        var numbers = Enumerable.Range(0, 600).Select(n => $"{n}").ToArray();
        Assert.Equal(numbers.Reverse(), process.Fire(numbers));
        Assert.Equal(256, process.LargestPiece);
    }

    [Fact]
    public void Distinct_lets_each_value_through_once()
    {
        var process = new TestProcess("distinct", """{"field":"id"}""");
        Assert.Equal(["""{"id":1}"""], process.Fire("""{"id":1}"""));
        Assert.Empty(process.Fire("""{"id":1.0,"other":true}"""));
        Assert.Equal(["""{"id":"1"}"""], process.Fire("""{"id":"1"}"""));
        var text = new string('x', 1_000);
        Assert.Single(process.Fire($$"""{"id":"{{text}}"}"""));
        Assert.Empty(process.Fire($$"""{"id":"{{text}}"}"""));
        Assert.True(process.State.Entries.All(entry => entry.Key.Length < 100));
    }

    [Fact]
    public void Distinct_has_a_limit()
    {
        var process = new TestProcess("distinct", """{"limit":1}""");
        process.Fire("1");
        Assert.Empty(process.Fire("1"));
        Assert.Equal("state_limit", process.Fails("2"));
    }

    [Fact]
    public void Validate_separates_and_says_why()
    {
        var process = new TestProcess("validate", """{"schema":{"type":"object","required":["id"],"properties":{"id":{"type":"integer"}}}}""");
        Assert.Equal(["""{"id":1}"""], process.Fire("""{"id":1}"""));
        Assert.Equal(
            ["""invalid: {"token":{"id":"x"},"errors":[{"path":"/id","keyword":"type","message":"must be of type integer"}]}"""],
            process.Fire("""{"id":"x"}"""));
    }

    [Fact]
    public void Json_is_parsed_and_what_is_none_says_where()
    {
        var process = new TestProcess("json.parse", "{}");
        Assert.Equal(["""{"a":[1,2]}"""], process.Fire("""  "{\"a\":[1,2]}"  """));
        Assert.Equal("not_text", process.Fails("1"));
        var exception = Assert.Throws<ComponentException>(() => process.Fire("\"{\\n \\\"a\\\": }\""));
        Assert.Equal("json_invalid", exception.Code);
        Assert.Contains("line 2", exception.Message, StringComparison.Ordinal);
        Assert.Equal("json_invalid", process.Fails(JsonSerializer.Serialize(new string('[', 100) + new string(']', 100))));
        Assert.Equal("json_invalid", process.Fails("\"\""));
    }

    [Theory]
    [InlineData("a,b\r\n1,2\r\n", """{"a":"1","b":"2"}""")]
    [InlineData("a,b\n\"x,\"\"y\"\"\nz\",2", """{"a":"x,\u0022y\u0022\nz","b":"2"}""")]
    [InlineData("\uFEFFa\n\n\n1\n", """{"a":"1"}""")]
    [InlineData("a,\n1,\"\"", """{"a":"1","column2":""}""")]
    [InlineData("a,b\r1,2\r", """{"a":"1","b":"2"}""")]
    public void Csv_is_read_as_the_standard_says(string text, string row) =>
        Assert.Equal([row], new TestProcess("csv.parse", "{}").Fire(JsonSerializer.Serialize(text)));

    [Theory]
    [InlineData("a,b\n1\n", "Line 2: 1 fields for 2 columns.")]
    [InlineData("a,b\n1,\"x\ny\"\n1,2,3", "Line 4: 3 fields for 2 columns.")]
    [InlineData("a\n\n\"x", "Line 3: the quote that begins here has no end.")]
    [InlineData("a\n\"x\"y", "Line 2: a field goes on after its closing quote.")]
    [InlineData("a\nx\"y", "Line 2: a quote stands inside a field that does not begin with one.")]
    [InlineData("a,a\n1,2", "Line 1: the column 'a' is there twice.")]
    public void Csv_errors_name_the_line(string text, string message)
    {
        var exception = Assert.Throws<ComponentException>(() => new TestProcess("csv.parse", "{}").Fire(JsonSerializer.Serialize(text)));
        Assert.Equal(("csv_invalid", message), (exception.Code, exception.Message));
    }

    [Fact]
    public void Csv_rows_stream_in_pieces_and_a_restart_goes_on_where_it_was()
    {
        var text = JsonSerializer.Serialize("n;t\n" + string.Concat(Enumerable.Range(0, 1_000).Select(n => $"{n};\"line\n{n}\"\n")));
        var process = new TestProcess("csv.parse", """{"separator":";"}""");
        var rows = process.Fire(text);
        Assert.Equal(1_000, rows.Length);
        Assert.Equal("""{"n":"999","t":"line\n999"}""", rows[^1]);
        Assert.Equal(256, process.LargestPiece);
        Assert.Equal(0, process.State.Count);
        Assert.Equal(1_000, process.Fire(text).Length);
    }

    [Fact]
    public void Csv_without_header_gives_lists_and_without_rows_one_list()
    {
        Assert.Equal(["""["a","b"]""", """["1","2"]"""], new TestProcess("csv.parse", """{"header":false}""").Fire("\"a,b\\n1,2\""));
        Assert.Equal(["""[{"a":"1"},{"a":"2"}]"""], new TestProcess("csv.parse", """{"rows":false}""").Fire("\"a\\n1\\n2\""));
    }

    [Theory]
    [InlineData("""{"separator":", "}""", "a, b, , c", """["a","b","","c"]""")]
    [InlineData("""{"separator":", ","trim":true}""", "a, b, , c", """["a","b","c"]""")]
    [InlineData("""{"by":"lines"}""", "a\r\nb\n\nc\n", """["a","b","","c"]""")]
    [InlineData("""{"by":"words"}""", "  one two\nthree ", """["one","two","three"]""")]
    [InlineData("""{"by":"characters"}""", "ae\u0301b", """["a","e\u0301","b"]""")]
    [InlineData("""{"by":"characters","size":3}""", "abcdefgh", """["abc","def","gh"]""")]
    [InlineData("""{"by":"characters","size":3,"overlap":1}""", "abcdefg", """["abc","cde","efg"]""")]
    [InlineData("""{"by":"words","size":7}""", "one two three fourteenletters", """["one two","three","fourtee","nletter","s"]""")]
    [InlineData("""{"by":"words","size":7,"overlap":3}""", "one two six ten", """["one two","two six","six ten"]""")]
    [InlineData("""{"by":"lines"}""", "", "[]")]
    public void Texts_are_cut_as_asked(string props, string text, string pieces)
    {
        var outputs = new TestProcess("text.split", props).Fire(JsonSerializer.Serialize(text));
        Assert.Equal(JsonSerializer.Deserialize<string[]>(pieces), outputs.Select(output => JsonSerializer.Deserialize<string>(output)));
    }

    [Theory]
    [InlineData("template", """{"template":"{{#each a}}"}""", "props.template: ")]
    [InlineData("select", """{"path":"$["}""", "props.path: ")]
    [InlineData("map", """{"fields":{}}""", "props.fields: needs at least one field")]
    [InlineData("map", """{"fields":{"a":"1 +"}}""", "props.fields.a: ")]
    [InlineData("aggregate", """{"field":"1 +"}""", "props.field: ")]
    [InlineData("aggregate", """{"operation":"sum","groupBy":"("}""", "props.groupBy: ")]
    [InlineData("sort", """{"field":"("}""", "props.field: ")]
    [InlineData("distinct", """{"by":"("}""", "props.by: ")]
    [InlineData("validate", "{}", "props.schema: is required")]
    [InlineData("validate", """{"schema":{"properties":{"a":{"type":"text"}}}}""", "props.schema.properties.a.type: must name one or more of")]
    [InlineData("validate", """{"schema":{"$ref":"https://example.com/x"}}""", "props.schema.$ref: 'https://example.com/x' is not in this schema; nothing is fetched (schema_reference_remote)")]
    [InlineData("csv.parse", """{"separator":"\""}""", "props.separator: ")]
    [InlineData("text.split", "{}", "props.separator: is required unless")]
    [InlineData("text.split", """{"by":"characters","size":3,"overlap":3}""", "props.overlap: must be less than size")]
    public void Wrong_properties_are_refused_with_path_and_rule(string id, string props, string message) =>
        Assert.StartsWith(message, TestProcess.Refused(id, props), StringComparison.Ordinal);
}
