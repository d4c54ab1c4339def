using Actors.Domain.Lists;
using FsCheck;
using FsCheck.Fluent;

namespace Actors.Domain.Tests.Lists;

public sealed class SortedPagesTests
{
    [Fact]
    public void Pages_are_the_whole_list_once_in_order() =>
        Prop.ForAll(ArbMap.Default.ArbFor<(int[] Keys, byte Size, bool Descending, bool Natural)>(), list =>
            ReadsAll(list.Keys, list.Size, list.Descending, list.Natural)).QuickCheckThrowOnFailure();

    [Fact]
    public void What_comes_or_goes_between_pages_neither_repeats_nor_skips_others()
    {
        var list = new ListRequest(2, Sort: "key", Descending: false);
        var first = SortedPages.Take(["b", "d", "f"], list, item => item, item => item)!;
        var second = SortedPages.Take(["a", "b", "e", "f"], list with { Cursor = first.NextCursor }, item => item, item => item)!;
        Assert.Equal(["e", "f"], second.Items.AsEnumerable());
        Assert.Null(second.NextCursor);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("!")]
    [InlineData("e30")]
    public void A_cursor_that_no_page_gave_is_not_taken(string cursor) =>
        Assert.Null(SortedPages.Take(["a"], new ListRequest(1, cursor), item => item, item => item));

    private static void ReadsAll(int[] keys, byte size, bool descending, bool natural)
    {
        var items = keys.Select((key, index) => (Key: (key % 5).ToString(), Id: $"i{index:D5}")).ToList();
        var list = new ListRequest(1 + (size % 7), Sort: "key", Descending: descending);
        List<(string, string)> read = [];
        do
        {
            var page = SortedPages.Take(items, list, item => item.Id, natural ? null : item => item.Key);
            Assert.NotNull(page);
            Assert.InRange(page.Items.Length, items.Count == 0 ? 0 : 1, list.Limit);
            read.AddRange(page.Items);
            list = list with { Cursor = page.NextCursor };
        }
        while (list.Cursor is not null);

        IEnumerable<(string, string)> expected = natural ? items : items.OrderBy(item => item.Key, StringComparer.Ordinal).ThenBy(item => item.Id, StringComparer.Ordinal);
        Assert.Equal(descending ? expected.Reverse() : expected, read);
    }
}
