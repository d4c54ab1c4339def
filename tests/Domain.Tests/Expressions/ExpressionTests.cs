using System.Collections.Immutable;
using System.Text.Json;
using Actors.Domain.Expressions;
using FsCheck;
using FsCheck.Fluent;

namespace Actors.Domain.Tests.Expressions;

public sealed class ExpressionTests
{
    private const string Order = """
        {
          "id": 7, "customer": "Ada", "total": "12.50", "paid": true, "note": null, "big": 12345678901234567890123,
          "lines": [
            {"sku": "a", "price": 0.1, "count": 2}, {"sku": "b", "price": 0.2, "count": 1}, {"sku": "c", "price": 10, "count": 3, "gift": true}
          ],
          "address": {"city": "Turin", "zip code": "10121"}
        }
        """;

    [Theory]
    [InlineData("id", "7")]
    [InlineData("$.id", "7")]
    [InlineData("$", null)]
    [InlineData("address.city", "\"Turin\"")]
    [InlineData("$['address']['zip code']", "\"10121\"")]
    [InlineData("lines[0].sku", "\"a\"")]
    [InlineData("lines[-1].sku", "\"c\"")]
    [InlineData("lines[9].sku", "null")]
    [InlineData("nothing.at.all", "null")]
    [InlineData("lines[*].sku", """["a","b","c"]""")]
    [InlineData("lines[0:2].sku", """["a","b"]""")]
    [InlineData("lines[::-1].sku", """["c","b","a"]""")]
    [InlineData("lines[::2].sku", """["a","c"]""")]
    [InlineData("lines[0,2].sku", """["a","c"]""")]
    [InlineData("$..sku", """["a","b","c"]""")]
    [InlineData("lines[?@.price < 1].sku", """["a","b"]""")]
    [InlineData("lines[?@.gift].sku", """["c"]""")]
    [InlineData("lines[?@.count == $.lines[1].count].sku", """["b"]""")]
    [InlineData("lines[?not @.gift and @.count > 1].sku", """["a"]""")]
    [InlineData("note", "null")]
    public void Paths_lead_where_RFC_9535_says(string text, string? expected) =>
        Assert.Equal(expected ?? JsonSerializer.Serialize(JsonDocument.Parse(Order).RootElement), Json(text));

