using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.TestKit.Server;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace Actors.EndToEnd.Tests.Repeats;

/// <summary>
/// Every POST of the OpenAPI document that takes an <c>Idempotency-Key</c>, as if the server had been killed between what it
/// did and the keeping of its answer: the repeat does nothing more and is answered alike.
/// </summary>
public sealed class RepeatedRequestTests(ITestOutputHelper output)
{
    /// <summary>What tells one effect from another; the rest of an answer may say how things are by now.</summary>
    private static readonly HashSet<string> Identity = new(["id", "token", "batchId", "url", "path", "name", "fixed", "skipped", "revision"], StringComparer.Ordinal);

    [Fact]
    public async Task A_request_that_took_effect_before_a_crash_is_answered_alike_and_takes_no_effect_again()
    {
        await using var server = await ServerProcess.StartAsync(new ServerOptions
        {
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Accounts__PasswordIterations"] = "1000", ["RateLimits__Enabled"] = "false" },
        });
        using var admin = await ApiClient.RegisterAsync(server.Address, "admin");
        using var rows = new Repeatable(server.Address, admin);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server.Address };
        var missing = await OperationsWithoutRowAsync(http, rows);
        Assert.True(missing.Count == 0, $"Add a row to Repeatable.cs for {string.Join(", ", missing)}.");

        var requests = new List<(string Operation, Asked Asked, string Key, string Answer)>();
        foreach (var (operation, make) in rows.Rows)
        {
            var asked = await make();
            var key = Guid.NewGuid().ToString();
            var answer = await SendAsync(http, admin, asked, key);
            Assert.True(answer.StartsWith('2'), $"{operation} was answered {answer}");
            requests.Add((operation, asked, key, answer));
        }

        var before = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (operation, asked, _, _) in requests)
            before[operation] = await LookAsync(admin, asked);

        await server.KillAsync();
        await LoseAnswersAsync(Path.Combine(server.DataFolder, "actors.db"), requests.Count);
        await server.StartAgainAsync();

        var wrong = new List<string>();
        foreach (var (operation, asked, key, answer) in requests)
        {
            var again = await SendAsync(http, admin, asked, key);
            if (again != answer)
                wrong.Add($"  {operation} was answered\n    {answer}\n  and then\n    {again}");
            else if (await LookAsync(admin, asked) is var now && now != before[operation])
                wrong.Add($"  {operation} took effect twice:\n    {before[operation]}\n    {now}");
        }

        output.WriteLine($"{requests.Count} operations were repeated.");
        Assert.True(wrong.Count == 0, $"Not safe to repeat across a crash:\n{string.Join('\n', wrong)}");
    }

    /// <summary>Operations of the document that promise to be repeatable and that nobody repeats here.</summary>
    private static async Task<List<string>> OperationsWithoutRowAsync(HttpClient http, Repeatable rows)
    {
        var document = JsonNode.Parse(await http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)))!;
        return
        [
            .. from path in document["paths"]!.AsObject()
               let post = path.Value!["post"]
               where post?["parameters"]?.AsArray().Any(parameter => (string?)parameter!["name"] == "Idempotency-Key") is true
               let operation = (string)post["operationId"]!
               where !rows.Rows.ContainsKey(operation) && !Repeatable.EndTheirOwnSession.Contains(operation)
               select operation,
        ];
    }

    /// <summary>Its status, the place of what was made, and what tells it from others.</summary>
    private static async Task<string> SendAsync(HttpClient http, ApiClient admin, Asked asked, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/{asked.Path}") { Content = asked.Content() };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (asked.As ?? admin).Token);
        request.Headers.Add("Idempotency-Key", key);
        using var response = await http.SendAsync(request);
        Assert.False(response.Headers.Contains("Idempotency-Replayed"), $"{asked.Path} was answered from the store.");
        var text = await response.Content.ReadAsStringAsync();
        return $"{(int)response.StatusCode} {response.Headers.Location} {(response.IsSuccessStatusCode ? IdentityOf(text) : text)}";
    }

    private static async Task<string> LookAsync(ApiClient admin, Asked asked) =>
        asked.Look is null ? "" : IdentityOf((await (asked.As ?? admin).GetAsync(asked.Look)).Expect().GetRawText());

    private static string IdentityOf(string json) => json.Length == 0 ? "" : string.Join(' ', Members(JsonElement.Parse(json)));

    private static IEnumerable<string> Members(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Members),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member =>
            member.Value.ValueKind is JsonValueKind.Object || (member.Value.ValueKind == JsonValueKind.Array && !Identity.Contains(member.Name)) ? Members(member.Value)
            : Identity.Contains(member.Name) || member.Name.EndsWith("Id", StringComparison.Ordinal) ? [$"{member.Name}={member.Value.GetRawText()}"]
            : []),
        _ => [],
    };

    private static async Task LoseAnswersAsync(string file, int count)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "UPDATE idempotency SET answer = NULL WHERE answer IS NOT NULL";
        Assert.Equal(count, await command.ExecuteNonQueryAsync());
    }
}
