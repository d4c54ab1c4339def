using System.Text.Json;

namespace Actors.Frontend.Tests.Http;

[Collection(RunningServer.Collection)]
public sealed class IdempotencyTests(RunningServer server)
{
    private const string Projects = "/api/v1/projects";

    [Fact]
    public async Task A_repeated_request_is_given_its_first_answer_and_does_nothing()
    {
        var token = await TokenAsync();
        var key = Guid.NewGuid().ToString();
        using var first = await PostAsync(Projects, """{"name":"Once"}""", token, key);
        var created = await RunningServer.ReadAsync(first, 201);
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));

        using var second = await PostAsync(Projects, """{"name":"Once"}""", token, key);
        Assert.Equal(created.GetRawText(), (await RunningServer.ReadAsync(second, 201)).GetRawText());
        Assert.Equal("true", Assert.Single(second.Headers.GetValues("Idempotency-Replayed")));
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
        Assert.Equal(first.Content.Headers.ContentType, second.Content.Headers.ContentType);
        Assert.Equal(1, await CountAsync(token));
    }

    [Fact]
    public async Task Without_a_key_a_repeated_request_creates_twice()
    {
        var token = await TokenAsync();
        for (var i = 0; i < 2; i++)
        {
            using var created = await server.SendAsync("POST", Projects, """{"name":"Twice"}""", token);
            await RunningServer.ReadAsync(created, 201);
        }

        Assert.Equal(2, await CountAsync(token));
    }

    [Theory]
    [InlineData(Projects, """{"name":"Other"}""")]
    [InlineData("/api/v1/auth/logout", """{"name":"Once"}""")]
    public async Task A_key_belongs_to_one_request(string path, string body)
    {
        var token = await TokenAsync();
        var key = Guid.NewGuid().ToString();
        using var first = await PostAsync(Projects, """{"name":"Once"}""", token, key);
        await RunningServer.ReadAsync(first, 201);
        using var other = await PostAsync(path, body, token, key);
        await RunningServer.RefusesAsync(other, 422, "idempotency_key_reused");
        Assert.Equal(1, await CountAsync(token));
    }

    [Fact]
    public async Task A_key_belongs_to_one_account()
    {
        var key = Guid.NewGuid().ToString();
        foreach (var token in new[] { await TokenAsync(), await TokenAsync() })
        {
            using var created = await PostAsync(Projects, """{"name":"Mine"}""", token, key);
            await RunningServer.ReadAsync(created, 201);
            Assert.False(created.Headers.Contains("Idempotency-Replayed"));
        }
    }

    [Fact]
    public async Task A_refused_request_leaves_its_key_free()
    {
        var token = await TokenAsync();
        var key = Guid.NewGuid().ToString();
        using var refused = await PostAsync(Projects, """{"name":""}""", token, key);
        await RunningServer.RefusesAsync(refused, 400, "validation_failed");
        using var malformed = await PostAsync(Projects, """{"name":""", token, key);
        await RunningServer.RefusesAsync(malformed, 400, "malformed_json");
        using var corrected = await PostAsync(Projects, """{"name":"Better"}""", token, key);
        await RunningServer.ReadAsync(corrected, 201);
    }

    [Fact]
    public async Task Of_many_at_once_one_takes_effect()
    {
        var token = await TokenAsync();
        var key = Guid.NewGuid().ToString();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PostAsync(Projects, """{"name":"Race"}""", token, key)));
        var ids = new HashSet<string?>();
        foreach (var answer in answers)
        {
            using (answer)
            {
                if ((int)answer.StatusCode == 409)
                {
                    var problem = await RunningServer.RefusesAsync(answer, 409, "idempotency_in_progress");
                    Assert.True(problem.GetProperty("retryable").GetBoolean());
                    Assert.NotNull(answer.Headers.RetryAfter);
                }
                else
                {
                    ids.Add((await RunningServer.ReadAsync(answer, 201)).GetProperty("id").GetString());
                }
            }
        }

        Assert.Single(ids);
        Assert.Equal(1, await CountAsync(token));
    }

    [Fact]
    public async Task Edits_and_what_they_undo_are_repeated_without_effect()
    {
        var token = await TokenAsync();
        using var project = await PostAsync(Projects, """{"name":"P"}""", token, Guid.NewGuid().ToString());
        using var created = await PostAsync($"{project.Headers.Location}/designs", """{"name":"D","kind":"wireframe"}""", token, Guid.NewGuid().ToString());
        var design = created.Headers.Location!.ToString();
        foreach (var (path, body) in new[] { ("nodes", """{"id":"n","type":"text","x":0,"y":0,"props":{}}"""), ("undo", null), ("redo", null) })
        {
            var key = Guid.NewGuid().ToString();
            using var first = await PostAsync($"{design}/{path}", body, token, key);
            using var second = await PostAsync($"{design}/{path}", body, token, key);
            Assert.True(second.Headers.Contains("Idempotency-Replayed"), path);
            Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        }

        using var read = await server.SendAsync("GET", design, token: token);
        Assert.Equal(4, (await RunningServer.ReadAsync(read, 200)).GetProperty("revision").GetInt64());
    }

    [Fact]
    public async Task A_large_answer_is_made_again_and_creates_nothing_twice()
    {
        var token = await TokenAsync();
        using var project = await PostAsync(Projects, """{"name":"P"}""", token, Guid.NewGuid().ToString());
        using var created = await PostAsync($"{project.Headers.Location}/designs", """{"name":"D","kind":"wireframe"}""", token, Guid.NewGuid().ToString());
        var design = created.Headers.Location!.ToString();
        var operations = Enumerable.Range(0, 400).Select(i => new { op = "node.add", node = new { id = $"n{i}", type = "ui.paragraph", x = 0, y = 0, props = new { text = new string('x', 1000) } } });
        using var filled = await PostAsync($"{design}/operations", JsonSerializer.Serialize(new { batchId = Guid.NewGuid(), baseRevision = 0, operations }), token, Guid.NewGuid().ToString());
        await RunningServer.ReadAsync(filled, 200);

        var key = Guid.NewGuid().ToString();
        using var first = await PostAsync($"{design}/duplicate", "{}", token, key);
        using var second = await PostAsync($"{design}/duplicate", "{}", token, key);
        Assert.Equal((await RunningServer.ReadAsync(first, 201)).GetRawText(), (await RunningServer.ReadAsync(second, 201)).GetRawText());
        using var list = await server.SendAsync("GET", $"{project.Headers.Location}/designs", token: token);
        Assert.Equal(2, (await RunningServer.ReadAsync(list, 200)).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_key_that_cannot_be_is_refused()
    {
        var token = await TokenAsync();
        foreach (var key in new[] { new string('k', 256), "two words", " " })
        {
            using var response = await PostAsync(Projects, """{"name":"P"}""", token, key);
            await RunningServer.RefusesAsync(response, 400, "idempotency_key_invalid");
        }

        using var twice = await server.SendAsync("POST", Projects, """{"name":"P"}""", token, headers: [("Idempotency-Key", "a"), ("Idempotency-Key", "b")]);
        await RunningServer.RefusesAsync(twice, 400, "idempotency_key_invalid");
        Assert.Equal(0, await CountAsync(token));
    }

    private async Task<string> TokenAsync() => (await server.RegisterAsync()).Answer.GetProperty("accessToken").GetString()!;

    private Task<HttpResponseMessage> PostAsync(string path, string? body, string token, string key) =>
        server.SendAsync("POST", path, body, token, headers: ("Idempotency-Key", key));

    private async Task<int> CountAsync(string token)
    {
        using var list = await server.SendAsync("GET", Projects, token: token);
        return (await RunningServer.ReadAsync(list, 200)).GetProperty("items").GetArrayLength();
    }
}
