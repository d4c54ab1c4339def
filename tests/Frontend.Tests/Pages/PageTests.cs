using System.Text.Json;
using System.Text.RegularExpressions;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Pages;

/// <summary>A server that takes new accounts by invitation only, and its first account.</summary>
public sealed class InvitingServer : IAsyncLifetime
{
    private ServerProcess? _server;
    private ApiClient? _owner;

    public Uri Address => _server!.Address;

    public ApiClient Owner => _owner!;

    public async Task InitializeAsync()
    {
        _server = await ServerProcess.StartAsync(new ServerOptions
        {
            Settings = new Dictionary<string, string> { ["Accounts__PasswordIterations"] = "1000", ["Accounts__Registration"] = "invited", ["RateLimits__Enabled"] = "false" },
        });
        _owner = await ApiClient.RegisterAsync(Address, "owner");
        (await Owner.SendAsync(HttpMethod.Patch, "auth/me", new { name = "Ann & <b>Co</b>" })).Expect();
    }

    public async Task DisposeAsync()
    {
        _owner?.Dispose();
        await _server!.DisposeAsync();
    }
}

/// <summary>The pages behind the links that people are sent, used as a browser without scripts would.</summary>
public sealed partial class PageTests(InvitingServer server) : IClassFixture<InvitingServer>, IAsyncLifetime
{
    private const string Password = "correct Horse 7";

    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });

    private readonly string _bob = $"bob-{Guid.NewGuid():N}@example.org";
    private string _project = "";

    public async Task InitializeAsync() => _project = await server.Owner.CreateProjectAsync("Shop <script>alert(1)</script>");

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Somebody_new_registers_and_joins_in_one_step()
    {
        var invitation = await InviteAsync(new { role = "editor" });
        var page = await GetAsync(invitation, 200);
        Assert.Contains("Shop &lt;script&gt;", page, StringComparison.Ordinal);
        Assert.Contains("Ann &amp; &lt;b&gt;Co", page, StringComparison.Ordinal);

        var weak = await PostAsync(invitation, 400, ("account", "new"), ("name", "Bob"), ("email", _bob), ("password", "short"), ("answer", "accept"));
        Assert.Contains("role=\"alert\"", weak, StringComparison.Ordinal);
        Assert.Contains($"value=\"{_bob}\"", weak, StringComparison.Ordinal);
        Assert.DoesNotContain("short\"", weak, StringComparison.Ordinal);

        var welcome = await PostAsync(invitation, 200, ("account", "new"), ("name", "Bob"), ("email", _bob), ("password", Password), ("answer", "accept"));
        Assert.Contains("as editor", welcome, StringComparison.Ordinal);
        Assert.Equal([_bob], await MembersAsync("editor"));
        using var bob = await LogInAsync(_bob, Password);
        Assert.Single((await bob.GetAsync("auth/sessions")).Expect().GetProperty("items").EnumerateArray());
        Assert.Contains("as often as it may be", await GetAsync(invitation, 410), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_with_an_account_logs_in_and_joins_or_says_no()
    {
        var link = await InviteAsync(new { role = "viewer", maximumUses = 10 });
        await PostAsync(link, 200, ("account", "new"), ("name", "Bob"), ("email", _bob), ("password", Password), ("answer", "decline"));
        Assert.Empty(await MembersAsync("viewer"));

        var addressed = await InviteAsync(new { email = _bob, role = "viewer" });
        Assert.Contains($"value=\"{_bob}\"", await GetAsync(addressed, 200), StringComparison.Ordinal);
        var wrong = await PostAsync(addressed, 401, ("account", "known"), ("email", _bob), ("password", "wrong Horse 7"), ("answer", "accept"));
        Assert.Contains("The e-mail address or the password is wrong.", wrong, StringComparison.Ordinal);
        await PostAsync(addressed, 200, ("account", "known"), ("email", _bob), ("password", Password), ("answer", "accept"));
        Assert.Equal([_bob], await MembersAsync("viewer"));
        var twice = await PostAsync(link, 409, ("account", "known"), ("email", _bob), ("password", Password), ("answer", "accept"));
        Assert.Contains("role=\"alert\"", twice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_is_set_anew_once()
    {
        await PostAsync(await InviteAsync(new { role = "viewer" }), 200, ("account", "new"), ("name", "Bob"), ("email", _bob), ("password", Password), ("answer", "accept"));
        using var bob = await LogInAsync(_bob, Password);
        var id = (await bob.GetAsync("auth/me")).Expect().GetProperty("id").GetString();
        var url = (await server.Owner.PostAsync($"admin/accounts/{id}/password-reset", new { })).Expect().GetProperty("url").GetString()!;
        Assert.StartsWith(new Uri(server.Address, "/reset-password/usr_").ToString(), url, StringComparison.Ordinal);

        await GetAsync(url, 200);
        Assert.Contains("role=\"alert\"", await PostAsync(url, 400, ("new", "short")), StringComparison.Ordinal);
        Assert.Contains("Your password is set", await PostAsync(url, 200, ("new", "battery Staple 8")), StringComparison.Ordinal);
        Assert.Equal(401, (int)(await bob.GetAsync("auth/me")).Status);
        using var again = await LogInAsync(_bob, "battery Staple 8");
        await PostAsync(url, 401, ("new", "battery Staple 9"));
    }

    [Theory]
    [InlineData("/invitations/nonsense")]
    [InlineData("/reset-password/nonsense")]
    public async Task A_link_that_leads_nowhere_says_so(string path)
    {
        var link = new Uri(server.Address, path).ToString();
        Assert.Contains("role=\"alert\"", await GetAsync(link, 404), StringComparison.Ordinal);
        await PostAsync(link, 404, ("answer", "accept"));
    }

    [Fact]
    public async Task A_body_that_is_no_form_is_refused()
    {
        using var body = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        using var response = await Http.PostAsync(new Uri(await InviteAsync(new { role = "viewer" })), body);
        Assert.Equal(415, (int)response.StatusCode);
    }

    [Fact]
    public async Task Passwords_are_tried_as_rarely_as_over_the_interface_and_secrets_stay_out_of_the_audit()
    {
        await using var guarded = await ServerProcess.StartAsync(new ServerOptions
        {
            Settings = new Dictionary<string, string>
            {
                ["Accounts__PasswordIterations"] = "1000",
                ["RateLimits__Enabled"] = "true",
                ["RateLimits__CredentialsPerMinute"] = "3",
                ["Http__PublicAddress"] = "https://app.example.com/team/",
            },
        });
        using var owner = await ApiClient.RegisterAsync(guarded.Address, "owner");
        var created = (await owner.PostAsync($"projects/{await owner.CreateProjectAsync("P")}/invitations", new { role = "viewer" })).Expect();
        var token = created.GetProperty("token").GetString()!;
        Assert.Equal($"https://app.example.com/team/invitations/{token}", created.GetProperty("acceptUrl").GetString());

        var status = 0;
        for (var attempt = 0; attempt < 10 && status != 429; attempt++)
        {
            using var form = Form(("account", "known"), ("email", $"nobody{attempt}@example.org"), ("password", Password), ("answer", "accept"));
            using var response = await Http.PostAsync(new Uri(guarded.Address, $"/invitations/{token}"), form);
            status = (int)response.StatusCode;
        }

        Assert.Equal(429, status);
        await Eventually.HoldsAsync(
            async () => (await owner.GetAsync("admin/audit?action=AnswerInvitationByPage")).Expect().GetProperty("items").GetArrayLength() > 0,
            TimeSpan.FromSeconds(20),
            "the attempts are recorded");
        Assert.DoesNotContain(token, (await owner.GetAsync("admin/audit?limit=100")).Text, StringComparison.Ordinal);
    }

    private async Task<string> InviteAsync(object invitation) =>
        (await server.Owner.PostAsync($"projects/{_project}/invitations", invitation)).Expect().GetProperty("acceptUrl").GetString()!;

    private async Task<List<string?>> MembersAsync(string role) =>
        [.. (await server.Owner.GetAsync($"projects/{_project}/members?role={role}")).Expect().GetProperty("items").EnumerateArray().Select(member => member.GetProperty("email").GetString())];

    private async Task<ApiClient> LogInAsync(string email, string password)
    {
        using var visitor = new ApiClient(server.Address);
        return new ApiClient(server.Address, (await visitor.PostAsync("auth/login", new { email, password })).Expect().GetProperty("accessToken").GetString());
    }

    private static async Task<string> GetAsync(string url, int status)
    {
        using var response = await Http.GetAsync(new Uri(url));
        return await ReadAsync(response, status);
    }

    private static async Task<string> PostAsync(string url, int status, params (string Name, string Value)[] fields)
    {
        using var form = Form(fields);
        using var response = await Http.PostAsync(new Uri(url), form);
        return await ReadAsync(response, status);
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) => new(fields.ToDictionary(field => field.Name, field => field.Value));

    /// <summary>The page, which keeps to what every page keeps to.</summary>
    private static async Task<string> ReadAsync(HttpResponseMessage response, int status)
    {
        var page = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode} instead of {status}: {page}");
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.True(response.Headers.CacheControl?.NoStore);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("src=", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("href=", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("<html lang=\"en\">", page, StringComparison.Ordinal);
        Assert.Single(Headings().Matches(page));
        var labelled = Labels().Matches(page).Select(label => label.Groups["id"].Value).ToList();
        Assert.Equal(Inputs().Matches(page).Select(input => input.Groups["id"].Value).Order(StringComparer.Ordinal), labelled.Order(StringComparer.Ordinal));
        Assert.Equal(labelled.Count, labelled.Distinct(StringComparer.Ordinal).Count());
        return page;
    }

    [GeneratedRegex("<h1>", RegexOptions.None, 1000)]
    private static partial Regex Headings();

    [GeneratedRegex("<label for=\"(?<id>[^\"]+)\">", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Labels();

    [GeneratedRegex("<input id=\"(?<id>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Inputs();
}
