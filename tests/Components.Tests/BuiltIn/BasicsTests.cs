using System.Globalization;

namespace Actors.Components.Tests.BuiltIn;

/// <summary>Where tokens come from, how they come together, and where they end.</summary>
public sealed class BasicsTests
{
    [Fact]
    public void Input_emits_the_tokens_of_its_name_alone()
    {
        var inputs = new Dictionary<string, IReadOnlyList<Token>> { ["topic"] = [Token.Of("cats"), Token.Null], ["other"] = [Token.Of(1)] };
        Assert.Equal(["\"cats\"", "null"], new TestProcess("input", """{"name":"topic","default":7}""", inputs).Fire());
    }

    [Fact]
    public void Input_emits_its_default_when_the_run_brings_none()
    {
        Assert.Equal(["""{"a":1}"""], new TestProcess("input", """{"name":"topic","default":{"a":1},"required":true}""").Fire());
        Assert.Empty(new TestProcess("input", """{"name":"topic"}""").Fire());

        // An empty list is brought all the same.
        var empty = new Dictionary<string, IReadOnlyList<Token>> { ["topic"] = [] };
        Assert.Empty(new TestProcess("input", """{"name":"topic","default":1,"required":true}""", empty).Fire());
    }

    [Fact]
    public void A_required_input_that_the_run_does_not_bring_is_refused()
    {
        var exception = Assert.Throws<ComponentException>(() => new TestProcess("input", """{"name":"topic","required":true}"""));
        Assert.Equal(("run_input_missing", false), (exception.Code, exception.Retryable));
        Assert.Contains("'topic'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_input_leaves_in_pieces_and_in_order()
    {
        var tokens = Enumerable.Range(0, 1_000).Select(n => Token.Of(n)).ToArray();
        var process = new TestProcess("input", """{"name":"numbers"}""", new Dictionary<string, IReadOnlyList<Token>> { ["numbers"] = tokens });
        Assert.Equal(tokens.Select((_, n) => n.ToString(CultureInfo.InvariantCulture)), process.Fire());
        Assert.Equal((4, 256), ((int)process.Firings, process.LargestPiece));
    }

    [Theory]
    [InlineData("\"hello\"")]
    [InlineData("null")]
    [InlineData("""[1,{"a":true}]""")]
    public void Constant_emits_its_value_once(string value)
    {
        var process = new TestProcess("constant", $$"""{"value":{{value}}}""");
        Assert.Equal([value], process.Fire());
        Assert.False(process.Last.AsksAgain);
    }

    [Theory]
    [InlineData("""{"to":3}""", "0,1,2,3")]
    [InlineData("""{"from":1,"to":10,"step":4}""", "1,5,9")]
    [InlineData("""{"from":3,"to":1,"step":-1}""", "3,2,1")]
    [InlineData("""{"from":0,"to":0.3,"step":0.1}""", "0,0.1,0.2,0.30000000000000004")]
    [InlineData("""{"from":5,"to":5}""", "5")]
    [InlineData("""{"from":2,"to":1}""", "")]
    [InlineData("""{"from":1,"to":2,"step":-1}""", "")]
    public void Range_counts_from_one_bound_to_the_other(string props, string numbers) =>
        Assert.Equal(numbers, string.Join(',', new TestProcess("range", props).Fire()));

    [Fact]
    public void A_long_range_leaves_in_pieces_and_in_order()
    {
        var process = new TestProcess("range", """{"from":1,"to":200}""");
        Assert.Equal(Enumerable.Range(1, 200).Select(n => n.ToString(CultureInfo.InvariantCulture)), process.Fire());
        Assert.Equal((4, 64), ((int)process.Firings, process.LargestPiece));
    }

    [Theory]
    [InlineData("range", """{"to":1,"step":0}""", "props.step: must not be 0")]
    [InlineData("range", "{}", "props.to: is required")]
    [InlineData("input", "{}", "props.name: is required")]
    [InlineData("output", "{}", "props.name: is required")]
    [InlineData("delay", "{}", "props.milliseconds: is required")]
    [InlineData("zip", """{"fields":["a","b"]}""", "props.fields: 2 names for 1 connections")]
    public void Wrong_properties_are_refused_with_path_and_rule(string id, string props, string message) =>
        Assert.StartsWith(message, TestProcess.Refused(id, props), StringComparison.Ordinal);

    [Fact]
    public void Merge_passes_on_each_token_as_it_is()
    {
        var process = new TestProcess("merge", "{}");
        Assert.Equal(["""{"a":[1]}"""], process.Fire("""{"a":[1]}"""));
        Assert.Equal(["null"], process.Fire("null"));
    }

    [Fact]
    public void Zip_makes_a_list_of_one_token_from_each_connection_or_an_object_of_named_ones()
    {
        Assert.Equal(["""["a",{"b":2},null]"""], new TestProcess("zip", "{}", connections: 3).Fire("\"a\"", """{"b":2}""", "null"));
        Assert.Equal(["""{"name":"a","age":36}"""], new TestProcess("zip", """{"fields":["name","age"]}""", connections: 2).Fire("\"a\"", "36"));
    }

    [Fact]
    public void Collect_makes_one_list_of_all_tokens_an_empty_one_of_none()
    {
        Assert.Equal(["""[1,"b",null]"""], new TestProcess("collect", "{}").Fire("1", "\"b\"", "null"));
        Assert.Equal(["[]"], new TestProcess("collect", "{}").Fire());
    }

    [Fact]
    public void Collect_keeps_the_first_of_more_than_its_limit_and_says_so()
    {
        var process = new TestProcess("collect", """{"limit":2}""");
        Assert.Equal(["[1,2]"], process.Fire("1", "2", "3", "4", "5"));
        Assert.Equal("3 tokens beyond the limit of 2 are left out.", Assert.Single(process.Last.Lines).Message);
        Assert.Equal(["[1,2]"], process.Fire("1", "2"));
        Assert.Empty(process.Last.Lines);
    }

    [Fact]
    public void Delay_passes_on_a_token_after_its_time()
    {
        var process = new TestProcess("delay", """{"milliseconds":1500}""");
        Assert.Equal(["7"], process.Fire("7"));
        Assert.Equal([TimeSpan.FromMilliseconds(1500)], process.Context.Delays);
    }

    [Fact]
    public void Output_makes_its_tokens_an_output_of_the_run_under_its_name()
    {
        var process = new TestProcess("output", """{"name":"result"}""");
        Assert.Empty(process.Fire("""{"a":1}"""));
        var (name, token) = Assert.Single(process.Last.Published);
        Assert.Equal(("result", 1), (name, token.Json.GetProperty("a").GetInt32()));
    }
}
