using System.Net.Http.Headers;
using System.Text;

namespace Actors.Frontend.Tests.Files;

/// <summary>A new project with an owner, and requests to its files.</summary>
internal sealed record FileFolder(RunningServer Server, string Project, string Owner)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });

    public static async Task<FileFolder> CreateAsync(RunningServer server)
    {
        var (answer, _) = await server.RegisterAsync();
        var owner = answer.GetProperty("accessToken").GetString()!;
        using var created = await server.SendAsync("POST", "/api/v1/projects", """{"name":"Files"}""", owner);
        return new FileFolder(server, $"/api/v1/projects/{(await RunningServer.ReadAsync(created, 201)).GetProperty("id").GetString()}", owner);
    }

    /// <summary>Somebody else, as a member of this role.</summary>
    public async Task<string> MemberAsync(string role)
    {
        var (answer, email) = await Server.RegisterAsync(role);
        using var added = await Server.SendAsync("POST", $"{Project}/members", $$"""{"email":"{{email}}","role":"{{role}}"}""", Owner);
        await RunningServer.ReadAsync(added, 201);
        return answer.GetProperty("accessToken").GetString()!;
    }

    public Task<HttpResponseMessage> PutAsync(string path, string content, string? type = null, params (string, string)[] headers) =>
        SendAsync("PUT", $"files/{path}", Encoding.UTF8.GetBytes(content), type, headers);

    public Task<HttpResponseMessage> GetAsync(string path, params (string, string)[] headers) => SendAsync("GET", path, headers: headers);

    public async Task<HttpResponseMessage> SendAsync(string method, string path, byte[]? body = null, string? type = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Server.Address, $"{Project}/{path}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Owner);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            if (type is not null)
                request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);

        return await Http.SendAsync(request);
    }
}
