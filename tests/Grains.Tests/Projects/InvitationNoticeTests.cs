using Actors.Domain.Accounts;
using Actors.Domain.Lists;
using Actors.Domain.Notifications;
using Actors.Domain.Projects;
using Actors.Grains.Interfaces.Accounts;
using Actors.Grains.Interfaces.Notifications;
using Actors.Grains.Interfaces.Projects;
using Actors.Grains.Tests.Infrastructure;

namespace Actors.Grains.Tests.Projects;

/// <summary>Who is invited by their address learns of it, whatever fails in between and in whichever order they come.</summary>
public sealed class InvitationNoticeTests : IAsyncLifetime
{
    private const string Mail = "bob@example.org";

    private readonly ManualClock _clock = new();
    private TestSilo _silo = null!;

    private IProjectGrain Project => _silo.Grains.GetGrain<IProjectGrain>("prj_1");

    public async Task InitializeAsync()
    {
        _silo = await TestSilo.StartAsync(_clock);
        await RegisterAsync("usr_ann", "ann@example.org");
        Assert.IsType<ProjectReply.Done>(await Project.Create(new NewProject("usr_ann", "Site", null)).InTime());
    }

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_account_that_an_outage_left_untold_is_told_later_and_once(bool restarts)
    {
        await RegisterAsync("usr_bob", Mail);
        _silo.Journal.Next.Enqueue(Fault.None);
        _silo.Journal.Next.Enqueue(Fault.Lost);
        await InviteAsync("inv_1");
        Assert.Empty(await ToldAsync("usr_bob"));
        if (restarts)
        {
            await _silo.DeactivateAsync(Project);
            Assert.IsType<InvitationReply.Done>(await Project.GetInvitation("usr_ann", "inv_1"));
        }

        await UntilToldAsync("usr_bob", 1);
        await InviteAsync("inv_2", "eve@example.org");
        Assert.Single(await ToldAsync("usr_bob"));
    }

    [Fact]
    public async Task An_address_is_told_of_its_open_invitations_when_it_registers()
    {
        await InviteAsync("inv_1");
        Assert.IsType<ProjectReply.Done>(await _silo.Grains.GetGrain<IProjectGrain>("prj_2").Create(new NewProject("usr_ann", "Shop", null)));
        await InviteAsync("inv_2", project: "prj_2");
        await _silo.Grains.GetGrain<IProjectGrain>("prj_2").RevokeInvitation(new InvitationRevocation("usr_ann", "inv_2"));

        await RegisterAsync("usr_bob", Mail);

        var told = Assert.Single(await ToldAsync("usr_bob"));
        Assert.Equal(("inv_1", "Ann invites you to the project Site."), (told.Subject!["invitationId"], told.Text));
    }

    [Fact]
    public async Task A_new_account_that_an_outage_left_untold_is_told_by_its_next_activation()
    {
        await InviteAsync("inv_1");
        _silo.Journal.Next.Enqueue(Fault.None);
        _silo.Journal.Next.Enqueue(Fault.Lost);
        await RegisterAsync("usr_bob", Mail);
        Assert.Empty(await ToldAsync("usr_bob"));

        await _silo.DeactivateAsync(_silo.Grains.GetGrain<IAccountGrain>("usr_bob"));
        Assert.NotNull(await _silo.Grains.GetGrain<IAccountGrain>("usr_bob").Get());

        await UntilToldAsync("usr_bob", 1);
    }

    private async Task InviteAsync(string id, string email = Mail, string project = "prj_1")
    {
        var invitee = await _silo.Grains.GetGrain<IAccountDirectoryGrain>(0).Resolve(email);
        Assert.IsType<InvitationReply.Done>(await _silo.Grains.GetGrain<IProjectGrain>(project)
            .Invite(new NewInvitation("usr_ann", "Ann", id, email, invitee, ProjectRole.Viewer, $"hash of {id}", TimeSpan.FromDays(7), 1)).InTime());
    }

    private async Task<IReadOnlyList<Notification>> ToldAsync(string accountId) => Assert.IsType<NotificationPageReply.Page>(
        await _silo.Grains.GetGrain<IInboxGrain>(accountId).List(new NotificationQuery(new ListRequest(10), Kind: NotificationKinds.Invitation))).Items;

    private Task UntilToldAsync(string accountId, int count) => Wait.UntilAsync(async () =>
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        return (await ToldAsync(accountId)).Count == count;
    });

    private async Task RegisterAsync(string id, string email)
    {
        var session = new NewSession($"ses_{id}", "family", "token", null);
        var name = id == "usr_ann" ? "Ann" : "Bob";
        Assert.IsType<SignInReply.SignedIn>(
            await _silo.Grains.GetGrain<IAccountDirectoryGrain>(0).Register(new Registration(id, email, name, "correct horse 7 Battery", session)).InTime());
    }
}
