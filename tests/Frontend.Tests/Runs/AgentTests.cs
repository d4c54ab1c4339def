using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Runs;

[Collection(RunningServer.Collection)]
public sealed class AgentTests(RunningServer server)
{
    [Fact]
    [Spec("BI-05")]
    public async Task Agents_are_listed_and_one_answers_in_a_run()
    {
        using var owner = await ApiClient.RegisterAsync(server.Address, "owner");
        var agents = (await owner.GetAsync("agents")).Expect().GetProperty("items").EnumerateArray().Select(agent => agent.GetProperty("name").GetString());
        Assert.Equal(["assistant", "code", "fixer", "pedagogy", "planner", "qa", "research", "ui", "wireframe"], agents);

        var project = await owner.CreateProjectAsync("Agents");
        var design = await owner.CreateProcessAsync(
            project,
            [("c", "constant", """{"value":"Cats purr. Dogs bark."}"""), ("a", "ai.agent", """{"agent":"research","task":"What do animals say?"}"""), ("out", "output", """{"name":"answer"}""")],
            "c>a",
            "a>out");
        var run = await owner.EndRunAsync(await owner.StartRunAsync(design));

        // The local provider says what it is, and which words it read.
        Assert.StartsWith("This is the local provider", run.GetProperty("outputs").GetProperty("answer")[0].GetString(), StringComparison.Ordinal);
        var node = run.GetProperty("nodes").GetProperty("a");
        Assert.Equal(("ai.agent", 1), (node.GetProperty("component").GetString(), node.GetProperty("version").GetInt32()));
    }

    [Fact]
    public async Task An_agent_that_there_is_not_is_found_and_no_run_starts()
    {
        using var owner = await ApiClient.RegisterAsync(server.Address, "owner");
        var design = await owner.CreateProcessAsync(
            await owner.CreateProjectAsync("Agents"),
            [("c", "constant", """{"value":1}"""), ("a", "ai.agent", """{"agent":"oracle"}"""), ("out", "output", """{"name":"answer"}""")],
            "c>a",
            "a>out");
        var findings = (await owner.GetAsync($"designs/{design}/validation")).Expect().GetProperty("findings").EnumerateArray();
        Assert.Contains(findings, finding => finding.GetProperty("id").GetString() == "agent.unknown:a");
        var refused = await owner.PostAsync($"designs/{design}/runs", new { });
        refused.Refuses(422, "agent_unknown");
        Assert.True(refused.Body.GetProperty("errors").TryGetProperty("a", out _), refused.Text);
    }
}
