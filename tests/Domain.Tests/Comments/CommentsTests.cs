using System.Collections.Immutable;
using Actors.Domain.Comments;
using Actors.Domain.Designs;
using Actors.Domain.Projects;
using FsCheck.Fluent;

namespace Actors.Domain.Tests.Comments;

public sealed class CommentsTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly CommentLimits Limits = new() { ThreadsPerDesign = 3, CommentsPerThread = 3, CommentsPerDesign = 5, TextLength = 50, MentionsPerComment = 2 };
    private static readonly CommentActor Ann = Actor("usr_ann", ProjectRole.Commenter);
    private static readonly CommentActor Bob = Actor("usr_bob", ProjectRole.Commenter);
    private static readonly CommentActor Owner = Actor("usr_owner", ProjectRole.Owner);
    private static readonly CommentActor Viewer = Actor("usr_viewer", ProjectRole.Viewer);

    [Fact]
    public void A_viewer_only_reads()
    {
        var state = Started();
        foreach (var command in new CommentCommand[]
        {
            new CommentCommand.Start(At, Viewer, "t2", "c9", new CommentAnchor(), "x", []),
            new CommentCommand.Reply(At, Viewer, "t1", "c9", "x", []),
            new CommentCommand.Edit(At, Viewer, "t1", "c1", "x", []),
            new CommentCommand.Delete(At, Viewer, "t1", "c1"),
            new CommentCommand.Resolve(At, Viewer, "t1"),
            new CommentCommand.Reopen(At, Viewer, "t1"),
        })
        {
            Assert.Equal(ErrorCodes.Forbidden, state.Decide(command, Limits).Refusal?.Code);
        }
    }

    [Fact]
    public void A_comment_is_its_authors_and_an_owner_deletes_any()
    {
        var state = Started();
        Assert.Equal(ErrorCodes.Forbidden, state.Decide(new CommentCommand.Edit(At, Owner, "t1", "c1", "x", []), Limits).Refusal?.Code);
        Assert.Equal(ErrorCodes.Forbidden, state.Decide(new CommentCommand.Delete(At, Bob, "t1", "c1"), Limits).Refusal?.Code);
        Assert.Equal("new", After(state, new CommentCommand.Edit(At, Ann, "t1", "c1", "new", [])).Threads["t1"].Comments[0].Text);
        Assert.Empty(After(state, new CommentCommand.Delete(At, Owner, "t1", "c1")).Threads);
    }

    [Fact]
    public void A_deleted_comment_keeps_its_place_until_the_last_one_takes_the_thread_along()
    {
        var state = After(Started(), new CommentCommand.Reply(At, Bob, "t1", "c2", "answer", []));
        state = After(state, new CommentCommand.Delete(At, Ann, "t1", "c1"));
        Assert.Equal((true, ""), (state.Threads["t1"].Comments[0].Deleted, state.Threads["t1"].Comments[0].Text));
        Assert.Equal(ErrorCodes.NotFound, state.Decide(new CommentCommand.Edit(At, Ann, "t1", "c1", "x", []), Limits).Refusal?.Code);
        state = After(state, new CommentCommand.Delete(At, Bob, "t1", "c2"));
        Assert.Empty(state.Threads);
        Assert.Equal(new RemovedThread("t1", state.Version), Assert.Single(state.Removed));
    }

    [Fact]
    public void Mentioned_people_and_participants_are_told_each_once_and_never_the_author()
    {
        var state = After(Started(), new CommentCommand.Reply(At, Bob, "t1", "c2", "answer", ["usr_ann", "usr_bob"]));
        Assert.Equal(["usr_ann"], Assert.Single(state.Notices).To.AsEnumerable());
        Assert.True(state.Notices[0].Mention);

        state = After(state, new CommentCommand.Reply(At, Owner, "t1", "c3", "me too", ["usr_ann"]));
        Assert.Equal(["usr_bob"], state.Notices[^1].To.AsEnumerable());
        state = After(state, new CommentCommand.ConfirmNotices(At, [.. state.Notices.Select(notice => notice.Key)]));
        Assert.Empty(state.Notices);

        state = After(state, new CommentCommand.Edit(At, Owner, "t1", "c3", "me too", ["usr_ann", "usr_bob"]));
        Assert.Equal(["usr_bob"], Assert.Single(state.Notices).To.AsEnumerable());
    }

    [Fact]
    public void A_thread_of_a_node_that_is_gone_says_so_and_where_it_was()
    {
        var state = After(CommentsState.Empty, new CommentCommand.Start(At, Ann, "t1", "c1", new CommentAnchor("n", 1, 2), "x", []));
        var gone = After(state, new CommentCommand.Observe(At, [new NodeSighting("n", false, 5, 6)]));
        Assert.Equal((true, new CommentAnchor("n", 5, 6)), (gone.Threads["t1"].Orphaned, gone.Threads["t1"].Anchor));
        Assert.Null(gone.Decide(new CommentCommand.Observe(At, [new NodeSighting("n", false, 7, 7)]), Limits).Event);
        Assert.False(After(gone, new CommentCommand.Observe(At, [new NodeSighting("n", true, null, null)])).Threads["t1"].Orphaned);
    }

    [Fact]
    public void A_thread_is_settled_once_and_opened_once()
    {
        var settled = After(Started(), new CommentCommand.Resolve(At, Bob, "t1"));
        Assert.Equal("usr_bob", settled.Threads["t1"].Resolved?.By.Id);
        Assert.Null(settled.Decide(new CommentCommand.Resolve(At, Ann, "t1"), Limits).Event);
        Assert.Null(After(settled, new CommentCommand.Reopen(At, Ann, "t1")).Threads["t1"].Resolved);
    }

    [Fact]
    public void A_thread_that_changed_since_it_was_read_is_left_alone()
    {
        var read = Started().Threads["t1"].Version;
        var state = After(Started(), new CommentCommand.Reply(At, Bob, "t1", "c2", "answer", [], read));
        CommentCommand[] late =
        [
            new CommentCommand.Reply(At, Ann, "t1", "c3", "x", [], read),
            new CommentCommand.Edit(At, Ann, "t1", "c1", "x", [], read),
            new CommentCommand.Delete(At, Ann, "t1", "c1", read),
            new CommentCommand.Resolve(At, Ann, "t1", read),
            new CommentCommand.Reopen(At, Ann, "t1", read),
        ];
        Assert.All(late, command => Assert.Equal(ErrorCodes.PreconditionFailed, state.Decide(command, Limits).Refusal?.Code));
        Assert.NotNull(state.Decide(new CommentCommand.Resolve(At, Ann, "t1", state.Threads["t1"].Version), Limits).Event);
    }

    [Theory]
    [InlineData("", ErrorCodes.ValidationFailed)]
    [InlineData("   ", ErrorCodes.ValidationFailed)]
    [InlineData("123456789012345678901234567890123456789012345678901", ErrorCodes.LimitReached)]
    public void A_text_is_refused(string text, string code) =>
        Assert.Equal(code, Started().Decide(new CommentCommand.Reply(At, Ann, "t1", "c9", text, []), Limits).Refusal?.Code);

    [Fact]
    public void Mentions_are_found_in_texts()
    {
        const string id = "usr_01m7wjgdx1whr9ck1z0rt8a2h4";
        Assert.Equal([id, "usr_b"], Mentions.Of($"Hi @[Grace H.]({id}), and @[again]({id}); @[no](usr_x)", ["usr_b", id]).AsEnumerable());
        Assert.Equal("Hi @Grace!", Mentions.ToPlainText($"Hi @[Grace]({id})!"));
    }

    [Fact]
    public void However_it_is_used_limits_hold_and_a_replay_leads_to_the_same()
    {
        var command =
            from kind in Gen.Choose(0, 7)
            from thread in Gen.Choose(1, 5)
            from comment in Gen.Choose(1, 8)
            from who in Gen.Elements(Ann, Bob, Owner, Viewer)
            let t = $"t{thread}"
            let c = $"c{comment}"
            select kind switch
            {
                0 or 1 => new CommentCommand.Start(At, who, t, c, new CommentAnchor($"n{thread}", 0, 0), "x", [who.Author.Id]),
                2 or 3 => new CommentCommand.Reply(At, who, t, c, "y", ["usr_ann"]),
                4 => new CommentCommand.Delete(At, who, t, c),
                5 => new CommentCommand.Resolve(At, who, t),
                6 => new CommentCommand.Observe(At, [new NodeSighting($"n{thread}", comment > 4, 1, 1)]),
                _ => (CommentCommand)new CommentCommand.Edit(At, who, t, c, $"z{comment}", ["usr_bob"]),
            };
        var property = Prop.ForAll(command.ListOf().ToArbitrary(), commands =>
        {
            var state = CommentsState.Empty;
            var events = new List<CommentEvent>();
            foreach (var next in commands)
            {
                // Ids are fresh wherever something new begins.
                var given = next is CommentCommand.Start start && state.Threads.ContainsKey(start.ThreadId) ? start with { ThreadId = $"t{events.Count + 10}" } : next;
                var decision = state.Decide(given, Limits);
                if (decision.Event is not { } @event)
                    continue;

                events.Add(@event);
                state = decision.Next!;
            }

            Assert.Equivalent(CommentsSnapshot.Of(state), CommentsSnapshot.Of(events.Aggregate(CommentsState.Empty, (before, @event) => before.Apply(@event))), strict: true);
            Assert.Equivalent(CommentsSnapshot.Of(state), CommentsSnapshot.Of(CommentsSnapshot.Of(state).ToState()), strict: true);
            return state.Threads.Count <= Limits.ThreadsPerDesign
                && state.Threads.Values.All(thread => thread.Comments.Count <= Limits.CommentsPerThread && thread.Comments.Exists(comment => !comment.Deleted))
                && state.Threads.Values.Sum(thread => thread.Comments.Count) <= Limits.CommentsPerDesign;
        });
        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure, property);
    }

    private static CommentActor Actor(string id, ProjectRole role) => new(new CommentAuthor(id, id, AuthorKind.User), role);

    private static CommentsState Started() => After(CommentsState.Empty, new CommentCommand.Start(At, Ann, "t1", "c1", new CommentAnchor(), "first", []));

    private static CommentsState After(CommentsState state, CommentCommand command)
    {
        var decision = state.Decide(command, Limits);
        Assert.Null(decision.Refusal);
        return decision.Next!;
    }
}
