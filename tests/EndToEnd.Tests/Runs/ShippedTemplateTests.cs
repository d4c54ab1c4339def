using System.Text.Json;
using Actors.TestKit.Server;

namespace Actors.EndToEnd.Tests.Runs;

/// <summary>The process templates that come with the product run as they are.</summary>
[Collection(RunServer.Collection)]
public sealed class ShippedTemplateTests(RunServer server)
{
    [Fact]
    public async Task The_data_pipeline_fetches_checks_adds_up_and_writes_both_files()
    {
        server.Answers["/table.csv"] = new RecordedAnswer("id,amount\na,1.5\nb,2\na,1.5\nc,x\n", ContentType: "text/csv");
        var (project, design) = await MakeAsync("Data pipeline");
        var run = await server.Account.EndOfRunAsync(
            await server.Account.StartRunAsync(design, new { inputs = new Dictionary<string, string[]> { ["url"] = [$"{server.Outside.Address}table.csv"] } }), RunServer.Patience);

        Assert.True(run.GetProperty("status").GetString() == "completed", run.GetRawText());
        Assert.Equal("""{"total":[3.5]}""", run.GetProperty("outputs").GetRawText());
        Assert.Equal("""[{"id":"a","amount":1.5},{"id":"b","amount":2}]""", (await FileAsync(project, "pipeline/rows.json")).GetRawText());
        Assert.Equal("c", (await FileAsync(project, "pipeline/rejects.json"))[0].GetProperty("token").GetProperty("id").GetString());
    }

    [Fact]
    public async Task The_research_assistant_asks_a_person_and_publishes_what_was_approved()
    {
        var (project, design) = await MakeAsync("Research assistant");
        var run = await server.Account.StartRunAsync(design, new { inputs = new Dictionary<string, string[]> { ["question"] = ["Questions: How old is the pier? Who built it?"] } });
        await Eventually.HoldsAsync(
            async () => (await server.Account.GetRunAsync(run)).GetProperty("status").GetString() != "running", RunServer.Patience, "the run waits");
        var wait = Assert.Single((await server.Account.GetAsync($"runs/{run}/waits")).Expect().GetProperty("items").EnumerateArray());
        (await server.Account.PostAsync($"runs/{run}/answers/{wait.GetProperty("id").GetString()}", new { approved = true })).Expect();
        var last = await server.Account.EndOfRunAsync(run, RunServer.Patience);

        Assert.True(last.GetProperty("status").GetString() == "completed", last.GetRawText());
        var report = Assert.Single(last.GetProperty("outputs").GetProperty("report").EnumerateArray()).GetString();
        Assert.Equal(report, (await server.Account.GetAsync($"projects/{project}/files/reports/research.md")).Text);
    }

    private async Task<(string Project, string Design)> MakeAsync(string name)
    {
        var template = (await server.Account.GetAsync("templates")).Expect().GetProperty("items").EnumerateArray().Single(item => item.GetProperty("name").GetString() == name);
        var project = await server.Account.CreateProjectAsync(name);
        var design = (await server.Account.PostAsync($"projects/{project}/designs/from-template", new { templateId = template.GetProperty("id").GetString() })).Expect();
        return (project, design.GetProperty("id").GetString()!);
    }

    private async Task<JsonElement> FileAsync(string project, string path) => (await server.Account.GetAsync($"projects/{project}/files/{path}")).Expect();
}
