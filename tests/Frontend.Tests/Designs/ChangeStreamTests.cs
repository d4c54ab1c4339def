using System.Text.Json.Nodes;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Designs;

/// <summary>A design's changes as server-sent events. How they end: <c>EndToEnd.Tests/BadInput/StreamEndTests.cs</c>.</summary>
[Collection(RunningServer.Collection)]
public sealed class ChangeStreamTests(RunningServer server) : IAsyncLifetime
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(20);

    private ApiClient _owner = null!;
    private string _design = "";

    public async Task InitializeAsync()
    {
        _owner = await ApiClient.RegisterAsync(server.Address, "owner");
        _design = await _owner.CreateDesignAsync(await _owner.CreateProjectAsync("Events"), "Events");
    }

    public Task DisposeAsync()
    {
        _owner.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task It_begins_with_the_whole_design_and_follows_what_happens()
    {
        await AddAsync("a");
        using var stream = await OpenAsync();
        var snapshot = (await stream.NextAsync(Within))!;
        Assert.Equal("snapshot", snapshot.Kind);
        Assert.Equal("a", Assert.Single(snapshot.Frame.GetProperty("design").GetProperty("nodes").EnumerateArray()).GetProperty("id").GetString());

        await AddAsync("b");
        await AddAsync("c");
        Assert.Equal([3L, 4L], await RevisionsAsync(stream, 2));
    }

    [Fact]
    public async Task Who_comes_back_with_the_last_id_is_sent_what_was_missed_and_nothing_twice()
    {
        await AddAsync("a");
        string last;
        using (var stream = await OpenAsync())
        {
            await stream.NextAsync(Within);
            await AddAsync("b");
            var change = (await stream.NextAsync(Within))!;
            Assert.Equal("changes", change.Kind);
            last = change.Id;
            Assert.EndsWith(":3", last, StringComparison.Ordinal);
        }

        await AddAsync("c");
        await AddAsync("d");
        using var resumed = await OpenAsync(lastEventId: last);
        Assert.Equal([4L, 5L], await RevisionsAsync(resumed, 2));
    }

    [Fact]
    public async Task It_begins_after_the_revision_that_is_named_and_the_last_id_goes_before_that()
    {
        await AddAsync("a");
        await AddAsync("b");
        await AddAsync("c");
        using var named = await OpenAsync("?after=2");
        Assert.Equal([3L, 4L], await RevisionsAsync(named, 2));

        var epoch = (await _owner.GetDesignAsync(_design)).GetProperty("epoch").GetString();
        using var resumed = await OpenAsync("?after=1", $"{epoch}:3");
        Assert.Equal([4L], await RevisionsAsync(resumed, 1));
    }

    [Fact]
    public async Task A_position_of_another_history_begins_with_the_whole_design()
    {
        await AddAsync("a");
        using var stream = await OpenAsync(lastEventId: "another:1");
        Assert.Equal("snapshot", (await stream.NextAsync(Within))!.Kind);
    }

    [Fact]
    public async Task It_ends_with_the_design()
    {
        using var stream = await OpenAsync();
        await stream.NextAsync(Within);
        Assert.True((await _owner.SendAsync(HttpMethod.Delete, $"designs/{_design}")).IsSuccess);
        Assert.Equal("deleted", (await stream.EndAsync(Within)).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("?after=soon")]
    [InlineData("?operation=node.add")]
    [InlineData("?author=usr_01k9x2m4n6p8r0t2v4x6z8a0b2")]
    public async Task What_a_stream_cannot_do_is_refused(string query)
    {
        var refused = await Assert.ThrowsAsync<ApiException>(() => OpenAsync(query));
        Assert.StartsWith("400 ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("validation_failed", refused.Message, StringComparison.Ordinal);
    }

    private Task<EventStream> OpenAsync(string query = "", string? lastEventId = null) =>
        EventStream.OpenAsync(server.Address, $"designs/{_design}/changes{query}", _owner.Token, lastEventId);

    private async Task AddAsync(string id) => (await _owner.SubmitAsync(
        _design, Guid.NewGuid(), [JsonNode.Parse($$$"""{"op":"node.add","node":{"id":"{{{id}}}","type":"text","x":0,"y":0,"props":{"text":"T"} }}""")])).Expect();

    /// <summary>The revisions of the next changes, however many come in one event.</summary>
    private static async Task<List<long>> RevisionsAsync(EventStream stream, int count)
    {
        var revisions = new List<long>();
        while (revisions.Count < count)
        {
            var next = (await stream.NextAsync(Within))!;
            Assert.Equal("changes", next.Kind);
            revisions.AddRange(next.Frame.GetProperty("changes").EnumerateArray().Select(change => change.GetProperty("revision").GetInt64()));
            if (revisions.Count > 0)
                Assert.EndsWith($":{revisions[^1]}", next.Id, StringComparison.Ordinal);
        }

        return revisions;
    }
}
