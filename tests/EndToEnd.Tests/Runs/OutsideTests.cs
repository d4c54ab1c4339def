using System.Text.Json;
using Actors.TestKit.Server;

namespace Actors.EndToEnd.Tests.Runs;

/// <summary>Requests of runs to other servers.</summary>
[Collection(RunServer.Collection)]
public sealed class OutsideTests(RunServer server)
{
    [Fact]
    [Spec("FA-01", "FA-05", "FA-08", "EF-02")]
    public async Task A_request_that_fails_is_sent_as_often_as_its_node_has_attempts_and_always_under_one_key()
    {
        server.Answers["/busy"] = new RecordedAnswer("{}", 503);
        var run = await AskAsync("busy", """{"retry":{"attempts":3,"backoffMilliseconds":1}}""");
        var last = await server.Account.EndOfRunAsync(run, RunServer.Patience);

        Assert.Equal(("failed", "http_status", "ask"), (last.GetProperty("status").GetString(), Error(last, "code"), Error(last, "nodeId")));
        var arrived = server.Outside.Requests.Where(request => request.Path == "/busy").ToList();
        Assert.Equal(3, arrived.Count);
        Assert.NotEmpty(Assert.Single(arrived.Select(request => request.Key).Distinct()));
    }

    [Theory]
    [InlineData("skip", "[]", "[]")]
    [InlineData("port", "[]", """[{"code":"http_status","node":"ask","attempts":1,"input":1}]""")]
    [Spec("FA-06", "FA-07")]
    public async Task What_follows_the_last_attempt_is_as_the_node_says(string onError, string answers, string errors)
    {
        server.Answers["/wrong"] = new RecordedAnswer("{}", 400);
        var last = await server.Account.EndOfRunAsync(await AskAsync("wrong", $$"""{"onError":"{{onError}}"}"""), RunServer.Patience);

        Assert.Equal("completed", last.GetProperty("status").GetString());
        Assert.Equal(answers, Outputs(last, "answers"));
        Assert.Equal(errors, Outputs(last, "errors"));
        Assert.Equal(1, last.GetProperty("nodes").GetProperty("ask").GetProperty("errors").GetInt32());
    }

    [Fact]
    [Spec("BI-07")]
    public async Task A_private_address_that_the_server_does_not_allow_is_refused_and_not_asked()
    {
        await using var other = await HttpRecorder.StartAsync(_ => new RecordedAnswer("{}"));
        var design = await server.Account.CreateProcessAsync(
            [("c", "constant", """{"value":1}""", null), ("ask", "http.request", JsonSerializer.Serialize(new { url = other.Address }), """{"retry":{"attempts":3}}""")], "c>ask");
        var last = await server.Account.EndOfRunAsync(await server.Account.StartRunAsync(design), RunServer.Patience);

        Assert.Equal(("failed", "address_refused"), (last.GetProperty("status").GetString(), Error(last, "code")));
        Assert.Empty(other.Requests);
    }

    private static string? Error(JsonElement run, string name) => run.GetProperty("error").GetProperty(name).GetString();

    /// <summary>The tokens of an output without what only people read; the list of an output that there is not is empty.</summary>
    private static string Outputs(JsonElement run, string name) =>
        run.GetProperty("outputs").TryGetProperty(name, out var tokens)
            ? JsonSerializer.Serialize(tokens.EnumerateArray().Select(token => token.EnumerateObject()
                .Where(member => member.Name is not ("message" or "firing")).ToDictionary(member => member.Name, member => member.Value)))
            : "[]";

    private async Task<string> AskAsync(string path, string execution) => await server.Account.StartRunAsync(await server.Account.CreateProcessAsync(
        [
            ("c", "constant", """{"value":1}""", null),
            ("ask", "http.request", JsonSerializer.Serialize(new { url = $"{server.Outside.Address}{path}" }), execution),
            ("answers", "output", """{"name":"answers"}""", null),
            ("errors", "output", """{"name":"errors"}""", null),
        ],
        "c>ask",
        "ask>answers",
        "ask.error>errors"));
}
