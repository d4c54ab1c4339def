using System.Globalization;
using System.Text.RegularExpressions;
using Actors.Frontend.Http;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.OpenApi;

/// <summary>What <c>docs</c> says of addresses and statuses is so, and says it of all of them.</summary>
[Collection(RunningServer.Collection)]
public sealed partial class DocumentationTruthTests(RunningServer server)
{
    private const string Api = "/api/v1";

    /// <summary>Addresses that are no operations.</summary>
    private static readonly HashSet<string> OtherAddresses = new([Api, "/docs", "/redoc", "/openapi/v1.json", "/hubs/collaboration", "/reset-password/{token}"], StringComparer.Ordinal);

    [Fact]
    public async Task Every_operation_is_mentioned_in_the_protocol()
    {
        var paths = await PathsAsync();
        var mentioned = Mentions(paths).SelectMany(mention => mention.Paths).ToHashSet(StringComparer.Ordinal);
        var missing = paths.Where(path => !mentioned.Contains(path)).ToList();
        Assert.True(missing.Count == 0, $"Mention in docs/protocol.md: {string.Join(", ", missing)}");
    }

    [Fact]
    public async Task Every_address_that_the_protocol_mentions_exists()
    {
        var wrong = Mentions(await PathsAsync()).Where(mention => mention.Paths.Count == 0).Select(mention => mention.Text).ToList();
        Assert.True(wrong.Count == 0, $"docs/protocol.md mentions what is not there: {string.Join(", ", wrong)}");
    }

    [Fact]
    public void Every_code_has_the_status_that_is_documented()
    {
        var documented = Code().Matches(Read("errors.md"));
        Assert.NotEmpty(documented);
        Assert.All(documented, match => Assert.Equal($"{match.Groups["code"].Value} {RefusalStatus.Of(match.Groups["code"].Value).ToString(CultureInfo.InvariantCulture)}", $"{match.Groups["code"].Value} {match.Groups["status"].Value}"));
    }

    /// <summary>
    /// What stands in code and begins with a slash. <c>[/{x}]</c> may be left out, <c>.../x</c> ends what it says, and
    /// <c>/x</c> behind a whole path in its line stands below that path or beside it.
    /// </summary>
    private static IEnumerable<(string Text, HashSet<string> Paths)> Mentions(HashSet<string> paths)
    {
        foreach (var line in Read("protocol.md").Split('\n'))
        {
            var whole = new List<string>();
            foreach (var mention in Inline().Matches(line).Select(match => Address().Match(match.Groups["text"].Value)).Where(match => match.Success).SelectMany(match => Expand(match.Groups["path"].Value)))
            {
                var meant = Resolve(mention, paths, whole);
                if (paths.Contains(mention))
                    whole.Add(mention);

                yield return (mention, meant);
            }
        }
    }

    private static HashSet<string> Resolve(string mention, HashSet<string> paths, List<string> whole)
    {
        if (paths.Contains(mention) || OtherAddresses.Contains(mention))
            return [mention];

        if (mention.StartsWith("...", StringComparison.Ordinal))
            return [.. paths.Where(path => path.EndsWith(mention[3..], StringComparison.Ordinal))];

        var near = whole.SelectMany(path => new[] { path + mention, path[..path.LastIndexOf('/')] + mention }).Where(paths.Contains).ToHashSet(StringComparer.Ordinal);
        return near.Count > 0 ? near : [.. paths.Where(path => path.StartsWith(mention + "/", StringComparison.Ordinal) || path.EndsWith(mention, StringComparison.Ordinal)).Take(1)];
    }

    private static IEnumerable<string> Expand(string path) =>
        Optional().Match(path) is { Success: true } optional
            ? Expand(path.Remove(optional.Index, optional.Length)).Concat(Expand(path.Remove(optional.Index, optional.Length).Insert(optional.Index, optional.Groups["part"].Value)))
            : [path];

    private async Task<HashSet<string>> PathsAsync() =>
        [.. (await ApiDocument.ReadAsync(server.Address)).Operations.Select(operation => operation.Path.StartsWith(Api, StringComparison.Ordinal) ? operation.Path[Api.Length..] : operation.Path)];

    private static string Read(string document)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "docs", document)))
            folder = folder.Parent;

        return File.ReadAllText(Path.Combine(folder?.FullName ?? throw new FileNotFoundException(document), "docs", document));
    }

    [GeneratedRegex("`(?<text>[^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Inline();

    [GeneratedRegex(@"^((GET|HEAD|POST|PUT|PATCH|DELETE)(, )?)*\s?(?<path>(\.\.\.)?/[^ ?]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();

    [GeneratedRegex(@"\[(?<part>[^\]]*)\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Optional();

    [GeneratedRegex(@"^### (?<code>\S+)\n\nStatus (?<status>\d+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}
