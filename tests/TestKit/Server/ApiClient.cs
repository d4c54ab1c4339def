using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Actors.TestKit.Server;

/// <summary>One person at the REST API: an account with its token, and the calls that most tests make.</summary>
public sealed class ApiClient : IDisposable
{
    private readonly HttpClient _http;
    private string _refreshToken = "";

    /// <param name="server">The server's address without a path.</param>
    /// <param name="token">Null calls without one.</param>
    public ApiClient(Uri server, string? token = null)
    {
        Token = token;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(server, "/api/v1/"), Timeout = TimeSpan.FromSeconds(60) };
        if (token is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    public string? Token { get; }

    /// <summary>The account's id; empty when the client was not made by <see cref="RegisterAsync"/>.</summary>
    public string AccountId { get; private init; } = "";

    public string Email { get; private init; } = "";

    /// <summary>Registers a new account.</summary>
    public static async Task<ApiClient> RegisterAsync(Uri server, string name)
    {
        using var visitor = new ApiClient(server);
        var email = $"{name}-{Guid.NewGuid():N}@example.com";
        var answer = (await visitor.SendAsync(HttpMethod.Post, "auth/register", new { email, password = "Correct-Horse-7-" + Guid.NewGuid().ToString("N"), name })).Expect();
        return SignedIn(server, email, answer);
    }

    /// <summary>The same person with new tokens; this one's refresh token is spent.</summary>
    public async Task<ApiClient> RefreshAsync()
    {
        var server = new Uri(_http.BaseAddress!, "/");
        using var visitor = new ApiClient(server);
        return SignedIn(server, Email, (await visitor.PostAsync("auth/refresh", new { refreshToken = _refreshToken })).Expect());
    }

    public Task<ApiReply> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    /// <summary>The content of a file; an answer that is none fails.</summary>
    public Task<byte[]> GetBytesAsync(string path) => _http.GetByteArrayAsync(new Uri(path, UriKind.Relative));

    public Task<ApiReply> PostAsync(string path, object body) => SendAsync(HttpMethod.Post, path, body);

    public async Task<ApiReply> SendAsync(HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = JsonContent.Create(body, body.GetType(), options: JsonSerializerOptions.Web);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await SendAsync(request);
    }

    /// <summary>Posts a body that need not be JSON.</summary>
    public async Task<ApiReply> PostTextAsync(string path, string body, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, contentType) };
        return await SendAsync(request);
    }

    public async Task<string> CreateProjectAsync(string name) =>
        (await PostAsync("projects", new { name })).Expect().GetProperty("id").GetString()!;

    public async Task AddMemberAsync(string projectId, ApiClient member, string role) =>
        (await PostAsync($"projects/{projectId}/members", new { email = member.Email, role })).Expect();

    public async Task<string> CreateDesignAsync(string projectId, string name, string kind = "wireframe") =>
        (await PostAsync($"projects/{projectId}/designs", new { name, kind })).Expect().GetProperty("id").GetString()!;

    public async Task<JsonElement> GetDesignAsync(string designId) => (await GetAsync($"designs/{designId}")).Expect();

    /// <summary>Submits operations as one batch.</summary>
    public Task<ApiReply> SubmitAsync(string designId, Guid batchId, JsonArray operations) =>
        PostAsync($"designs/{designId}/operations", new { batchId, baseRevision = 0, operations });

    /// <summary>Every change after a revision, in their order.</summary>
    public async Task<List<JsonElement>> GetChangesAsync(string designId, long after = 0)
    {
        var changes = new List<JsonElement>();
        while (true)
        {
            var page = (await GetAsync($"designs/{designId}/changes?after={after}&limit=100")).Expect().GetProperty("items");
            if (page.GetArrayLength() == 0)
            {
                return changes;
            }

            changes.AddRange(page.EnumerateArray());
            after = changes[^1].GetProperty("revision").GetInt64();
        }
    }

    public Task<HubConnectionLite> ConnectAsync(HubOptions? options = null) =>
        HubConnectionLite.ConnectAsync(new Uri(_http.BaseAddress!, "/"), Token, options);

    public void Dispose() => _http.Dispose();

    private static ApiClient SignedIn(Uri server, string email, JsonElement answer) =>
        new(server, answer.GetProperty("accessToken").GetString())
        {
            AccountId = answer.GetProperty("user").GetProperty("id").GetString()!,
            Email = email,
            _refreshToken = answer.GetProperty("refreshToken").GetString()!,
        };

    private async Task<ApiReply> SendAsync(HttpRequestMessage request)
    {
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var type = response.Content.Headers.ContentType?.MediaType;
        var isJson = type is not null && type.EndsWith("json", StringComparison.Ordinal) && text.Length > 0;
        return new ApiReply(response.StatusCode, type, isJson ? JsonElement.Parse(text) : default, text, response.Headers.ETag?.ToString());
    }
}
