using System.Text;
using System.Text.Json;
using Actors.TestKit.Server;

namespace Actors.EndToEnd.Tests.Runs;

/// <summary>Components at work in real runs that no example has.</summary>
[Collection(RunServer.Collection)]
public sealed class ComponentTests(RunServer server)
{
    [Fact]
    [Spec("BI-01", "BI-02", "BI-03", "BI-04", "LV-04")]
    public async Task Lines_of_a_file_are_parsed_told_apart_sorted_measured_and_logged()
    {
        var design = await server.Account.CreateProcessAsync(
            [
                ("lines", "file.read", """{"path":"events.jsonl","as":"lines"}""", null),
                ("events", "json.parse", "{}", """{"onError":"port"}"""),
                ("broken", "output", """{"name":"broken"}""", null),
                ("once", "distinct", """{"field":"id"}""", null),
                ("kinds", "switch", """{"cases":["kind == 'sale'","kind == 'refund'"]}""", null),
                ("sales", "sort", """{"field":"amount"}""", null),
                ("measure", "metrics", """{"name":"sales","kind":"histogram","value":"amount"}""", null),
                ("note", "log", """{"level":"warning","message":"refund {{id}}"}""", null),
                ("sold", "output", """{"name":"sold"}""", null),
                ("other", "output", """{"name":"other"}""", null),
            ],
            "lines>events",
            "events.error>broken",
            "events>once",
            "once>kinds",
            "kinds.case1>sales",
            "kinds.case2>note",
            "kinds.default>other",
            "sales>measure",
            "measure>sold");
        await WriteAsync(
            design,
            "events.jsonl",
            """
            {"id":1,"kind":"sale","amount":30}
            {"id":2,"kind":"refund","amount":30}
            {"id":1,"kind":"sale","amount":30}
            no event
            {"id":3,"kind":"sale","amount":5}
            {"id":4,"kind":"visit"}
            """);
        var run = await RunAsync(design);

        Assert.Equal("""[{"id":3,"kind":"sale","amount":5},{"id":1,"kind":"sale","amount":30}]""", Output(run, "sold"));
        Assert.Equal("""[{"id":4,"kind":"visit"}]""", Output(run, "other"));
        Assert.Equal("json_invalid", run.GetProperty("outputs").GetProperty("broken")[0].GetProperty("code").GetString());
        var events = (await server.Account.GetAsync($"runs/{run.GetProperty("id").GetString()}/events")).Expect().GetProperty("items");
        var line = Assert.Single(events.EnumerateArray(), item => item.GetProperty("kind").GetString() == "log");
        Assert.Equal(("note", "warning", "refund 2"), (line.GetProperty("node").GetString(), line.GetProperty("level").GetString(), line.GetProperty("message").GetString()));
    }

    [Fact]
    [Spec("BI-02", "BI-05")]
    public async Task A_design_runs_another_one_for_each_token_and_models_find_what_is_asked_for()
    {
        var inner = await server.Account.CreateProcessAsync(
            [
                ("in", "input", """{"name":"input"}""", null),
                ("facts", "ai.extract", """{"schema":{"type":"object","properties":{"email":{"type":"string"},"amount":{"type":"number"}}}}""", null),
                ("out", "output", """{"name":"facts"}""", null),
            ],
            "in>facts",
            "facts>out");
        var project = (await server.Account.GetDesignAsync(inner)).GetProperty("projectId").GetString()!;
        var outer = await server.Account.CreateProcessAsync(
            project,
            [
                ("text", "constant", """{"value":"email: ada@example.com, amount: 12\n\nemail: bob@example.com, amount: 7"}""", null),
                ("parts", "text.split", """{"separator":"\n\n"}""", null),
                ("each", "design", JsonSerializer.Serialize(new { designId = inner, output = "facts" }), null),
                ("tell", "notify", """{"message":"Found {{email}}"}""", null),
                ("out", "output", """{"name":"facts"}""", null),
            ],
            "text>parts",
            "parts>each",
            "each>tell",
            "tell>out");

        Assert.Equal("""[{"email":"ada@example.com","amount":12},{"email":"bob@example.com","amount":7}]""", Output(await RunAsync(outer), "facts"));
    }

    private static string Output(JsonElement run, string name) => run.GetProperty("outputs").GetProperty(name).GetRawText();

    private async Task<JsonElement> RunAsync(string design)
    {
        var run = await server.Account.EndOfRunAsync(await server.Account.StartRunAsync(design), RunServer.Patience);
        Assert.True(run.GetProperty("status").GetString() == "completed", run.GetRawText());
        return run;
    }

    private async Task WriteAsync(string design, string path, string content)
    {
        var project = (await server.Account.GetDesignAsync(design)).GetProperty("projectId").GetString();
        (await server.Account.PostAsync($"projects/{project}/files", new { path, content })).Expect();
    }
}
