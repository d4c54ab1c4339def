using Actors.TestKit.Server;

namespace Actors.EndToEnd.Tests.Walkthrough;

/// <summary>What the documents show works as it stands, from an empty data folder, and shows everything that there is.</summary>
public sealed class WalkthroughTests
{
    private const string ReadmeAddress = "http://localhost:5080";
    private const string ReadmeSection = "## Five minutes with curl";
    private const string RefusedLine = "refused as it should be:";

    /// <summary>The share of operations that either journey may leave to the reader.</summary>
    private const double Untouched = 0.1;

    [ShellFact]
    public async Task The_walkthrough_runs_line_by_line_and_touches_nearly_every_operation()
    {
        await using var server = await StartAsync();
        var text = await File.ReadAllTextAsync(Repository.PathOf("docs", "walkthrough.md"));

        var output = await Bash.RunAsync(Bash.BlocksOf(text), server.DataFolder, ("BASE", server.Address.ToString().TrimEnd('/')));

        var served = await ServedRoutes.ReadAsync(server);
        var document = await ApiDocument.ReadAsync(server.Address);
        TouchesNearlyAll(served, document);
        Assert.Equal(output.Split('\n').Count(line => line.StartsWith(RefusedLine, StringComparison.Ordinal)), served.Refusals);

        // Probes are not measured; that the text shows them is all that can be known.
        var shown = text.Replace("$API", "/api/v1", StringComparison.Ordinal).Replace("api GET ", "/api/v1", StringComparison.Ordinal);
        Assert.All(document.Operations.Where(operation => !ServedRoutes.IsMeasured(operation)), probe => Assert.Contains(probe.Path, shown, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_request_of_the_http_file_is_answered_as_it_says()
    {
        await using var server = await StartAsync();
        var requests = HttpFile.Parse(await File.ReadAllTextAsync(Repository.PathOf("docs", "actors.http")));

        using var runner = new HttpFileRunner(requests, server.Address);
        await runner.RunAsync();

        TouchesNearlyAll(await ServedRoutes.ReadAsync(server), await ApiDocument.ReadAsync(server.Address));
    }

    [ShellFact]
    public async Task Five_minutes_with_curl_are_as_the_readme_says()
    {
        await using var server = await StartAsync();
        var text = await File.ReadAllTextAsync(Repository.PathOf("README.md"));
        var section = text[text.IndexOf(ReadmeSection, StringComparison.Ordinal)..];
        section = section[..section.IndexOf("\n## ", StringComparison.Ordinal)];
        var blocks = Bash.BlocksOf(section).Select(block => block.Replace(ReadmeAddress, server.Address.ToString().TrimEnd('/'), StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(blocks);

        // A stream that is followed ends when curl hangs up, which curl calls an error.
        var output = await Bash.RunAsync(blocks.Select(block => block.Replace("'Accept: text/event-stream'", "'Accept: text/event-stream' || test $? = 28", StringComparison.Ordinal)), server.DataFolder);

        Assert.Equal(0, (await ServedRoutes.ReadAsync(server)).Refusals);
        foreach (var expected in new[] { "\"revision\":2", "data: {\"kind\":\"changes\"", "\"revision\":4", "\"warnings\":" })
            Assert.Contains(expected, output, StringComparison.Ordinal);

        Assert.StartsWith("<svg", await File.ReadAllTextAsync(Path.Combine(server.DataFolder, "checkout.svg")), StringComparison.Ordinal);
    }

    private static void TouchesNearlyAll(ServedRoutes served, ApiDocument document)
    {
        var untouched = served.Untouched(document).ToList();
        Assert.True(untouched.Count <= document.Operations.Count * Untouched, $"Too much is left out: {string.Join(", ", untouched)}");
        var tags = document.Operations.Where(ServedRoutes.IsMeasured).GroupBy(operation => operation.Tag).Where(tag => tag.All(untouched.Contains)).Select(tag => tag.Key);
        Assert.Empty(tags);
    }

    /// <summary>With the rate limits that a reader's server has.</summary>
    private static Task<ServerProcess> StartAsync() => ServerProcess.StartAsync(new ServerOptions
    {
        Settings = new Dictionary<string, string> { ["Accounts__PasswordIterations"] = "1000", ["RateLimits__Enabled"] = "true" },
    });
}
