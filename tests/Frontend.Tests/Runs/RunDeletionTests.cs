using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Runs;

[Collection(RunningServer.Collection)]
public sealed class RunDeletionTests(RunningServer server)
{
    [Fact]
    public async Task An_editor_deletes_a_run_that_has_ended_and_nobody_finds_it_any_more()
    {
        using var owner = await ApiClient.RegisterAsync(server.Address, "owner");
        using var viewer = await ApiClient.RegisterAsync(server.Address, "viewer");
        using var stranger = await ApiClient.RegisterAsync(server.Address, "stranger");
        var project = await owner.CreateProjectAsync("Tidy");
        await owner.AddMemberAsync(project, viewer, "viewer");
        var design = await owner.CreateProcessAsync(project, [("c", "constant", """{"value":1}"""), ("out", "output", """{"name":"n"}""")], "c>out");
        var (first, second) = (await owner.StartRunAsync(design), await owner.StartRunAsync(design));
        await owner.EndRunAsync(first);
        await owner.EndRunAsync(second);

        (await viewer.SendAsync(HttpMethod.Delete, $"runs/{first}")).Refuses(403, "forbidden");
        (await stranger.SendAsync(HttpMethod.Delete, $"runs/{first}")).Refuses(404, "not_found");
        Assert.Equal(204, (int)(await owner.SendAsync(HttpMethod.Delete, $"runs/{first}")).Status);

        foreach (var path in new[] { "", "/outputs/n", "/events", "/waits" })
            (await owner.GetAsync($"runs/{first}{path}")).Refuses(404, "not_found");
        (await owner.SendAsync(HttpMethod.Delete, $"runs/{first}")).Refuses(404, "not_found");
        foreach (var path in new[] { $"designs/{design}/runs", $"projects/{project}/runs" })
            Assert.Equal([second], (await owner.GetAsync(path)).Expect().GetProperty("items").EnumerateArray().Select(run => run.GetProperty("id").GetString()));
        await owner.EndRunAsync(second);
    }

    [Fact]
    public async Task A_run_that_is_under_way_or_that_another_one_waits_for_is_not_deleted()
    {
        using var owner = await ApiClient.RegisterAsync(server.Address, "owner");
        var project = await owner.CreateProjectAsync("Busy");
        var inner = await owner.CreateProcessAsync(
            project, [("in", "input", """{"name":"input"}"""), ("out", "output", """{"name":"n"}""")], "in>out");
        var outer = await owner.CreateProcessAsync(
            project,
            [("c", "constant", """{"value":1}"""), ("d", "design", $$"""{"designId":"{{inner}}"}"""), ("ask", "approval", """{"question":"Go on?"}"""), ("out", "output", """{"name":"n"}""")],
            "c>d",
            "d>ask",
            "ask>out");
        var run = await owner.StartRunAsync(outer);
        var wait = await owner.WaitOfRunAsync(run);
        var child = (await owner.GetAsync($"designs/{inner}/runs")).Expect().GetProperty("items")[0].GetProperty("id").GetString()!;
        await owner.EndRunAsync(child);

        (await owner.SendAsync(HttpMethod.Delete, $"runs/{run}")).Refuses(409, "run.state");
        (await owner.SendAsync(HttpMethod.Delete, $"runs/{child}")).Refuses(409, "run.state");

        (await owner.AnswerAsync(run, wait, new { approved = true })).Expect();
        await owner.EndRunAsync(run);
        Assert.Equal(204, (int)(await owner.SendAsync(HttpMethod.Delete, $"runs/{child}")).Status);
        Assert.Equal(204, (int)(await owner.SendAsync(HttpMethod.Delete, $"runs/{run}")).Status);
    }
}
