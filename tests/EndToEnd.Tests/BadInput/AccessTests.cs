using System.Net.WebSockets;
using Actors.TestKit.Server;

namespace Actors.EndToEnd.Tests.BadInput;

[Collection(RefusalCollection.Name)]
public sealed class AccessTests(RefusalFixture fixture)
{
    private const string Batch = """{"batchId":"77e1a6c5-5f0f-4f0e-9d0e-6a3a2b1c0d9e","baseRevision":0,"operations":[{"op":"node.set","id":"outer","patch":{"x":1}}]}""";

    private string Operations => $"designs/{fixture.Wireframe}/operations";

    /// <summary>Tokens that are none: garbage, a cut one, one whose signature was made by nobody.</summary>
    public static TheoryData<string> Garbled => ["garbage", "cut", "forged"];

    [Fact]
    public async Task Nobody_gets_in_without_a_token()
    {
        using var visitor = new ApiClient(fixture.Server.Address);

        Problems.Verify(await visitor.GetAsync($"designs/{fixture.Wireframe}"), 401, "unauthenticated");
        Problems.Verify(await visitor.PostTextAsync(Operations, Batch), 401, "unauthenticated");
        await Assert.ThrowsAsync<WebSocketException>(() => visitor.ConnectAsync());
    }

    [Theory]
    [MemberData(nameof(Garbled))]
    public async Task Nobody_gets_in_with_a_garbled_token(string kind)
    {
        var token = fixture.Owner.Token!;
        using var visitor = new ApiClient(fixture.Server.Address, kind switch
        {
            "garbage" => "garbage",
            "cut" => token[..^10],
            _ => token[..token.LastIndexOf('.')] + '.' + new string('A', 43),
        });

        Problems.Verify(await visitor.GetAsync($"designs/{fixture.Wireframe}"), 401, "unauthenticated");
        Problems.Verify(await visitor.PostTextAsync(Operations, Batch), 401, "unauthenticated");
        await Assert.ThrowsAsync<WebSocketException>(() => visitor.ConnectAsync());
    }

    [Fact]
    public async Task A_viewer_reads_and_watches_and_cannot_edit()
    {
        var before = await fixture.StateAsync(fixture.Wireframe);
        await using var hub = await fixture.Viewer.ConnectAsync();

        var rest = await fixture.Viewer.PostTextAsync(Operations, Batch);
        var result = await hub.InvokeJsonAsync("Submit", $"[\"{fixture.Wireframe}\",{Batch}]");
        var frame = await hub.Stream("WatchDesign", fixture.Wireframe, null).NextAsync(Deadlines.Answer);

        Problems.Verify(rest, 403, "forbidden");
        VerifyRefused(result, "forbidden");
        Assert.Equal("snapshot", frame.GetProperty("kind").GetString());
        Assert.Equal(before, (await fixture.Viewer.GetDesignAsync(fixture.Wireframe)).GetRawText());
    }

    [Fact]
    public async Task A_stranger_cannot_read_edit_or_watch()
    {
        var before = await fixture.StateAsync(fixture.Wireframe);
        await using var hub = await fixture.Stranger.ConnectAsync();

        var read = await fixture.Stranger.GetAsync($"designs/{fixture.Wireframe}");
        var edit = await fixture.Stranger.PostTextAsync(Operations, Batch);
        var result = await hub.InvokeJsonAsync("Submit", $"[\"{fixture.Wireframe}\",{Batch}]");
        var frame = await hub.Stream("WatchDesign", fixture.Wireframe, null).NextAsync(Deadlines.Answer);

        // Not even that the design exists is told.
        Problems.Verify(read, 404, "not_found");
        Problems.Verify(edit, 404, "not_found");
        VerifyRefused(result, "not_found");
        Assert.Equal("end", frame.GetProperty("kind").GetString());
        Assert.Equal("not_found", frame.GetProperty("code").GetString());
        Assert.False(frame.GetProperty("retry").GetBoolean());
        Assert.Equal(before, await fixture.StateAsync(fixture.Wireframe));
    }

    private static void VerifyRefused(System.Text.Json.JsonElement result, string code)
    {
        Assert.Equal("refused", result.GetProperty("status").GetString());
        Assert.Equal(code, result.GetProperty("error").GetProperty("code").GetString());
    }
}
