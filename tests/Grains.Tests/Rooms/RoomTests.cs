using System.Collections.Immutable;
using Actors.Domain;
using Actors.Domain.Designs;
using Actors.Grains.Interfaces.Rooms;
using Actors.Grains.Tests.Infrastructure;

namespace Actors.Grains.Tests.Rooms;

/// <summary>Presence, cursors and chat on a clock that the tests move.</summary>
public sealed class RoomTests : IAsyncLifetime
{
    private static readonly Participant Ann = new("acc_ann", "Ann", AuthorKind.User);
    private static readonly Participant Bob = new("acc_bob", "Bob", AuthorKind.User);
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(33);

    private readonly ManualClock _clock = new();
    private TestSilo _silo = null!;

    private IRoomGrain Room => _silo.Grains.GetGrain<IRoomGrain>("prj_1");

    public async Task InitializeAsync() => _silo = await TestSilo.StartAsync(_clock);

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task Entering_and_leaving_are_told_to_those_who_watch()
    {
        await using var watch = await WatchAsync();
        await Room.Enter("c1", Ann);
        await Room.Leave("c1");

        Assert.Equal(new RoomFeedItem.Joined(Ann), await watch.NextAsync());
        Assert.Equal(new RoomFeedItem.Left(Ann.Id), await watch.NextAsync());
    }

    [Fact]
    public async Task Who_comes_later_is_told_who_is_there()
    {
        await Room.Enter("c1", Bob);
        await Room.Enter("c2", Ann);
        await Room.MoveCursor(CursorOf(Ann, 1));
        await Wait.UntilAsync(async () => (await StateAsync()).Cursors.Length == 1);

        Assert.Equal([Ann, Bob], (await StateAsync()).Participants.AsEnumerable());
    }

    [Fact]
    public async Task A_participant_is_present_while_one_of_their_connections_is()
    {
        await using var watch = await WatchAsync();
        await Room.Enter("c1", Ann);
        await Room.Enter("c2", Ann);
        await Room.Leave("c1");
        await Room.Enter("c3", Bob);
        await Room.Leave("c2");

        Assert.Equal(new RoomFeedItem.Joined(Ann), await watch.NextAsync());
        Assert.Equal(new RoomFeedItem.Joined(Bob), await watch.NextAsync());
        Assert.Equal(new RoomFeedItem.Left(Ann.Id), await watch.NextAsync());
        Assert.Equal([Bob], (await StateAsync()).Participants.AsEnumerable());
    }

    [Fact]
    public async Task A_connection_that_becomes_somebody_elses_takes_its_former_owner_along()
    {
        await using var watch = await WatchAsync();
        await Room.Enter("c1", Ann);
        await Room.Enter("c1", Bob);

        Assert.Equal(new RoomFeedItem.Joined(Ann), await watch.NextAsync());
        Assert.Equal(new RoomFeedItem.Left(Ann.Id), await watch.NextAsync());
        Assert.Equal(new RoomFeedItem.Joined(Bob), await watch.NextAsync());
        Assert.Equal([Bob], (await StateAsync()).Participants.AsEnumerable());
    }

