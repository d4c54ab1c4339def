using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Roles;

/// <summary>A person of the world, with the tokens of their session.</summary>
public sealed record Person(string Id, string Email, string Token, string RefreshToken);

/// <summary>A server with one person for each actor. What they do something with is made scene by scene.</summary>
public sealed class RoleWorld : IAsyncLifetime
{
    public const string Password = "correct Horse 7";

    /// <summary>Known here so that a token can be signed that has expired already.</summary>
    private const string SigningKey = "the key of the role matrix, which is no secret";

    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });

    private readonly Dictionary<Actor, Person> _people = [];
    private readonly ConcurrentBag<HubConnectionLite> _kept = [];
    private ServerProcess? _server;

    public Uri Address => _server!.Address;

    /// <summary>What everybody reads, and what nobody who is refused can change.</summary>
    public Scene Shared { get; private set; } = null!;

    /// <summary>Somebody who is a member of nothing, to be invited.</summary>
    public Person Newcomer { get; private set; } = null!;

    public Person this[Actor actor] => _people[actor];

    public string? TokenOf(Actor actor) => actor == Actor.Anonymous ? null : _people[actor].Token;

    public async Task InitializeAsync()
    {
        _server = await ServerProcess.StartAsync(new ServerOptions
        {
            Settings = new Dictionary<string, string>
            {
                ["Accounts__PasswordIterations"] = "1000",
                ["RateLimits__Enabled"] = "false",
                ["Authentication__SigningKey"] = SigningKey,
            },
        });

        // The first account of an installation is its administrator.
        _people[Actor.Administrator] = await RegisterAsync();
        foreach (var actor in new[] { Actor.Owner, Actor.Editor, Actor.Commenter, Actor.Viewer, Actor.Stranger })
            _people[actor] = await RegisterAsync();

        Newcomer = await RegisterAsync();
        var owner = _people[Actor.Owner];
        _people[Actor.ExpiredToken] = owner with { Token = Expired(owner) };
        _people[Actor.RevokedToken] = await LogInAsync(owner);
        await ExpectAsync("POST", "/api/v1/auth/logout", null, _people[Actor.RevokedToken].Token);
        Shared = new Scene(this, RoleRules.Members);
    }

    public async Task DisposeAsync()
    {
        foreach (var connection in _kept)
            await connection.DisposeAsync();

        await _server!.DisposeAsync();
    }

    /// <summary>A connection that stays until the end.</summary>
    public HubConnectionLite Keep(HubConnectionLite connection)
    {
        _kept.Add(connection);
        return connection;
    }

    public async Task<Person> RegisterAsync()
    {
        var email = $"{Guid.NewGuid():N}@example.org";
        return PersonOf(email, await ExpectAsync("POST", "/api/v1/auth/register", $$"""{"email":"{{email}}","password":"{{Password}}","name":"Somebody"}""", null));
    }

    /// <summary>Another session of the same person.</summary>
    public async Task<Person> LogInAsync(Person person) =>
        PersonOf(person.Email, await ExpectAsync("POST", "/api/v1/auth/login", $$"""{"email":"{{person.Email}}","password":"{{Password}}"}""", null));

    /// <summary>The body of a request that must succeed.</summary>
    public async Task<JsonElement> ExpectAsync(string method, string path, string? body, string? token)
    {
        using var response = await SendAsync(method, path, new Call(body), token);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? text.Length == 0 ? default : JsonElement.Parse(text)
            : throw new InvalidOperationException($"The scene cannot be set: {method} {path} {body} was answered {(int)response.StatusCode} {text}");
    }

    public async Task<HttpResponseMessage> SendAsync(string method, string path, Call call, string? token)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Address, path + call.Query));
        request.Content = call switch
        {
            { Bytes: { } bytes } => new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(call.ContentType) } },
            { Body: { } text } => new StringContent(text, new MediaTypeHeaderValue(call.ContentType)),
            _ => null,
        };

        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);

        foreach (var (name, value) in call.Headers ?? [])
            request.Headers.TryAddWithoutValidation(name, value);

        // A stream of events never ends by itself; its head is all that is asked for.
        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static Person PersonOf(string email, JsonElement answer) => new(
        answer.GetProperty("user").GetProperty("id").GetString()!,
        email,
        answer.GetProperty("accessToken").GetString()!,
        answer.GetProperty("refreshToken").GetString()!);

    /// <summary>The person's own token, with an end that has passed.</summary>
    private static string Expired(Person person)
    {
        var parts = person.Token.Split('.');
        var claims = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Base64Url.Decode(parts[1]))!;
        claims["exp"] = JsonElement.Parse($"{DateTimeOffset.UtcNow.AddMinutes(-1).ToUnixTimeSeconds()}");
        var signed = $"{parts[0]}.{Base64Url.Encode(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        return $"{signed}.{Base64Url.Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(SigningKey), Encoding.ASCII.GetBytes(signed)))}";
    }

    private static class Base64Url
    {
        public static string Encode(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

        public static byte[] Decode(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);
    }
}
