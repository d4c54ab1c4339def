using System.Text.Json;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Projects;

[Collection(RunningServer.Collection)]
public sealed class InvitationTests(RunningServer server) : IAsyncLifetime
{
    private ApiClient _owner = null!;
    private ApiClient _guest = null!;
    private ApiClient _other = null!;
    private string _project = "";

    public async Task InitializeAsync()
    {
        _owner = await ApiClient.RegisterAsync(server.Address, "owner");
        _guest = await ApiClient.RegisterAsync(server.Address, "guest");
        _other = await ApiClient.RegisterAsync(server.Address, "other");
        _project = await _owner.CreateProjectAsync("Site");
    }

    public Task DisposeAsync()
    {
        _owner.Dispose();
        _guest.Dispose();
        _other.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_link_is_shown_once_and_lets_anyone_in()
    {
        var created = await InviteAsync(new { role = "editor" });
        var id = created.GetProperty("id").GetString()!;
        var token = created.GetProperty("token").GetString()!;
        Assert.Equal(new Uri(server.Address, $"/invitations/{token}").ToString(), created.GetProperty("acceptUrl").GetString());
        var read = await _owner.GetAsync($"projects/{_project}/invitations/{id}");
        Assert.Equal("open", read.Expect().GetProperty("status").GetString());
        Assert.DoesNotContain("oken", read.Text, StringComparison.Ordinal);

        var offer = (await _guest.GetAsync($"invitations/{token}")).Expect();
        Assert.Equal("Site", offer.GetProperty("projectName").GetString());
        Assert.Equal("editor", offer.GetProperty("role").GetString());
        Assert.Equal("owner", offer.GetProperty("invitedByName").GetString());
        Assert.Equal(7, (offer.GetProperty("expiresAt").GetDateTimeOffset() - created.GetProperty("createdAt").GetDateTimeOffset()).Days);

        var joined = (await _guest.PostAsync($"invitations/{token}/accept", new { })).Expect();
        Assert.Equal("editor", joined.GetProperty("role").GetString());
        (await _guest.GetAsync($"projects/{_project}/members/{_guest.AccountId}")).Expect();
        Refuses(await _guest.PostAsync($"invitations/{token}/accept", new { }), 409, "member_exists");
        Refuses(await _other.PostAsync($"invitations/{token}/accept", new { }), 410, "invitation_used_up");
        Refuses(await _other.GetAsync($"invitations/{token}"), 410, "invitation_used_up");
    }

    [Fact]
    public async Task An_invitation_by_address_is_found_by_its_account_and_refused_to_others()
    {
        var created = await InviteAsync(new { email = _guest.Email.ToUpperInvariant(), role = "viewer", expiresInDays = 1 });
        var token = created.GetProperty("token").GetString()!;
        var id = created.GetProperty("id").GetString()!;
        Refuses(await _other.PostAsync($"invitations/{token}/accept", new { }), 403, "invitation_wrong_address");
        Refuses(await _other.PostAsync($"auth/invitations/{id}/accept", new { }), 404, "not_found");
        Refuses(await _owner.PostAsync($"projects/{_project}/invitations", new { email = _guest.Email, role = "viewer" }), 409, "invitation_exists");
        Assert.Empty((await _other.GetAsync("auth/invitations")).Expect().GetProperty("items").EnumerateArray());
        var mine = Assert.Single((await _guest.GetAsync("auth/invitations")).Expect().GetProperty("items").EnumerateArray());
        Assert.Equal((id, "Site", "owner"), (mine.GetProperty("id").GetString(), mine.GetProperty("projectName").GetString(), mine.GetProperty("invitedByName").GetString()));

        var told = Assert.Single((await _guest.GetAsync("notifications")).Expect().GetProperty("items").EnumerateArray());
        Assert.Equal(("invitation", id), (told.GetProperty("kind").GetString(), told.GetProperty("subject").GetProperty("invitationId").GetString()));

        (await _guest.PostAsync($"auth/invitations/{id}/accept", new { })).Expect();

        Assert.Empty((await _guest.GetAsync("auth/invitations")).Expect().GetProperty("items").EnumerateArray());
        Refuses(await _owner.PostAsync($"projects/{_project}/invitations", new { email = _guest.Email, role = "viewer" }), 409, "member_exists");
        var listed = Assert.Single((await _owner.GetAsync($"projects/{_project}/invitations")).Expect().GetProperty("items").EnumerateArray());
        Assert.Equal(("accepted", 1), (listed.GetProperty("status").GetString(), listed.GetProperty("uses").GetInt32()));
    }

    [Fact]
    public async Task What_was_declined_or_taken_back_says_so()
    {
        var declined = await InviteAsync(new { email = _guest.Email, role = "viewer" });
        (await _guest.PostAsync($"auth/invitations/{declined.GetProperty("id").GetString()}/decline", new { })).Expect();
        Refuses(await _guest.PostAsync($"invitations/{declined.GetProperty("token").GetString()}/accept", new { }), 410, "invitation_declined");

        var revoked = await InviteAsync(new { role = "viewer", maximumUses = 3 });
        var address = $"projects/{_project}/invitations/{revoked.GetProperty("id").GetString()}";
        (await _owner.SendAsync(HttpMethod.Delete, address)).Expect();
        (await _owner.SendAsync(HttpMethod.Delete, address)).Expect();
        Refuses(await _guest.PostAsync($"invitations/{revoked.GetProperty("token").GetString()}/accept", new { }), 410, "invitation_revoked");
        Refuses(await _guest.PostAsync($"invitations/{revoked.GetProperty("token").GetString()}/decline", new { }), 410, "invitation_revoked");
    }

    [Fact]
    public async Task Only_owners_see_and_make_invitations()
    {
        await _owner.AddMemberAsync(_project, _guest, "editor");
        var id = (await InviteAsync(new { role = "viewer" })).GetProperty("id").GetString();
        foreach (var (person, status, code) in new[] { (_guest, 403, "forbidden"), (_other, 404, "not_found") })
        {
            Refuses(await person.GetAsync($"projects/{_project}/invitations"), status, code);
            Refuses(await person.GetAsync($"projects/{_project}/invitations/{id}"), status, code);
            Refuses(await person.PostAsync($"projects/{_project}/invitations", new { role = "viewer" }), status, code);
            Refuses(await person.SendAsync(HttpMethod.Delete, $"projects/{_project}/invitations/{id}"), status, code);
        }

        Refuses(await _owner.PostAsync($"projects/{_project}/invitations", new { role = "king" }), 400, "validation_failed");
        Refuses(await _owner.PostAsync($"projects/{_project}/invitations", new { role = "viewer", expiresInDays = 31 }), 400, "validation_failed");
        Refuses(await _owner.PostAsync($"projects/{_project}/invitations", new { role = "viewer", maximumUses = int.MaxValue }), 400, "validation_failed");
        Refuses(await _owner.GetAsync($"projects/{_project}/invitations/inv_00000000000000000000000000"), 404, "not_found");
        Refuses(await _owner.GetAsync("invitations/nonsense"), 404, "not_found");
        using var nobody = new ApiClient(server.Address);
        Refuses(await nobody.GetAsync("invitations/nonsense"), 401, "unauthenticated");
    }

    [Fact]
    public async Task An_invitation_ends_with_its_project()
    {
        var token = (await InviteAsync(new { role = "viewer" })).GetProperty("token").GetString();
        (await _owner.SendAsync(HttpMethod.Delete, $"projects/{_project}")).Expect();
        Refuses(await _guest.PostAsync($"invitations/{token}/accept", new { }), 404, "not_found");
    }

    [Fact]
    public async Task A_project_is_handed_over_and_left()
    {
        await _owner.AddMemberAsync(_project, _guest, "viewer");
        Refuses(await _guest.PostAsync($"projects/{_project}/transfer", new { accountId = _guest.AccountId }), 403, "forbidden");
        Refuses(await _owner.PostAsync($"projects/{_project}/transfer", new { accountId = _other.AccountId }), 404, "not_found");
        Refuses(await _owner.PostAsync($"projects/{_project}/leave", new { }), 409, "last_owner");

        var handed = (await _owner.PostAsync($"projects/{_project}/transfer", new { accountId = _guest.AccountId })).Expect();

        Assert.Equal("editor", handed.GetProperty("role").GetString());
        Assert.Equal("owner", (await _guest.GetAsync($"projects/{_project}")).Expect().GetProperty("role").GetString());
        (await _owner.PostAsync($"projects/{_project}/leave", new { })).Expect();
        Refuses(await _owner.GetAsync($"projects/{_project}"), 404, "not_found");
        Refuses(await _owner.PostAsync($"projects/{_project}/leave", new { }), 404, "not_found");
    }

    private async Task<JsonElement> InviteAsync(object body) => (await _owner.PostAsync($"projects/{_project}/invitations", body)).Expect();

    private static void Refuses(ApiReply reply, int status, string code) => Assert.Equal((status, code), ((int)reply.Status, reply.Problem().Code));
}
