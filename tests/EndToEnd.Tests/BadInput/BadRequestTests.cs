using System.Text;
using Actors.TestKit.Server;

namespace Actors.EndToEnd.Tests.BadInput;

/// <summary>What is wrong before a batch can be read: JSON, sizes, identifiers, media types.</summary>
[Collection(RefusalCollection.Name)]
public sealed class BadRequestTests(RefusalFixture fixture)
{
    private const string UnusedDesign = "dsg_00000000000000000000000000";

    private const string Batch = """{"batchId":"3f8e8f6e-0a0f-4f59-8f5a-0d3d8d7f5a11","baseRevision":0,"operations":[{"op":"node.set","id":"outer","patch":{"x":1}}]}""";

    private string Operations => $"designs/{fixture.Wireframe}/operations";

    [Theory]
    [InlineData("{\"batchId\":", "malformed_json")]
    [InlineData("not json at all", "malformed_json")]
    [InlineData("{\"batchId\":1}{}", "malformed_json")]
    [InlineData("", "malformed_json")]
    public async Task Malformed_json_is_refused_over_rest(string body, string code)
    {
        var before = await fixture.StateAsync(fixture.Wireframe);

        Problems.Verify(await fixture.Owner.PostTextAsync(Operations, body), 400, code);

        Assert.Equal(before, await fixture.StateAsync(fixture.Wireframe));
    }

    [Fact]
    public async Task Json_that_is_too_deep_is_refused_over_rest() =>
        Problems.Verify(await fixture.Owner.PostTextAsync(Operations, BadBatches.Nested(10_000)), 400, "json_too_deep");

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_over_rest()
    {
        var body = Batch.Replace("outer", new string('x', 2 << 20), StringComparison.Ordinal);

        Problems.Verify(await fixture.Owner.PostTextAsync(Operations, body), 413, "body_too_large");
    }

    [Fact]
    public async Task A_body_that_is_no_json_by_its_type_is_refused() =>
        Problems.Verify(await fixture.Owner.PostTextAsync(Operations, Batch, "text/plain"), 415, "unsupported_media_type");

    [Theory]
    [InlineData("designs/prj_00000000000000000000000000/operations", Batch)]
    [InlineData("designs/17/operations", Batch)]
    [InlineData("projects/dsg_00000000000000000000000000/designs", """{"name":"Misplaced","kind":"wireframe"}""")]
    public async Task An_identifier_of_the_wrong_kind_is_refused(string path, string body) =>
        Problems.Verify(await fixture.Owner.PostTextAsync(path, body), 400, "identifier_invalid");

    [Fact]
    public async Task A_design_that_does_not_exist_is_not_found()
    {
        Problems.Verify(await fixture.Owner.GetAsync($"designs/{UnusedDesign}"), 404, "not_found");
        Problems.Verify(await fixture.Owner.PostTextAsync($"designs/{UnusedDesign}/operations", Batch), 404, "not_found");
    }

    [Fact]
    public async Task Unknown_fields_of_a_resource_are_refused() =>
        Problems.Verify(await fixture.Owner.PostAsync("projects", new { name = "Typo", descripton = "misspelt" }), 400, "validation_failed");

    [Theory]
    [InlineData("prj_00000000000000000000000000", "identifier_invalid")]
    [InlineData("17", "identifier_invalid")]
    [InlineData(UnusedDesign, "not_found")]
    public async Task A_wrong_design_is_refused_over_the_hub(string designId, string code)
    {
        var result = await fixture.Hub.InvokeJsonAsync("Submit", $"[\"{designId}\",{Batch}]");
        var frame = await fixture.Hub.Stream("WatchDesign", designId, null).NextAsync(Deadlines.Answer);

        Assert.Equal("refused", result.GetProperty("status").GetString());
        Assert.Equal(code, result.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("end", frame.GetProperty("kind").GetString());
        Assert.Equal(code, frame.GetProperty("code").GetString());
        Assert.False(frame.GetProperty("retry").GetBoolean());
    }

    [Theory]
    [InlineData("{\"type\":1,\"invocationId\":\"1\",\"target\":\"Submit\",\"arguments\":[\u001e")]
    [InlineData("not json at all\u001e")]
    public async Task Malformed_records_end_only_the_connection_that_sent_them(string record)
    {
        var before = await fixture.StateAsync(fixture.Wireframe);
        await using var broken = await fixture.Owner.ConnectAsync();

        broken.SendRaw(Encoding.UTF8.GetBytes(record));

        await broken.Closed.WaitAsync(Deadlines.Answer);
        Assert.False(fixture.Hub.Closed.IsCompleted);
        Assert.Equal(before, await fixture.StateAsync(fixture.Wireframe));
    }

    [Fact]
    public async Task A_message_beyond_the_receiving_limit_ends_only_the_connection_that_sent_it()
    {
        await using var broken = await fixture.Owner.ConnectAsync();
        var batch = Batch.Replace("outer", new string('x', 300 * 1024), StringComparison.Ordinal);

        var call = broken.InvokeJsonAsync("Submit", $"[\"{fixture.Wireframe}\",{batch}]");

        await Assert.ThrowsAsync<HubException>(() => call.WaitAsync(Deadlines.Answer));
        await broken.Closed.WaitAsync(Deadlines.Answer);
        Assert.False(fixture.Hub.Closed.IsCompleted);
    }

    [Fact]
    public async Task Arguments_that_are_too_deep_change_nothing_over_the_hub()
    {
        var before = await fixture.StateAsync(fixture.Wireframe);
        await using var broken = await fixture.Owner.ConnectAsync();

        var call = broken.InvokeJsonAsync("Submit", $"[\"{fixture.Wireframe}\",{BadBatches.Nested(1_000)}]");

        // SignalR itself gives up on what it cannot parse; whether it answers or hangs up is its own affair.
        await Assert.ThrowsAsync<HubException>(() => call.WaitAsync(Deadlines.Answer));
        Assert.Equal(before, await fixture.StateAsync(fixture.Wireframe));
    }
}
