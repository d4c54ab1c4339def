using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests;

/// <summary>One real server for all tests of this assembly that need no settings of their own.</summary>
public sealed class RunningServer : IAsyncLifetime
{
    public const string Collection = "server";

    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });

    private ServerProcess? _server;

    public Uri Address => _server!.Address;

    public async Task InitializeAsync() => _server = await ServerProcess.StartAsync(new ServerOptions
    {
        Settings = new Dictionary<string, string>
        {
            ["Accounts__PasswordIterations"] = "1000",
            ["RateLimits__Enabled"] = "false",
        },
    });

    public async Task DisposeAsync() => await _server!.DisposeAsync();

    public async Task<HttpResponseMessage> SendAsync(
        string method, string path, string? body = null, string? token = null, string contentType = "application/json", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Address, path));
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, contentType);

        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);

        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);

        return await Http.SendAsync(request);
    }

    /// <summary>Registers somebody new: the whole answer, and the address that was made up for them.</summary>
    public async Task<(JsonElement Answer, string Email)> RegisterAsync(string name = "Ada")
    {
        var email = $"{Guid.NewGuid():N}@example.org";
        using var response = await SendAsync("POST", "/api/v1/auth/register", JsonSerializer.Serialize(new { email, password = Password, name }, JsonSerializerOptions.Web));
        return (await ReadAsync(response, 201), email);
    }

    public const string Password = "correct Horse 7";

    /// <summary>The body of an answer that must have this status.</summary>
    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response, int status)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode} instead of {status}: {text}");
        return text.Length == 0 ? default : JsonElement.Parse(text);
    }

    /// <summary>Asserts a whole problem document of this status and code.</summary>
    public static async Task<JsonElement> RefusesAsync(HttpResponseMessage response, int status, string code)
    {
        var problem = await ReadAsync(response, status);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.EndsWith("#" + code, problem.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(problem.GetProperty("title").GetString()));
        Assert.False(string.IsNullOrEmpty(problem.GetProperty("detail").GetString()));
        Assert.False(string.IsNullOrEmpty(problem.GetProperty("traceId").GetString()));
        Assert.True(problem.TryGetProperty("retryable", out _));
        Assert.True(response.Headers.Contains("X-Request-Id"));
        return problem;
    }
}

[CollectionDefinition(RunningServer.Collection)]
public sealed class ServerCollection : ICollectionFixture<RunningServer>;
