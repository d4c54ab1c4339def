using Actors.Domain.Interchange;

namespace Actors.Domain.Tests.Interchange;

public sealed class OrderSequenceTests
{
    [Theory]
    [InlineData(0, "a0")]
    [InlineData(61, "az")]
    [InlineData(62, "b00")]
    [InlineData(62 + 3843, "bzz")]
    [InlineData(62 + 3844, "c000")]
    public void A_key_tells_its_number_of_digits_first(int index, string key) => Assert.Equal(key, OrderSequence.Key(index));

    [Fact]
    public void Keys_stand_in_the_order_of_their_numbers()
    {
        var keys = Enumerable.Range(0, 10_000).Select(OrderSequence.Key).ToArray();
        Assert.Equal(keys.Order(StringComparer.Ordinal), keys);
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }
}
