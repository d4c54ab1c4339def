using System.Text;
using System.Text.Json;
using Actors.Domain.Execution;

namespace Actors.Domain.Tests.Execution;

public sealed class TokenTests
{
    [Theory]
    [InlineData("{\"a\":[1,2,{\"b\":null}]}", true)]
    [InlineData(" 3 ", true)]
    [InlineData("\"\\u00e4\"", true)]
    [InlineData("\"\\ud800\"", false)]
    [InlineData("{} {}", false)]
    [InlineData("{", false)]
    [InlineData("", false)]
    public void A_token_is_exactly_one_readable_value(string text, bool valid) =>
        Assert.Equal(valid, Token.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void A_value_that_is_nested_too_deep_is_no_token()
    {
        Assert.True(Token.TryParse(Nested(Token.MaximumDepth), out _));
        Assert.False(Token.TryParse(Nested(Token.MaximumDepth + 1), out _));
    }

    [Fact]
    public void Numbers_are_written_as_JSON_has_them()
    {
        Assert.Equal("3", Token.Of(3.0).ToString());
        Assert.Equal("0.1", Token.Of(0.1).ToString());
        Assert.Equal("-9223372036854775808", Token.Of(long.MinValue).ToString());
        Assert.Same(Token.Null, Token.Of(double.NaN));
    }

    [Fact]
    public void A_list_holds_its_tokens_in_order()
    {
        Assert.Equal("[1,\"x\",null]", Token.List([Token.Of(1L), Token.Of("x"), Token.Null]).ToString());
        Assert.Equal("[]", Token.List([]).ToString());
    }

    [Fact]
    [Spec("LV-03")]
    public void A_preview_is_short_and_breaks_no_character()
    {
        var token = Token.Of(new string('ä', 500));

        var preview = token.Preview();

        Assert.InRange(Encoding.UTF8.GetByteCount(preview), 250, 256);
        Assert.EndsWith("…", preview, StringComparison.Ordinal);
        Assert.Equal("1", Token.Of(1L).Preview());
    }

    [Fact]
    public void A_token_is_its_value_in_messages()
    {
        var json = JsonSerializer.Serialize(new[] { Token.Of("x"), Token.Null, Token.Of(2L) });

        Assert.Equal("[\"x\",null,2]", json);
        Assert.Equal([Token.Of("x"), Token.Null, Token.Of(2L)], JsonSerializer.Deserialize<Token[]>(json)!);
    }

    private static byte[] Nested(int depth) => Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth));
}