    [Theory]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("(1 + 2) * 3", "9")]
    [InlineData("-2 - -3", "1")]
    [InlineData("7 % 4", "3")]
    [InlineData("0.1 + 0.2", "0.3")]
    [InlineData("1 / 3 * 3 > 0.99", "true")]
    [InlineData("1 / 0", "null")]
    [InlineData("5 % 0", "null")]
    [InlineData("1 + note", "null")]
    [InlineData("total * 2", "25")]
    [InlineData("total + 2", "\"12.502\"")]
    [InlineData("number(total) + 2", "14.5")]
    [InlineData("'#' + id", "\"#7\"")]
    [InlineData("big + 1", "12345678901234567890124")]
    [InlineData("1e300 * 1e300", "null")]
    [InlineData("1e20 * 1e20", "1E+40")]
    [InlineData("sum(lines[*].price)", "10.3")]
    [InlineData("avg([1, 2])", "1.5")]
    [InlineData("avg([])", "null")]
    [InlineData("sum([])", "0")]
    [InlineData("sum(['x'])", "null")]
    [InlineData("max(lines[*].count)", "3")]
    [InlineData("min(4, 2, 8)", "2")]
    [InlineData("round(2.5)", "3")]
    [InlineData("round(2.345, 2)", "2.35")]
    [InlineData("floor(-1.5)", "-2")]
    [InlineData("ceil(1.2)", "2")]
    [InlineData("abs(-3)", "3")]
    public void Numbers_are_exact_where_they_can_be_and_null_where_they_make_no_sense(string text, string expected) => Assert.Equal(expected, Json(text));

    [Theory]
    [InlineData("id == 7", true)]
    [InlineData("id == 7.0", true)]
    [InlineData("total == 12.5", true)]
    [InlineData("total > 9", true)]
    [InlineData("'b' > 'a'", true)]
    [InlineData("'10' > '9'", false)]
    [InlineData("customer > 5", false)]
    [InlineData("customer <= 5", false)]
    [InlineData("note == null", true)]
    [InlineData("missing == null", true)]
    [InlineData("note < 1", false)]
    [InlineData("customer == 'Ada' and paid", true)]
    [InlineData("customer == \"Bob\" || paid", true)]
    [InlineData("!paid", false)]
    [InlineData("not (id in [1, 2])", true)]
    [InlineData("id in [1, 7]", true)]
    [InlineData("'city' in address", true)]
    [InlineData("'da' in customer", true)]
    [InlineData("lines[*].count == [2, 1, 3]", true)]
    [InlineData("lines[0] == lines[0]", true)]
    [InlineData("lines[0] != lines[1]", true)]
    [InlineData("[] or '' or 0", false)]
    [InlineData("address", true)]
    public void Comparisons_and_logic_hold_as_documented(string text, bool expected) =>
        Assert.Equal(expected, Parse(text).IsTrue(JsonDocument.Parse(Order).RootElement));

    [Theory]
    [InlineData("paid ? 'yes' : 'no'", "\"yes\"")]
    [InlineData("note ?? customer", "\"Ada\"")]
    [InlineData("note ?? missing ?? 1", "1")]
    [InlineData("coalesce(note, missing, 'x')", "\"x\"")]
    [InlineData("upper(customer) + lower('X')", "\"ADAx\"")]
    [InlineData("trim('  a ')", "\"a\"")]
    [InlineData("substring('collaboration', 3, 5)", "\"labor\"")]
    [InlineData("substring('abc', -2)", "\"bc\"")]
    [InlineData("substring('abc', 9, 9)", "\"\"")]
    [InlineData("replace('a-b-c', '-', '+')", "\"a\\u002Bb\\u002Bc\"")]
    [InlineData("split('a,b', ',')", """["a","b"]""")]
    [InlineData("join(lines[*].sku, ', ')", "\"a, b, c\"")]
    [InlineData("matches(customer, '^A.a$')", "true")]
    [InlineData("matches(customer, '(')", "false")]
    [InlineData("startsWith(customer, 'A') and endsWith(customer, 'a')", "true")]
    [InlineData("indexOf('abc', 'c')", "2")]
    [InlineData("length(customer) + length(lines) + length(address)", "8")]
    [InlineData("keys(address)", """["city","zip code"]""")]
    [InlineData("values(address)", """["Turin","10121"]""")]
    [InlineData("has(address, 'city') and not has(address, 'town')", "true")]
    [InlineData("first(lines).sku == 'a'", null)]
    [InlineData("last(lines[*].sku)", "\"c\"")]
    [InlineData("slice([1, 2, 3], 1)", "[2,3]")]
    [InlineData("distinct([1, 1.0, 2])", "[1,2]")]
    [InlineData("type(lines) + type(address) + type(id)", "\"listobjectnumber\"")]
    [InlineData("'it\\'s \\u0041'", "\"it\\u0027s A\"")]
    public void Functions_give_what_their_summaries_say(string text, string? expected)
    {
        if (expected is null)
            Assert.False(Expression.TryParse(text, out _, out _));
        else
            Assert.Equal(expected, Json(text));
    }

    [Fact]
    public void Variables_stand_before_members_of_the_input()
    {
        Assert.True(Expression.TryParse("id + index", ["index"], out var expression, out _));
        Assert.True(expression.TryEvaluate(new ExpressionScope(JsonDocument.Parse("""{"id": 1, "index": 100}""").RootElement, [ExpressionValue.Of(2m)]), out var value));
        Assert.Equal("3", value.ToText());
    }

    [Theory]
    [InlineData("", 0, "ends where a value is expected")]
    [InlineData("1 +", 3, "ends where a value is expected")]
    [InlineData("1 2", 2, "'2' is not expected here")]
    [InlineData("(1", 2, "')' is missing")]
    [InlineData("$.a[", 4, "does not end")]
    [InlineData("$.", 2, "member's name")]
    [InlineData("a < b < c", 7, "do not chain")]
    [InlineData("evil()", 4, "no function 'evil'")]
    [InlineData("lower()", 5, "lower(text) does not take 0 arguments")]
    [InlineData("'open", 0, "no closing quote")]
    [InlineData("1.2.3", 0, "is not a number")]
    [InlineData("a[99999999999]", 2, "is not an index")]
    [InlineData("a = 1", 2, "'=' is not expected here")]
    public void A_text_that_is_no_expression_says_where_and_why(string text, int position, string message)
    {
        Assert.False(Expression.TryParse(text, out _, out var error));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(position, error.Position);
    }

    [Fact]
    public void Length_and_depth_are_limited()
    {
        Assert.False(Expression.TryParse(new string(' ', ExpressionLimits.Length) + "1", out _, out var tooLong));
        Assert.Contains("4096", tooLong.Message, StringComparison.Ordinal);
        foreach (var open in new[] { "(", "[", "-", "!", "lower(", "$[?" })
        {
            Assert.False(Expression.TryParse(string.Concat(Enumerable.Repeat(open, 100)), out _, out var tooDeep));
            Assert.Contains("deeper than 64", tooDeep.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("$..[?$..[?$..[?@ == 1]]]")]
    [InlineData("replace(replace(replace($.text, 'a', $.text), 'a', $.text), 'a', $.text)")]
    [InlineData("length(distinct($.many)) > 0")]
    public void An_evaluation_that_would_cost_too_much_ends(string text)
    {
        var many = string.Join(',', Enumerable.Range(0, 3_000));
        var input = JsonDocument.Parse($$"""{"many": [{{many}}], "text": "{{new string('a', 1_000)}}"}""").RootElement;
        Assert.False(Parse(text).TryEvaluate(new ExpressionScope(input), out _));
        Assert.False(Parse(text).IsTrue(input));
    }

    [Fact]
    public void Any_text_is_read_without_an_exception_and_any_expression_gives_a_value_for_any_input()
    {
        var words = Gen.Elements(
            "$", "@", ".", "..", "[", "]", "(", ")", "?", ":", "*", ",", "'a'", "\"", "\\", "1", "-2", "1e400", "a", "b", "null", "true", "and", "or", "not", "in",
            "==", "<", "+", "-", "/", "%", "??", "lower(", "sum(", "join(", "slice(", "round(", "keys(", "substring(", "{", "é", "\ud83d", " ");
        var texts = Gen.Choose(1, 7).SelectMany(count => words.ListOf(count)).Select(parts => string.Concat(parts));
        var inputs = Gen.Elements("null", "1", "\"a\"", "[]", "{}", """{"a":{"b":[1,"x",null]}}""", """[[1],[2,[3]]]""", """{"a":1e300,"b":"7"}""")
            .Select(json => JsonDocument.Parse(json).RootElement);
        var parsed = 0;
        Prop.ForAll(texts.ToArbitrary(), inputs.ToArbitrary(), (text, input) =>
        {
            if (!Expression.TryParse(text, out var expression, out var error))
                return error.Position >= 0 && error.Position <= text.Length;

            parsed++;
            expression.TryEvaluate(new ExpressionScope(input), out var value);
            _ = JsonDocument.Parse(Write(value));
            return value.ToText() is not null;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
        Assert.True(parsed > 500, $"only {parsed} of the texts were expressions");
    }

    [Fact]
    public void Every_function_is_documented()
    {
        var names = ExpressionFunctions.All.Select(function => function.Name).ToImmutableArray();
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.All(ExpressionFunctions.All, function =>
        {
            Assert.StartsWith(function.Name + "(", function.Signature, StringComparison.Ordinal);
            Assert.EndsWith(".", function.Summary, StringComparison.Ordinal);
            Assert.Contains($"| `{function.Signature}` | {function.Summary} |", Documentation, StringComparison.Ordinal);
        });
    }

    private static string Documentation { get; } = ReadDocumentation();

    private static string ReadDocumentation()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "docs", "expressions.md")))
            folder = folder.Parent;

        return File.ReadAllText(Path.Combine(folder?.FullName ?? throw new FileNotFoundException("docs/expressions.md"), "docs", "expressions.md"));
    }

    private static Expression Parse(string text)
    {
        Assert.True(Expression.TryParse(text, out var expression, out var error), error?.ToString());
        return expression;
    }

    private static string Json(string text)
    {
        Assert.True(Parse(text).TryEvaluate(new ExpressionScope(JsonDocument.Parse(Order).RootElement), out var value));
        return Write(value);
    }

    private static string Write(ExpressionValue value)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            value.WriteTo(writer);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
