using Actors.Domain.Designs;
using Actors.Domain.Lists;
using Actors.Domain.Notifications;
using Actors.Grains.Interfaces.Accounts;
using Actors.Grains.Interfaces.Notifications;
using Actors.Grains.Tests.Infrastructure;

namespace Actors.Grains.Tests.Notifications;

public sealed class InboxTests : IAsyncLifetime
{
    private TestSilo _silo = null!;

    private IInboxGrain Inbox => _silo.Grains.GetGrain<IInboxGrain>("usr_1");

    public async Task InitializeAsync() => _silo = await TestSilo.StartAsync(("Notifications:MaximumResume", "5"), ("Notifications:BroadcastPage", "2"));

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task The_same_key_is_delivered_once_even_after_it_was_deleted_and_after_a_restart()
    {
        var first = await DeliverAsync("a");
        Assert.False(first.Repeated);
        Assert.Equal(first with { Repeated = true }, await DeliverAsync("a"));
        Assert.IsType<InboxReply.Done>(await Inbox.Delete(first.Id));
        await _silo.RestartAsync();

        Assert.Equal(first with { Repeated = true }, await DeliverAsync("a"));
        Assert.Equal(0, (await Inbox.GetSummary()).Unread);
        Assert.False((await DeliverAsync("b")).Repeated);
    }

    [Fact]
    public async Task Who_comes_back_is_told_what_was_missed_and_then_what_happens()
    {
        var old = await DeliverAsync("old");
        var position = (await Inbox.GetSummary()).Sequence;
        var missed = await DeliverAsync("missed");
        await Inbox.MarkRead(new ReadMark([old.Id], null));

        await using var watch = Inbox.Watch(position).GetAsyncEnumerator();
        var change = Assert.IsType<InboxFeedItem.Changed>(await watch.NextAsync());
        Assert.Equal((missed.Id, old.Id, 1), (Assert.Single(change.Delivered).Id, Assert.Single(change.Read), change.Unread));

        await Inbox.Delete(old.Id);
        Assert.Equal(old.Id, Assert.Single(Assert.IsType<InboxFeedItem.Changed>(await watch.NextAsync()).Deleted));
    }

    [Fact]
    public async Task Who_missed_too_much_or_comes_from_elsewhere_is_sent_everything()
    {
        for (var i = 0; i < 7; i++)
            await DeliverAsync($"n{i}");

        foreach (long? position in new long?[] { null, 0, 99 })
        {
            await using var watch = Inbox.Watch(position).GetAsyncEnumerator();
            Assert.Equal(7, Assert.IsType<InboxFeedItem.State>(await watch.NextAsync()).Notifications.Length);
        }
    }

    [Fact]
    public async Task A_list_is_filtered_and_read_page_by_page()
    {
        var first = await DeliverAsync("a");
        await DeliverAsync("b");
        await DeliverAsync("c", NotificationKinds.Mention);
        await Inbox.MarkRead(new ReadMark([first.Id], null));

        var page = await ListAsync(new NotificationQuery(new ListRequest(2)));
        Assert.Equal(2, page.Items.Length);
        Assert.Equal(first.Id, Assert.Single((await ListAsync(new NotificationQuery(new ListRequest(2, page.NextCursor)))).Items).Id);
        Assert.Equal(2, (await ListAsync(new NotificationQuery(new ListRequest(9), Unread: true))).Items.Length);
        Assert.Equal(NotificationKinds.Mention, Assert.Single((await ListAsync(new NotificationQuery(new ListRequest(9), Kind: NotificationKinds.Mention))).Items).Kind);
        Assert.IsType<NotificationPageReply.Refused>(await Inbox.List(new NotificationQuery(new ListRequest(2, "nonsense"))));
    }

    [Fact]
    public async Task A_broadcast_reaches_everyone_once_in_pages()
    {
        string[] accounts = [.. Enumerable.Range(0, 5).Select(i => $"usr_{i}")];
        foreach (var account in accounts)
        {
            Assert.IsType<SignInReply.SignedIn>(await _silo.Grains.GetGrain<IAccountDirectoryGrain>(0).Register(new Registration(
                account, $"{account}@example.org", "Ada", "correct Horse 7", new NewSession("ses_1", "family", "token", null))));
        }

        var broadcast = _silo.Grains.GetGrain<IBroadcastGrain>("ntf_1");
        Assert.IsType<BroadcastReply.Started>(await broadcast.Start(new NewBroadcast("News", "Text", null, new NotificationAuthor("usr_0", "Ada", AuthorKind.User))));
        await Wait.UntilAsync(async () => (await broadcast.Get())!.Status == "completed");

        Assert.Equal(5, (await broadcast.Get())!.Reached);
        foreach (var account in accounts)
            Assert.Equal(1, (await _silo.Grains.GetGrain<IInboxGrain>(account).GetSummary()).Unread);
    }

    private async Task<DeliverReply.Delivered> DeliverAsync(string key, string kind = NotificationKinds.System) =>
        Assert.IsType<DeliverReply.Delivered>(await Inbox.Deliver(new NewNotification(key, kind, "Title", "Text")).InTime());

    private async Task<NotificationPageReply.Page> ListAsync(NotificationQuery query) => Assert.IsType<NotificationPageReply.Page>(await Inbox.List(query));
}
