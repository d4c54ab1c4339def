using System.Text.Json;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Runs;

[Collection(RunningServer.Collection)]
public sealed class ApprovalTests(RunningServer server) : IAsyncLifetime
{
    private ApiClient _owner = null!;
    private ApiClient _grace = null!;
    private ApiClient _linus = null!;
    private ApiClient _viewer = null!;
    private string _project = "";

    public async Task InitializeAsync()
    {
        _owner = await ApiClient.RegisterAsync(server.Address, "owner");
        _grace = await ApiClient.RegisterAsync(server.Address, "grace");
        _linus = await ApiClient.RegisterAsync(server.Address, "linus");
        _viewer = await ApiClient.RegisterAsync(server.Address, "viewer");
        _project = await _owner.CreateProjectAsync("Approvals");
        foreach (var (client, role) in new[] { (_grace, "editor"), (_linus, "editor"), (_viewer, "viewer") })
            await _owner.AddMemberAsync(_project, client, role);
    }

    public Task DisposeAsync()
    {
        foreach (var client in new[] { _owner, _grace, _linus, _viewer })
            client.Dispose();

        return Task.CompletedTask;
    }

    [Theory]
    [InlineData(true, "yes")]
    [InlineData(false, "no")]
    public async Task Who_answered_is_what_the_server_knows_and_not_what_the_answer_says(bool approved, string port)
    {
        var run = await StartAsync("""{"question":"Publish?"}""");
        var wait = await _owner.WaitOfRunAsync(run);
        (await _grace.AnswerAsync(run, wait, new { approved, comment = "Seen.", by = "usr_somebody_else" })).Expect();

        var ended = await _owner.EndRunAsync(run);
        Assert.Equal($$"""{"{{port}}":["draft"]}""", ended.GetProperty("outputs").GetRawText());
        var answered = Assert.Single(
            (await _owner.GetAsync($"runs/{run}/events")).Expect().GetProperty("items").EnumerateArray(), item => item.GetProperty("kind").GetString() == "answer");
        Assert.Equal(("ask", wait.GetProperty("id").GetString()), (answered.GetProperty("node").GetString(), answered.GetProperty("wait").GetString()));
        var answer = answered.GetProperty("answer");
        Assert.Equal((approved, "Seen.", _grace.AccountId), (answer.GetProperty("approved").GetBoolean(), answer.GetProperty("comment").GetString(), answer.GetProperty("by").GetString()));
        Assert.True(answer.GetProperty("at").GetDateTimeOffset() > DateTimeOffset.UtcNow.AddHours(-1));
    }

    [Fact]
    public async Task Where_people_are_named_nobody_else_answers_but_an_owner()
    {
        var named = $$"""{"question":"Publish?","assignees":["{{_grace.AccountId}}"]}""";
        var (first, second) = (await StartAsync(named), await StartAsync(named));
        var (waitOfFirst, waitOfSecond) = (await _owner.WaitOfRunAsync(first), await _owner.WaitOfRunAsync(second));

        (await _linus.AnswerAsync(first, waitOfFirst, new { approved = true })).Refuses(403, "run.answer_forbidden");
        (await _viewer.AnswerAsync(first, waitOfFirst, new { approved = true })).Refuses(403, "forbidden");
        (await _grace.AnswerAsync(first, waitOfFirst, new { approved = true })).Expect();
        (await _owner.AnswerAsync(second, waitOfSecond, new { approved = false })).Expect();

        Assert.Equal("""{"yes":["draft"]}""", (await _owner.EndRunAsync(first)).GetProperty("outputs").GetRawText());
        Assert.Equal("""{"no":["draft"]}""", (await _owner.EndRunAsync(second)).GetProperty("outputs").GetRawText());
    }

    [Fact]
    public async Task The_first_answer_counts_and_one_to_a_wait_that_is_over_is_refused()
    {
        var run = await StartAsync("""{"question":"Publish?"}""");
        var wait = await _owner.WaitOfRunAsync(run);
        (await _grace.AnswerAsync(run, wait, new { approved = true })).Expect();
        (await _linus.AnswerAsync(run, wait, new { approved = false })).Refuses(404, "run.wait_unknown");
        await _owner.EndRunAsync(run);
        (await _linus.AnswerAsync(run, wait, new { approved = false })).Refuses(404, "run.wait_unknown");
        (await _linus.PostAsync($"runs/{run}/answers/nonsense", new { approved = false })).Refuses(404, "run.wait_unknown");
    }

    [Theory]
    [InlineData("{}", "approved")]
    [InlineData("""{"approved":"yes"}""", "approved")]
    [InlineData("true", "approved")]
    [InlineData("""{"approved":true,"comment":7}""", "comment")]
    public async Task What_is_no_answer_is_refused_with_the_field(string answer, string field)
    {
        var run = await StartAsync("""{"question":"Publish?"}""");
        var wait = await _owner.WaitOfRunAsync(run);
        var reply = await _owner.AnswerAsync(run, wait, JsonElement.Parse(answer));
        reply.Refuses(400, "validation_failed");
        Assert.True(reply.Body.GetProperty("errors").TryGetProperty(field, out _), reply.Text);
        (await _owner.PostAsync($"runs/{run}/cancel", new { })).Expect();
    }

    [Fact]
    public async Task A_wait_that_takes_longer_than_it_may_counts_as_rejected()
    {
        var run = await StartAsync("""{"question":"Publish?","timeoutMilliseconds":2500}""");
        var wait = await _owner.WaitOfRunAsync(run);
        Assert.True(wait.GetProperty("until").GetDateTimeOffset() > DateTimeOffset.UtcNow.AddMinutes(-1));
        Assert.Equal("""{"no":["draft"]}""", (await _owner.EndRunAsync(run)).GetProperty("outputs").GetRawText());
        (await _grace.AnswerAsync(run, wait, new { approved = true })).Refuses(404, "run.wait_unknown");
    }

    [Fact]
    public async Task Nobody_answers_in_place_of_a_run_that_is_waited_for()
    {
        var inner = await _owner.CreateProcessAsync(
            _project, [("in", "input", """{"name":"input"}"""), ("ask", "approval", """{"question":"Inner?"}"""), ("out", "output", """{"name":"n"}""")], "in>ask", "ask>out");
        var outer = await _owner.CreateProcessAsync(
            _project, [("c", "constant", """{"value":1}"""), ("d", "design", $$"""{"designId":"{{inner}}"}"""), ("out", "output", """{"name":"n"}""")], "c>d", "d>out");
        var run = await _owner.StartRunAsync(outer);
        var wait = await _owner.WaitOfRunAsync(run, "run");

        (await _owner.AnswerAsync(run, wait, new { approved = true, status = "completed", outputs = new { } })).Refuses(403, "run.answer_forbidden");

        (await _owner.PostAsync($"runs/{run}/cancel", new { })).Expect();
        await _owner.EndRunAsync(run, "cancelled");
    }

    private async Task<string> StartAsync(string approval) => await _owner.StartRunAsync(await _owner.CreateProcessAsync(
        _project,
        [("c", "constant", """{"value":"draft"}"""), ("ask", "approval", approval), ("yes", "output", """{"name":"yes"}"""), ("no", "output", """{"name":"no"}""")],
        "c>ask",
        "ask>yes",
        "ask.rejected>no"));
}
