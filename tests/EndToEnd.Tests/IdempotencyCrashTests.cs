using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Actors.TestKit.Server;
using Xunit.Abstractions;

namespace Actors.EndToEnd.Tests;

public sealed class IdempotencyCrashTests(ITestOutputHelper output)
{
    private const int Crashes = 4;
    private const int Requests = 150;

    [Fact]
    public async Task What_was_asked_under_a_key_is_made_once_however_often_the_server_is_killed()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        await using var server = await ServerProcess.StartAsync();
        using var account = await ApiClient.RegisterAsync(server.Address, "storm");
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(server.Address, "/api/v1/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", account.Token);
        var projectId = await account.CreateProjectAsync("Storm");
        var designId = await account.CreateDesignAsync(projectId, "Edited");

        var storms = Enumerable.Range(0, Requests).Select(i => (i % 3) switch
        {
            0 => new Keyed("projects", JsonSerializer.Serialize(new { name = $"p{i}" })),
            1 => new Keyed($"projects/{projectId}/designs", JsonSerializer.Serialize(new { name = $"d{i}", kind = "process" })),
            _ => new Keyed($"designs/{designId}/nodes", JsonSerializer.Serialize(new { id = $"n{i}", type = "text", x = 0, y = 0, props = new { } })),
        }).ToList();

        for (var crash = 0; crash < Crashes; crash++)
        {
            var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var wanted = random.Next(1, Requests / 2);
            var storm = Parallel.ForEachAsync(storms, new ParallelOptions { MaxDegreeOfParallelism = 12 }, async (keyed, _) =>
            {
                await keyed.SendAsync(http);
                if (Interlocked.Decrement(ref wanted) == 0)
                {
                    enough.SetResult();
                }
            });
            await Task.WhenAny(enough.Task, storm);
            await server.KillAsync();
            await storm;
            await server.StartAgainAsync();
        }

        // Whether a request was cut off before its effect, after it or after its answer: it is answered in the end.
        foreach (var keyed in storms)
        {
            await keyed.SendAsync(http);
            Assert.True(!keyed.Answers.IsEmpty, $"{keyed.Path} was never answered: {keyed.Last}");
            Assert.Single(keyed.Answers.Keys);
        }

        Assert.Equal((Requests / 3) + 1, await CountAsync(account, "projects"));
        Assert.Equal((Requests / 3) + 1, await CountAsync(account, $"projects/{projectId}/designs"));
        var changes = await account.GetChangesAsync(designId);
        var nodes = changes.SelectMany(change => change.GetProperty("operations").EnumerateArray()).Where(operation => operation.GetProperty("op").GetString() == "node.add").ToList();
        Assert.Equal(Requests / 3, nodes.Count);
        output.WriteLine($"{storms.Sum(keyed => keyed.Failures)} attempts failed.");
        Assert.True(storms.Sum(keyed => keyed.Failures) > 0, "Nothing was cut off, so nothing was tested.");
    }

    private static async Task<int> CountAsync(ApiClient account, string path)
    {
        var count = 0;
        for (var cursor = ""; cursor is not null;)
        {
            var page = (await account.GetAsync($"{path}?limit=100{(cursor.Length == 0 ? "" : "&cursor=" + Uri.EscapeDataString(cursor))}")).Expect();
            count += page.GetProperty("items").GetArrayLength();
            cursor = page.GetProperty("nextCursor").GetString();
        }

        return count;
    }

    private sealed class Keyed(string path, string body)
    {
        private readonly string _key = Guid.NewGuid().ToString();
        private int _failures;

        public string Path => path;

        /// <summary>Where the answers said that what was made is; one for each place.</summary>
        public ConcurrentDictionary<string, int> Answers { get; } = new(StringComparer.Ordinal);

        public int Failures => _failures;

        public string Last { get; private set; } = "";

        public async Task SendAsync(HttpClient http)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
                request.Headers.Add("Idempotency-Key", _key);
                using var response = await http.SendAsync(request);
                Last = $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
                if (response.IsSuccessStatusCode)
                {
                    Answers.AddOrUpdate(response.Headers.Location!.ToString(), 1, (_, count) => count + 1);
                    return;
                }
            }
            catch (HttpRequestException exception)
            {
                Last = exception.Message;
            }

            Interlocked.Increment(ref _failures);
        }
    }
}
