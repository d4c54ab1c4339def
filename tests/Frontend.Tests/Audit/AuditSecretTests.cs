using System.Text;
using System.Text.Json;
using Actors.Frontend.Tests.Operations;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Audit;

/// <summary>Addresses with secrets in them are written down without.</summary>
public sealed class AuditSecretTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task The_secrets_of_invitations_and_webhooks_are_in_no_audit_entry_no_span_and_no_log_line()
    {
        await using var collector = await SpanCollector.StartAsync();
        await using var server = await ServerProcess.StartAsync(new ServerOptions
        {
            Settings = new Dictionary<string, string>(collector.Settings)
            {
                ["Accounts__PasswordIterations"] = "1000",
                ["Logging__Format"] = "json",

                // Has the framework write a line during every request, with all its scopes.
                ["Logging__LogLevel__Microsoft.AspNetCore"] = "Information",
            },
        });
        using var owner = await ApiClient.RegisterAsync(server.Address, "owner");
        var project = await owner.CreateProjectAsync("Site");
        var design = await owner.CreateDesignAsync(project, "Run me", "process");
        var hook = (await owner.PostAsync($"projects/{project}/triggers", new { name = "Hook", designId = design, kind = "webhook" })).Expect();
        var invitation = (await owner.PostAsync($"projects/{project}/invitations", new { role = "viewer", maximumUses = 5 })).Expect();
        var (secretOfHook, secretOfInvitation) = (Text(hook, "token"), Text(invitation, "token"));

        using var joiner = await ApiClient.RegisterAsync(server.Address, "joiner");
        using var decliner = await ApiClient.RegisterAsync(server.Address, "decliner");
        await owner.PostAsync($"hooks/{secretOfHook}", new { order = 7 });
        await owner.GetAsync($"hooks/{secretOfHook}");
        (await joiner.GetAsync($"invitations/{secretOfInvitation}")).Expect();
        (await joiner.PostAsync($"invitations/{secretOfInvitation}/accept", new { })).Expect();
        Assert.Equal(204, (int)(await decliner.PostAsync($"invitations/{secretOfInvitation}/decline", new { })).Status);

        using (var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server.Address })
        using (var page = await http.GetAsync(new Uri($"/invitations/{secretOfInvitation}", UriKind.Relative)))
            Assert.Equal(200, (int)page.StatusCode);

        foreach (var (action, kind, id) in new[]
        {
            ("ReceiveHook", "trigger", Text(hook.GetProperty("trigger"), "id")),
            ("AcceptInvitation", "invitation", Text(invitation, "id")),
            ("DeclineInvitation", "invitation", Text(invitation, "id")),
        })
        {
            List<JsonElement> entries = [];
            await Eventually.HoldsAsync(
                async () => (entries = [.. (await owner.GetAsync($"projects/{project}/audit?action={action}")).Expect().GetProperty("items").EnumerateArray()]).Count > 0,
                Patience,
                $"an entry of {action}");
            Assert.Equal((kind, id), (Text(Assert.Single(entries), "subjectKind"), Text(entries[0], "subjectId")));
        }

        foreach (var path in new[] { "/api/v1/hooks/***", "/api/v1/invitations/***", "/api/v1/invitations/***/accept", "/api/v1/invitations/***/decline" })
            await Eventually.HoldsAsync(() => collector.Received.Any(spans => spans.Contains(path, StringComparison.Ordinal)), Patience, $"a span of {path}");

        var everything = Encoding.UTF8.GetString(await owner.GetBytesAsync("admin/audit?format=ndjson"));
        Assert.Contains("AcceptInvitation", everything, StringComparison.Ordinal);
        Assert.Contains("hookToken", server.Output, StringComparison.Ordinal);
        foreach (var secret in new[] { secretOfHook, secretOfInvitation })
        {
            Assert.DoesNotContain(secret, everything, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, server.Output, StringComparison.Ordinal);
            Assert.DoesNotContain(collector.Received, spans => spans.Contains(secret, StringComparison.Ordinal));
        }
    }

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString()!;
}
