using System.Text;
using System.Text.Json;
using Actors.Frontend.Tests.Runs;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Secrets;

/// <summary>A secret that a run sends away comes back in everything the other server says, and is nowhere all the same.</summary>
public sealed class SecretLeakTests
{
    /// <summary>With characters that JSON, addresses and forms write otherwise.</summary>
    private const string Secret = "pa55\"word+/&=9x";

    private static readonly string[] Forms =
    [
        Secret,
        Uri.EscapeDataString(Secret),
        JsonEncodedText.Encode(Secret).ToString(),
        JsonEncodedText.Encode(Secret, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)),
    ];

    [Fact]
    public async Task A_secret_that_a_run_uses_is_in_nothing_that_anybody_can_read()
    {
        await using var other = RecordingServer.Start();
        other.Answer = _ => Echo(other.Requests[^1]);
        await using var server = await ServerProcess.StartAsync(new ServerOptions
        {
            Settings = new Dictionary<string, string>
            {
                ["Accounts__PasswordIterations"] = "1000",
                ["RateLimits__Enabled"] = "false",
                ["Outbound__Allow__0"] = $"127.0.0.1:{other.Port}",
            },
        });
        using var owner = await ApiClient.RegisterAsync(server.Address, "owner");
        var project = await owner.CreateProjectAsync("Secret");
        (await owner.SendAsync(HttpMethod.Put, $"projects/{project}/secrets/KEY", new { value = Secret })).Expect();
        var request = $$$"""{"method":"POST","url":"{{{other.Url("/q?k={{secret.KEY}}")}}}","headers":{"X-Key":"{{secret.KEY}}"},"body":"hello"}""";
        var design = await owner.CreateProcessAsync(
            project,
            [
                ("c", "constant", """{"value":"go"}"""),
                ("ask", "http.request", request),
                ("say", "log", """{"message":"{{body}}"}"""),
                ("file", "file.write", """{"path":"answer.txt","content":"{{body}}"}"""),
                ("tell", "notify", """{"message":"{{body}}"}"""),
                ("wait", "approval", """{"question":"Is it {{body}}?"}"""),
                ("out", "output", """{"name":"answer"}"""),
            ],
            "c>ask",
            "ask>say",
            "say>wait",
            "ask>file",
            "ask>tell",
            "wait>out");
        var run = await owner.StartRunAsync(design);
        var wait = await owner.WaitOfRunAsync(run);
        var texts = new List<string> { wait.GetRawText(), (await owner.GetAsync($"runs/{run}")).Text };
        (await owner.AnswerAsync(run, wait, new { approved = true })).Expect();
        await owner.EndRunAsync(run);

        // It was sent as it is, and came back.
        Assert.Contains($"X-Key: {Secret}", Assert.Single(other.Requests), StringComparison.OrdinalIgnoreCase);
        foreach (var path in new[]
        {
            $"runs/{run}", $"runs/{run}/outputs/answer", $"runs/{run}/events", $"projects/{project}/runs", $"designs/{design}/export",
            $"projects/{project}/secrets", $"projects/{project}/files/answer.txt", "notifications",
        })
        {
            texts.Add((await owner.GetAsync(path)).Text);
        }

        Assert.Contains("***", texts[^1], StringComparison.Ordinal);
        await server.StopAsync();
        texts.Add(server.Output);
        Assert.All(texts, text => Assert.All(Forms, form => Assert.DoesNotContain(form, text, StringComparison.Ordinal)));
        var files = Directory.GetFiles(server.DataFolder, "*", SearchOption.AllDirectories);
        Assert.Contains(files, file => file.EndsWith(".db", StringComparison.Ordinal));
        foreach (var file in files)
        {
            var content = await File.ReadAllBytesAsync(file);
            Assert.All(Forms, form => Assert.True(content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(form)) < 0, $"{Path.GetFileName(file)} holds the secret as {form}."));
        }
    }

    /// <summary>The whole request as the answer's text.</summary>
    private static string Echo(string request)
    {
        var text = request.Replace("\r\n", "\n", StringComparison.Ordinal);
        return $"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {Encoding.UTF8.GetByteCount(text)}\r\n\r\n{text}";
    }
}
