using Actors.Domain.Designs;
using FsCheck;
using FsCheck.Fluent;

namespace Actors.Domain.Tests.Designs;

public sealed class OrderKeyTests
{
    [Theory]
    [InlineData("a0", true)]
    [InlineData("a0V", true)]
    [InlineData("b00", true)]
    [InlineData("Zz", true)]
    [InlineData("", false)]
    [InlineData("a", false)]
    [InlineData("b0", false)]
    [InlineData("a0V0", false)]
    [InlineData("a-", false)]
    [InlineData("00", false)]
    [InlineData("A00000000000000000000000000", false)]
    public void Keys_are_told_from_other_strings(string key, bool valid) => Assert.Equal(valid, OrderKey.IsValid(key));

    [Theory]
    [InlineData(null, null, "a0")]
    [InlineData("a0", null, "a1")]
    [InlineData("az", null, "b00")]
    [InlineData(null, "a0", "Zz")]
    [InlineData(null, "Z0", "Yzz")]
    [InlineData("Zz", "a1", "a0")]
    [InlineData("a0", "a1", "a0V")]
    [InlineData("a0V", "a1", "a0k")]
    [InlineData(null, "b00", "az")]
    public void A_key_between_is_as_expected(string? a, string? b, string key) => Assert.Equal(key, OrderKey.Between(a, b));

    [Fact]
    public void Any_insertions_keep_keys_valid_and_in_order() =>
        Prop.ForAll(ArbMap.Default.ArbFor<List<byte>>(), places =>
        {
            var keys = new List<string>();
            foreach (var place in places)
            {
                var at = place % (keys.Count + 1);
                keys.Insert(at, OrderKey.Between(at > 0 ? keys[at - 1] : null, at < keys.Count ? keys[at] : null));
            }

            Assert.All(keys, key => Assert.True(OrderKey.IsValid(key)));
            Assert.Equal(keys.Distinct().Order(StringComparer.Ordinal), keys);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Sequences_lie_in_order_between_their_bounds()
    {
        foreach (var (a, b) in new (string?, string?)[] { (null, null), ("a0", null), (null, "a0"), ("a0", "a1"), ("a0", "a0V"), ("Zz", "c000") })
        {
            var keys = OrderKey.Sequence(a, b, 500);
            Assert.Equal(keys.Distinct().Order(StringComparer.Ordinal), keys);
            Assert.All(keys, key => Assert.True(OrderKey.IsValid(key) && string.CompareOrdinal(a, key) < 0 && (b is null || string.CompareOrdinal(key, b) < 0)));
        }
    }

    [Fact]
    public void Appending_and_prepending_stay_short()
    {
        Assert.True(OrderKey.Sequence(null, null, 100_000)[^1].Length <= 4);
        Assert.True(OrderKey.Sequence(null, "a0", 100_000)[0].Length <= 4);
    }

    [Fact]
    public void There_is_always_room_at_both_ends()
    {
        var low = "A" + new string('0', 25) + "1";
        var high = "z" + new string('z', 26);
        for (var i = 0; i < 50; i++)
        {
            (low, high) = (OrderKey.Between(null, low), OrderKey.Between(high, null));
            Assert.True(OrderKey.IsValid(low) && OrderKey.IsValid(high));
        }
    }

    [Fact]
    public void Bounds_that_make_no_sense_are_an_error()
    {
        Assert.Throws<ArgumentException>(() => OrderKey.Between("a1", "a0"));
        Assert.Throws<ArgumentException>(() => OrderKey.Between("a0", "a0"));
        Assert.Throws<ArgumentException>(() => OrderKey.Between("x", null));
    }
}
