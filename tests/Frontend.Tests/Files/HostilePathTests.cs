using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Actors.Frontend.Tests.Files;

/// <summary>Through a bare socket, since every client library tidies addresses up before it sends them.</summary>
[Collection(RunningServer.Collection)]
public sealed class HostilePathTests(RunningServer server)
{
    private static readonly string[] Methods = ["PUT", "GET", "DELETE", "HEAD"];

    [Fact]
    public async Task Of_a_thousand_hostile_paths_each_is_refused_by_its_rule_and_none_leads_anywhere()
    {
        var folder = await FileFolder.CreateAsync(server);
        using var kept = await folder.PutAsync("kept.txt", "kept");
        await RunningServer.ReadAsync(kept, 201);
        var wrong = new ConcurrentBag<string>();
        var codes = new ConcurrentDictionary<string, int>();
        var paths = HostilePaths.Generate(1_000);
        Assert.Equal(1_000, paths.Distinct(StringComparer.Ordinal).Count());
        await Parallel.ForEachAsync(paths.Select((path, number) => (Path: path, Method: Methods[number % Methods.Length])), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (sent, _) =>
        {
            var answer = await SendAsync(sent.Method, $"{folder.Project}/files/{sent.Path}", folder.Owner);
            if (sent.Method == "HEAD")
            {
                if (!IsHeadOfProblem(answer))
                    wrong.Add($"HEAD {sent.Path}: {answer}");
            }
            else if (Code(answer) is { } code && code.StartsWith("path_", StringComparison.Ordinal))
                codes.AddOrUpdate(code, 1, (_, count) => count + 1);
            else
                wrong.Add($"{sent.Method} {sent.Path}: {answer.Split("\r\n")[0]} {answer.Split("\r\n\r\n")[^1]}");
        });

        Assert.True(wrong.IsEmpty, string.Join('\n', wrong.Distinct().Take(40)));
        Assert.True(codes.Count >= 12, string.Join(", ", codes.Keys.Order()));
        using var list = await server.SendAsync("GET", $"{folder.Project}/files?recursive=true", token: folder.Owner);
        var file = Assert.Single((await RunningServer.ReadAsync(list, 200)).GetProperty("items").EnumerateArray());
        Assert.Equal("kept.txt", file.GetProperty("path").GetString());
    }

    /// <summary>Kestrel's parser refuses a NUL before any of our code runs, with an answer of its own: the one refusal without a problem document.</summary>
    [Theory]
    [InlineData("a%00b")]
    [InlineData("%00")]
    [InlineData("..%00/x")]
    [InlineData("docs/a.txt%00.png")]
    public async Task An_encoded_nul_in_an_address_does_not_get_past_the_parser(string path)
    {
        var folder = await FileFolder.CreateAsync(server);
        foreach (var method in Methods)
        {
            var parts = (await SendAsync(method, $"{folder.Project}/files/{path}", folder.Owner)).Split("\r\n\r\n");
            var head = parts[0].Split("\r\n");
            Assert.Equal("HTTP/1.1 400 Bad Request", head[0]);
            Assert.Equal(["Connection: close", "Content-Length: 0"], head.Skip(1).Where(header => !header.StartsWith("Date:", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
            Assert.Equal("", parts[1]);
        }
    }

    [Theory]
    [InlineData("../../../auth/me")]
    [InlineData("../members")]
    [InlineData("x/../../files.zip")]
    public async Task A_path_never_leads_to_another_address(string path)
    {
        var folder = await FileFolder.CreateAsync(server);
        Assert.Equal("path_traversal", Code(await SendAsync("GET", $"{folder.Project}/files/{path}", folder.Owner)));
        Assert.Equal("path_traversal", Code(await SendAsync("GET", $"http://{server.Address.Authority}{folder.Project}/files/{path}", folder.Owner)));
        Assert.Equal("path_encoded", Code(await SendAsync("GET", $"{folder.Project}/fil%65s/a.txt", folder.Owner)));
    }

    [Fact]
    public async Task Every_way_in_refuses_the_same_paths()
    {
        var folder = await FileFolder.CreateAsync(server);
        foreach (var (path, code) in new[] { ("../x", "path_traversal"), ("a\0b", "path_control_character"), ("nul", "path_reserved_name"), ("/x", "path_absolute") })
        {
            var text = JsonSerializer.Serialize(path);
            await RefusesAsync("POST", "files", $$"""{"path":{{text}},"content":"x"}""", code);
            await RefusesAsync("POST", "file-operations", $$"""{"op":"move","from":"a","to":{{text}}}""", code);
            await RefusesAsync("POST", "file-operations", $$"""{"op":"delete","from":{{text}}}""", code);
            await RefusesAsync("POST", "file-versions", $$"""{"path":{{text}},"version":1}""", code);
            await RefusesAsync("GET", $"file-versions?path={Uri.EscapeDataString(path)}", null, code);
            await RefusesAsync("GET", $"files?folder={Uri.EscapeDataString(path)}", null, code);
            await RefusesAsync("GET", $"files.zip?folder={Uri.EscapeDataString(path)}", null, code);
        }

        async Task RefusesAsync(string method, string address, string? body, string code)
        {
            using var response = await server.SendAsync(method, $"{folder.Project}/{address}", body, folder.Owner);
            await RunningServer.RefusesAsync(response, 400, code);
        }
    }

    /// <summary>What a GET would be told, without the body.</summary>
    private static bool IsHeadOfProblem(string answer) =>
        answer.StartsWith("HTTP/1.1 400 ", StringComparison.Ordinal)
        && answer.Contains("Content-Type: application/problem+json", StringComparison.Ordinal)
        && answer.EndsWith("\r\n\r\n", StringComparison.Ordinal);

    private static string? Code(string answer)
    {
        var parts = answer.Split("\r\n\r\n", 2);
        if (parts.Length < 2 || !parts[0].Contains("application/problem+json", StringComparison.Ordinal))
            return null;

        var json = parts[1][parts[1].IndexOf('{', StringComparison.Ordinal)..(parts[1].LastIndexOf('}') + 1)];
        return JsonElement.Parse(json).GetProperty("code").GetString();
    }

    private async Task<string> SendAsync(string method, string target, string token)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(server.Address.Host, server.Address.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(
            $"{method} {target} HTTP/1.1\r\nHost: {server.Address.Authority}\r\nAuthorization: Bearer {token}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