    [Fact]
    public async Task A_connection_without_a_sign_of_life_expires_and_one_with_stays()
    {
        await using var watch = await WatchAsync();
        await Room.Enter("c1", Ann);
        await Room.Enter("c2", Bob);
        Assert.Equal(new RoomFeedItem.Joined(Ann), await watch.NextAsync());
        Assert.Equal(new RoomFeedItem.Joined(Bob), await watch.NextAsync());

        // A watcher that asks for nothing for half a minute is dropped.
        var next = watch.NextAsync();
        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(["c3"], (await Room.Renew(["c2", "c3"])).AsEnumerable());

        // The check runs every few seconds of the clock; its timer is armed anew when a tick has ended, which a call waits for.
        for (var second = 0; second < 18; second++)
        {
            await Room.Renew([]);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(new RoomFeedItem.Left(Ann.Id), await next);
        Assert.Equal([Bob], (await StateAsync()).Participants.AsEnumerable());
        Assert.Equal(["c1"], (await Room.Renew(["c1", "c2"])).AsEnumerable());
    }

    [Fact]
    public async Task Cursors_are_told_once_a_frame_and_only_the_newest_of_each_participant()
    {
        await using var watch = await WatchAsync();
        await Room.Enter("c1", Ann);
        await Room.Enter("c2", Bob);
        Assert.IsType<RoomFeedItem.Joined>(await watch.NextAsync());
        Assert.IsType<RoomFeedItem.Joined>(await watch.NextAsync());

        // The first frame goes out at once: the last one is long ago.
        await Room.MoveCursor(CursorOf(Ann, 1));
        await FrameAsync(TimeSpan.Zero);
        Assert.Equal(1, Assert.Single(Assert.IsType<RoomFeedItem.Moved>(await watch.NextAsync()).Cursors).X);

        for (var x = 2; x <= 50; x++)
        {
            await Room.MoveCursor(CursorOf(Ann, x));
        }

        await Room.MoveCursor(CursorOf(Bob, 9));
        await Room.MoveCursor(CursorOf(new Participant("acc_none", "Nobody", AuthorKind.User), 1));
        await Wait.UntilAsync(async () => (await StateAsync()).Cursors is [.., { X: 9 }] cursors && cursors.Any(cursor => cursor.X == 50));
        Assert.Equal(0, _clock.DueWithin(Frame - TimeSpan.FromMilliseconds(1)));
        await FrameAsync(Frame);

        var moved = Assert.IsType<RoomFeedItem.Moved>(await watch.NextAsync()).Cursors;
        Assert.Equal([(Ann.Id, 50), (Bob.Id, 9)], moved.Select(cursor => (cursor.ParticipantId, cursor.X)).Order());

        // Nothing moved, so nothing more was told: the next item is what happens next.
        await Room.Leave("c2");
        Assert.Equal(new RoomFeedItem.Left(Bob.Id), await watch.NextAsync());
    }

    [Fact]
    public async Task What_is_said_is_numbered_and_resumed_by_its_number()
    {
        await using var watch = await WatchAsync();
        for (var i = 1; i <= 5; i++)
        {
            Assert.Equal(i, await SayAsync($"message {i}"));
            Assert.Equal(i, Assert.IsType<RoomFeedItem.Spoken>(await watch.NextAsync()).Message.Sequence);
        }

        Assert.Equal([4, 5], (await StateAsync(after: 3)).Messages.Select(message => message.Sequence));
        Assert.Empty((await StateAsync(after: 5)).Messages);
        Assert.Equal(5, (await StateAsync(after: 99)).Messages.Length);
        Assert.Equal(5, (await StateAsync()).Sequence);
    }

    [Fact]
    public async Task Who_missed_much_is_given_it_from_the_journal_and_a_newcomer_the_newest()
    {
        for (var i = 1; i <= 250; i++)
        {
            await SayAsync($"message {i}");
        }

        Assert.Equal(Enumerable.Range(11, 240).Select(sequence => (long)sequence), (await StateAsync(after: 10)).Messages.Select(message => message.Sequence));
        Assert.Equal(Enumerable.Range(201, 50).Select(sequence => (long)sequence), (await StateAsync()).Messages.Select(message => message.Sequence));
    }

    [Fact]
    public async Task What_was_said_survives_a_restart_and_presence_does_not()
    {
        await Room.Enter("c1", Ann);
        await SayAsync("kept");
        await _silo.RestartAsync();

        var state = await StateAsync();
        Assert.Equal("kept", Assert.Single(state.Messages).Text);
        Assert.Equal(Ann.Name, state.Messages[0].Author.Name);
        Assert.Empty(state.Participants);
        Assert.Equal(["c1"], (await Room.Renew(["c1"])).AsEnumerable());
        Assert.Equal(2, await SayAsync("more"));
    }

    [Theory]
    [InlineData(0, ErrorCodes.ValidationFailed)]
    [InlineData(4_001, ErrorCodes.LimitReached)]
    public async Task What_is_empty_or_too_long_is_refused(int length, string code) =>
        Assert.Equal(code, Assert.IsType<SayResult.Refused>(await Room.Say(Ann, new string('x', length))).Error.Code);

    private static Cursor CursorOf(Participant participant, double x) => new(participant.Id, "dsg_1", x, 0, ImmutableArray<string>.Empty);

    private async Task FrameAsync(TimeSpan after)
    {
        await Wait.UntilAsync(() => _clock.DueWithin(after) > 0);
        _clock.Advance(after);
    }

    private async Task<IAsyncEnumerator<RoomFeedItem>> WatchAsync(long? after = null)
    {
        var watch = Room.Watch(after).GetAsyncEnumerator();
        Assert.IsType<RoomFeedItem.State>(await watch.NextAsync());
        return watch;
    }

    private async Task<RoomFeedItem.State> StateAsync(long? after = null)
    {
        await using var watch = Room.Watch(after).GetAsyncEnumerator();
        return Assert.IsType<RoomFeedItem.State>(await watch.NextAsync());
    }

    private async Task<long> SayAsync(string text) => Assert.IsType<SayResult.Said>(await Room.Say(Ann, text).InTime()).Message.Sequence;
}
