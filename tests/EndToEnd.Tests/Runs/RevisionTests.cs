using System.Text.Json.Nodes;
using Actors.TestKit.Server;

namespace Actors.EndToEnd.Tests.Runs;

/// <summary>Runs of designs that change.</summary>
[Collection(RunServer.Collection)]
public sealed class RevisionTests(RunServer server)
{
    [Fact]
    [Spec("RU-01")]
    public async Task A_run_executes_the_revision_that_it_was_started_with()
    {
        var design = await DesignAsync();
        var older = (await server.Account.GetDesignAsync(design)).GetProperty("revision").GetInt64();
        await SayAsync(design, "new");

        var old = await server.Account.EndOfRunAsync(await server.Account.StartRunAsync(design, new { revision = older }), RunServer.Patience);
        var newest = await server.Account.EndOfRunAsync(await server.Account.StartRunAsync(design), RunServer.Patience);

        Assert.Equal((older, """{"said":["old"]}"""), (old.GetProperty("revision").GetInt64(), old.GetProperty("outputs").GetRawText()));
        Assert.Equal((older + 1, """{"said":["new"]}"""), (newest.GetProperty("revision").GetInt64(), newest.GetProperty("outputs").GetRawText()));
    }

    [Fact]
    [Spec("ED-01", "ED-02")]
    public async Task Editing_a_design_changes_no_run_which_says_that_the_design_has_moved_on()
    {
        var design = await DesignAsync(("ask", "approval", """{"question":"Go on?"}""", null));
        var run = await server.Account.StartRunAsync(design);
        await Eventually.HoldsAsync(
            async () => (await server.Account.GetRunAsync(run)).GetProperty("status").GetString() == "waiting", RunServer.Patience, "the run waits");
        var before = await server.Account.GetRunAsync(run);
        await SayAsync(design, "new");
        (await server.Account.SubmitAsync(design, Guid.NewGuid(), [new JsonObject { ["op"] = "node.remove", ["id"] = "out" }])).Expect();

        var wait = (await server.Account.GetAsync($"runs/{run}/waits")).Expect().GetProperty("items")[0].GetProperty("id").GetString();
        (await server.Account.PostAsync($"runs/{run}/answers/{wait}", new { approved = true })).Expect();
        var last = await server.Account.EndOfRunAsync(run, RunServer.Patience);

        Assert.Equal("""{"said":["old"]}""", last.GetProperty("outputs").GetRawText());
        Assert.Equal(before.GetProperty("revision").GetInt64(), before.GetProperty("designRevision").GetInt64());
        Assert.Equal(before.GetProperty("revision").GetInt64(), last.GetProperty("revision").GetInt64());
        Assert.Equal(last.GetProperty("revision").GetInt64() + 2, last.GetProperty("designRevision").GetInt64());
    }

    private Task<string> DesignAsync(params (string Id, string Type, string Props, string? Execution)[] between)
    {
        var ids = new[] { "c" }.Concat(between.Select(node => node.Id)).Append("out").ToArray();
        return server.Account.CreateProcessAsync(
            [("c", "constant", """{"value":"old"}""", null), .. between, ("out", "output", """{"name":"said"}""", null)],
            [.. ids.Zip(ids.Skip(1), (from, to) => $"{from}>{to}")]);
    }

    private async Task SayAsync(string design, string value) => (await server.Account.SubmitAsync(
        design, Guid.NewGuid(), [new JsonObject { ["op"] = "node.set", ["id"] = "c", ["patch"] = new JsonObject { ["props"] = new JsonObject { ["value"] = value } } }])).Expect();
}
