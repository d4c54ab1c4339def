using Actors.Domain.Notifications;
using FsCheck.Fluent;

namespace Actors.Domain.Tests.Notifications;

public sealed class InboxTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly InboxRules Rules = new(3, TimeSpan.FromDays(30));

    [Fact]
    public void A_full_inbox_drops_what_was_read_before_what_was_not()
    {
        var full = Delivered(Delivered(Delivered(InboxState.Empty, "a"), "b"), "c");
        var read = After(full, new InboxCommand.MarkRead(At, ["b"]));
        Assert.Equal(["a", "c", "d"], Ids(Delivered(read, "d")));
        Assert.Equal(["b", "c", "d"], Ids(Delivered(full, "d")));
    }

    [Fact]
    public void Unread_ones_that_had_to_go_are_counted_until_everything_is_read()
    {
        var full = Delivered(Delivered(Delivered(InboxState.Empty, "a"), "b"), "c");
        Assert.Equal(0, full.Dropped);
        var over = Delivered(Delivered(full, "d"), "e");
        Assert.Equal(2, over.Dropped);
        Assert.Equal(2, Delivered(After(over, new InboxCommand.MarkRead(At, ["c"])), "f").Dropped);
        Assert.Equal(0, After(over, new InboxCommand.MarkReadThrough(At, over.Sequence)).Dropped);
    }

    [Fact]
    public void What_was_read_long_ago_goes_when_the_next_one_comes()
    {
        var read = After(Delivered(Delivered(InboxState.Empty, "a"), "b"), new InboxCommand.MarkRead(At, ["a"]));
        Assert.Equal(["a", "b", "c"], Ids(Delivered(read, "c", At + TimeSpan.FromDays(29))));
        Assert.Equal(["b", "c"], Ids(Delivered(read, "c", At + TimeSpan.FromDays(30))));
    }

    [Fact]
    public void Marking_up_to_a_sequence_leaves_what_came_later()
    {
        var inbox = Delivered(Delivered(InboxState.Empty, "a"), "b");
        var marked = After(inbox, new InboxCommand.MarkReadThrough(At, inbox.Notifications[0].Sequence));
        Assert.Equal(1, marked.CountUnread());
        Assert.Null(marked.Decide(new InboxCommand.MarkReadThrough(At, 1)).Event);
        Assert.Null(marked.Decide(new InboxCommand.MarkRead(At, ["a", "unknown"])).Event);
    }

    [Fact]
    public void What_is_not_there_cannot_be_deleted() =>
        Assert.Equal(ErrorCodes.NotFound, InboxState.Empty.Decide(new InboxCommand.Delete(At, "a")).Refusal?.Code);

    [Fact]
    public void Long_texts_are_cut_between_characters()
    {
        var text = new string('x', InboxState.MaximumTextLength - 2) + "😀😀";
        var kept = After(InboxState.Empty, new InboxCommand.Deliver(At, "a", Something with { Text = text, Title = new string('t', 500) }, Rules)).Notifications[0];
        Assert.Equal(InboxState.MaximumTitleLength, kept.Title.Length);
        Assert.Equal(new string('x', InboxState.MaximumTextLength - 2) + "…", kept.Text);
    }

    [Theory]
    [InlineData("", "system", "t")]
    [InlineData("k", "nonsense", "t")]
    [InlineData("k", "system", "  ")]
    public void What_says_nothing_is_refused(string key, string kind, string title) =>
        Assert.Equal(ErrorCodes.ValidationFailed, InboxState.Empty.Decide(new InboxCommand.Deliver(At, "a", new NewNotification(key, kind, title, ""), Rules)).Refusal?.Code);

    [Fact]
    public void However_it_is_used_an_inbox_keeps_its_limit_its_order_and_its_decisions()
    {
        var command =
            from kind in Gen.Choose(0, 5)
            from number in Gen.Choose(0, 12)
            from day in Gen.Choose(0, 60)
            let at = At + TimeSpan.FromDays(day)
            select kind switch
            {
                0 => new InboxCommand.MarkRead(at, [$"n{number}", $"n{number + 1}"]),
                1 => new InboxCommand.MarkReadThrough(at, number),
                2 => new InboxCommand.Delete(at, $"n{number}"),
                _ => (InboxCommand)new InboxCommand.Deliver(at, "", Something, Rules),
            };
        var property = Prop.ForAll(command.ListOf().ToArbitrary(), commands =>
        {
            var inbox = InboxState.Empty;
            var number = 0;
            foreach (var next in commands)
            {
                var decision = inbox.Decide(next is InboxCommand.Deliver deliver ? deliver with { Id = $"n{number++}" } : next);
                if (decision.Event is { } @event)
                {
                    Assert.Equivalent(inbox.Apply(@event), decision.Next, strict: true);
                    inbox = decision.Next!;
                }

                if (inbox.Notifications.Count > Rules.MaximumKept || !inbox.Notifications.Select(kept => kept.Sequence).SequenceEqual(inbox.Notifications.Select(kept => kept.Sequence).Order().Distinct()))
                    return false;
            }

            return true;
        });
        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure, property);
    }

    [Fact]
    public void A_broadcast_is_complete_after_its_last_page()
    {
        var by = new NotificationAuthor("usr_a", "Ada", Actors.Domain.Designs.AuthorKind.User);
        var started = BroadcastState.None.Decide(new BroadcastCommand.Start(At, "ntf_1", " News ", "", null, by)).Next!;
        var half = started.Decide(new BroadcastCommand.Advance(At, "more", 100)).Next!;
        var done = half.Decide(new BroadcastCommand.Advance(At, null, 7)).Next!;
        Assert.Equal(("News", 107, false, true), (started.Title, done.Reached, half.Completed, done.Completed));
        Assert.Null(done.Decide(new BroadcastCommand.Advance(At, null, 7)).Event);
        Assert.Null(done.Decide(new BroadcastCommand.Start(At, "ntf_1", "Again", "", null, by)).Event);
    }

    private static NewNotification Something => new("key", NotificationKinds.System, "Title", "Text");

    private static IEnumerable<string> Ids(InboxState inbox) => inbox.Notifications.Select(kept => kept.Id);

    private static InboxState Delivered(InboxState inbox, string id, DateTimeOffset? at = null) => After(inbox, new InboxCommand.Deliver(at ?? At, id, Something, Rules));

    private static InboxState After(InboxState inbox, InboxCommand command) => inbox.Decide(command).Next!;
}
