using System.Text.Json;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Components;

/// <summary>Components at work in real runs; what each does by itself is tested in <c>Components.Tests</c>.</summary>
[Collection(RunningServer.Collection)]
public sealed class ComponentRunTests(RunningServer server)
{
    [Fact]
    public async Task A_table_is_parsed_checked_reckoned_and_reported()
    {
        var outputs = await RunAsync(
            [
                ("in", "input", """{"name":"table"}"""),
                ("rows", "csv.parse", "{}"),
                ("numbers", "map", """{"keep":true,"fields":{"amount":"number(amount)"}}"""),
                ("check", "validate", """{"schema":{"required":["amount"],"properties":{"amount":{"type":"number","minimum":0}}}}"""),
                ("sum", "aggregate", """{"operation":"sum","field":"amount","groupBy":"city"}"""),
                ("report", "template", """{"template":"{{#each this}}{{key}}: {{value}};{{/each}}"}"""),
                ("out", "output", """{"name":"report"}"""),
            ],
            """{"inputs":{"table":["city,amount\nRome,1.1\nParis,5\nRome,2.2\nParis,-1\n"]}}""",
            "in>rows", "rows>numbers", "numbers>check", "check>sum", "sum>report", "report>out");
        Assert.Equal("""{"report":["Rome: 3.3;Paris: 5;"]}""", outputs.GetRawText());
    }

    [Fact]
    public async Task Long_lists_go_through_in_pieces_and_in_order()
    {
        var outputs = await RunAsync(
            [
                ("numbers", "range", """{"from":1,"to":2000}"""),
                ("all", "collect", "{}"),
                ("single", "split", "{}"),
                ("even", "filter", """{"condition":"$ % 2 == 0"}"""),
                ("groups", "window", """{"count":300}"""),
                ("sizes", "map", """{"fields":{"size":"length($)","first":"$[0]"}}"""),
                ("list", "collect", "{}"),
                ("out", "output", """{"name":"groups"}"""),
            ],
            "{}",
            "numbers>all", "all>single", "single>even", "even>groups", "groups>sizes", "sizes>list", "list>out");
        Assert.Equal(
            """{"groups":[[{"size":300,"first":2},{"size":300,"first":602},{"size":300,"first":1202},{"size":100,"first":1802}]]}""", outputs.GetRawText());
    }

    [Fact]
    public async Task Models_answer_without_a_key_and_say_what_they_are()
    {
        var outputs = await RunAsync(
            [
                ("in", "input", """{"name":"text"}"""),
                ("kind", "ai.classify", """{"categories":["billing","crash"]}"""),
                ("out", "output", """{"name":"kind"}"""),
                ("ask", "ai.prompt", """{"prompt":"What is this? {{$}}"}"""),
                ("said", "output", """{"name":"said"}"""),
            ],
            """{"inputs":{"text":["The app crashes on start."]}}""",
            "in>kind", "kind>out", "in>ask", "ask>said");
        Assert.Equal("""[{"category":"crash","confidence":1}]""", outputs.GetProperty("kind").GetRawText());
        Assert.StartsWith("This is the local provider", outputs.GetProperty("said")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    [Spec("CO-01", "CO-05", "EF-01")]
    public async Task The_registry_tells_how_a_component_fires_and_what_it_does_outside()
    {
        using var response = await server.SendAsync("GET", "/api/v1/components/http.request", token: await PersonAsync());
        var component = await RunningServer.ReadAsync(response, 200);
        Assert.Equal(("all", "keyed", 1), (component.GetProperty("rule").GetString(), component.GetProperty("effects").GetString(), component.GetProperty("version").GetInt32()));
        Assert.Equal(1_048_576, component.GetProperty("schema").GetProperty("properties").GetProperty("maximumBytes").GetProperty("default").GetInt32());
    }

    private async Task<JsonElement> RunAsync((string Id, string Type, string Props)[] nodes, string body, params string[] connections)
    {
        var person = await PersonAsync();
        using var project = await server.SendAsync("POST", "/api/v1/projects", """{"name":"Components"}""", person);
        var projectId = (await RunningServer.ReadAsync(project, 201)).GetProperty("id").GetString();
        using var created = await server.SendAsync("POST", $"/api/v1/projects/{projectId}/designs", """{"name":"Run me","kind":"process"}""", person);
        var design = (await RunningServer.ReadAsync(created, 201)).GetProperty("id").GetString();
        var operations = nodes
            .Select(node => $$$"""{"op":"node.add","node":{"id":"{{{node.Id}}}","type":"{{{node.Type}}}","x":0,"y":0,"props":{{{node.Props}}} }}""")
            .Concat(connections.Select((connection, i) => (Id: $"c{i}", Ends: connection.Split('>'))).Select(connection =>
                $$$"""{"op":"connection.add","connection":{"id":"{{{connection.Id}}}","from":{"node":"{{{connection.Ends[0]}}}","port":"out"},"to":{"node":"{{{connection.Ends[1]}}}","port":"in"} }}"""));
        using var submitted = await server.SendAsync(
            "POST", $"/api/v1/designs/{design}/operations", $$"""{"batchId":"{{Guid.NewGuid()}}","baseRevision":1,"operations":[{{string.Join(',', operations)}}]}""", person);
        Assert.Equal("committed", (await RunningServer.ReadAsync(submitted, 200)).GetProperty("status").GetString());

        using var started = await server.SendAsync("POST", $"/api/v1/designs/{design}/runs", body, person);
        var run = (await RunningServer.ReadAsync(started, 202)).GetProperty("id").GetString();
        JsonElement last = default;
        await Eventually.HoldsAsync(
            async () =>
            {
                using var response = await server.SendAsync("GET", $"/api/v1/runs/{run}", token: person);
                last = await RunningServer.ReadAsync(response, 200);
                return last.TryGetProperty("endedAt", out _);
            },
            TimeSpan.FromSeconds(30),
            $"{run} has ended");
        Assert.True(last.GetProperty("status").GetString() == "completed", last.GetRawText());
        return last.GetProperty("outputs");
    }

    private async Task<string> PersonAsync() => (await server.RegisterAsync()).Answer.GetProperty("accessToken").GetString()!;
}
