using Actors.Domain;
using Actors.Domain.Lists;
using Actors.Domain.Projects;
using Actors.Grains.Interfaces.Accounts;
using Actors.Grains.Interfaces.Projects;
using Actors.Grains.Tests.Infrastructure;

namespace Actors.Grains.Tests.Projects;

public sealed class ProjectTests : IAsyncLifetime
{
    private const string Ann = "acc_ann";
    private const string Bob = "acc_bob";

    private TestSilo _silo = null!;

    private IProjectGrain Project => _silo.Grains.GetGrain<IProjectGrain>("prj_1");

    private IProjectDirectoryGrain Directory => _silo.Grains.GetGrain<IProjectDirectoryGrain>(0);

    public async Task InitializeAsync()
    {
        _silo = await TestSilo.StartAsync();
        Assert.IsType<ProjectReply.Done>(await Project.Create(new NewProject(Ann, "Plans", null)).InTime());
    }

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task Who_creates_a_project_owns_it_and_strangers_do_not_find_it()
    {
        Assert.Equal(ProjectRole.Owner, await Project.GetRole(Ann));
        Assert.Null(await Project.GetRole(Bob));
        Assert.Equal(ErrorCodes.NotFound, Assert.IsType<ProjectReply.Refused>(await Project.Get(Bob)).Error.Code);
        Assert.Equal(["prj_1"], await ListAsync(Ann));
        Assert.Empty(await ListAsync(Bob));
    }

    [Fact]
    public async Task The_last_owner_neither_leaves_nor_becomes_less()
    {
        Assert.Equal(ErrorCodes.LastOwner, await RefusedAsync(Project.RemoveMember(new MemberRemoval(Ann, Ann))));
        Assert.Equal(ErrorCodes.LastOwner, await RefusedAsync(Project.ChangeMember(new MemberChange(Ann, Ann, ProjectRole.Editor))));

        await AddAsync(Bob, ProjectRole.Owner);
        Assert.IsType<ProjectReply.Gone>(await Project.RemoveMember(new MemberRemoval(Ann, Ann)));
        Assert.Null(await Project.GetRole(Ann));
        Assert.Equal(ErrorCodes.LastOwner, await RefusedAsync(Project.RemoveMember(new MemberRemoval(Bob, Bob))));
    }

    [Fact]
    public async Task Of_two_owners_who_leave_at_once_one_stays()
    {
        await AddAsync(Bob, ProjectRole.Owner);

        var replies = await Task.WhenAll(Project.RemoveMember(new MemberRemoval(Ann, Ann)), Project.RemoveMember(new MemberRemoval(Bob, Bob)));

        Assert.Single(replies.OfType<ProjectReply.Gone>());
        Assert.Equal(ErrorCodes.LastOwner, Assert.Single(replies.OfType<ProjectReply.Refused>()).Error.Code);
        Assert.Single(new[] { await Project.GetRole(Ann), await Project.GetRole(Bob) }, role => role == ProjectRole.Owner);
    }

    [Fact]
    public async Task The_roster_is_watched_until_the_project_is_deleted()
    {
        await using var watch = Project.WatchRoster(CancellationToken.None).GetAsyncEnumerator();
        Assert.Equal([Ann], (await watch.NextAsync())!.Members.Select(member => member.AccountId));
        await AddAsync(Bob, ProjectRole.Viewer);
        Assert.Equal([(Ann, ProjectRole.Owner), (Bob, ProjectRole.Viewer)], (await watch.NextAsync())!.Members.Select(member => (member.AccountId, member.Role)));
        await Project.ChangeMember(new MemberChange(Ann, Bob, ProjectRole.Editor));
        Assert.Equal(ProjectRole.Editor, (await watch.NextAsync())!.Members[1].Role);
        await Project.RemoveMember(new MemberRemoval(Ann, Bob));
        Assert.Single((await watch.NextAsync())!.Members);
        Assert.IsType<ProjectReply.Gone>(await Project.Delete(new ProjectDeletion(Ann, null)));
        Assert.True((await watch.NextAsync())!.Deleted);
        Assert.Null(await watch.NextAsync());
    }

    [Fact]
    public async Task The_roster_of_no_project_says_so_and_ends()
    {
        await using var watch = _silo.Grains.GetGrain<IProjectGrain>("prj_none").WatchRoster(CancellationToken.None).GetAsyncEnumerator();

        Assert.True((await watch.NextAsync())!.Deleted);
        Assert.Null(await watch.NextAsync());
    }

    [Fact]
    public async Task A_member_is_added_once_and_only_by_an_owner()
    {
        await AddAsync(Bob, ProjectRole.Editor);

        Assert.Equal(ErrorCodes.MemberExists, await RefusedAsync(Project.AddMember(new MemberChange(Ann, Bob, ProjectRole.Viewer))));
        Assert.Equal(ErrorCodes.Forbidden, await RefusedAsync(Project.AddMember(new MemberChange(Bob, "acc_eve", ProjectRole.Viewer))));
        Assert.Equal(ProjectRole.Editor, (await Project.GetMember(Ann, Bob))?.Role);
        Assert.Null(await Project.GetMember("acc_eve", Bob));
    }

    [Fact]
    public async Task A_change_of_what_somebody_else_changed_meanwhile_is_refused()
    {
        var version = Assert.IsType<ProjectReply.Done>(await Project.Get(Ann)).Project.Version;
        Assert.IsType<ProjectReply.Done>(await Project.Change(new ProjectChange(Ann, "Renamed", false, null, version)));

        Assert.Equal(ErrorCodes.PreconditionFailed, await RefusedAsync(Project.Change(new ProjectChange(Ann, "Late", false, null, version))));
        await _silo.RestartAsync();
        Assert.Equal("Renamed", Assert.IsType<ProjectReply.Done>(await Project.Get(Ann)).Project.Name);
    }

    [Fact]
    public async Task Lists_follow_membership_and_deletion()
    {
        await RegisterAsync(Ann, "ann@example.com");
        await RegisterAsync(Bob, "bob@example.com");
        await AddAsync(Bob, ProjectRole.Commenter);
        Assert.Equal(["prj_1"], await ListAsync(Bob));
        var members = Assert.IsType<MemberPageReply.Page>(await Directory.ListMembers(new MemberQuery("prj_1", new ListRequest(10, Sort: "since", Descending: false))));
        Assert.Equal([(Ann, ProjectRole.Owner), (Bob, ProjectRole.Commenter)], members.Items.Select(member => (member.AccountId, member.Role)));

        Assert.IsType<ProjectReply.Gone>(await Project.RemoveMember(new MemberRemoval(Bob, Bob)));
        Assert.Empty(await ListAsync(Bob));
        await Project.Delete(new ProjectDeletion(Ann, null));
        Assert.Empty(await ListAsync(Ann));
        Assert.Equal(ErrorCodes.NotFound, await RefusedAsync(Project.Get(Ann)));
    }

    private static async Task<string> RefusedAsync(Task<ProjectReply> reply) => Assert.IsType<ProjectReply.Refused>(await reply.InTime()).Error.Code;

    private async Task AddAsync(string accountId, ProjectRole role) =>
        Assert.IsType<ProjectReply.Done>(await Project.AddMember(new MemberChange(Ann, accountId, role)).InTime());

    private async Task<IEnumerable<string>> ListAsync(string accountId) =>
        Assert.IsType<ProjectPageReply.Page>(await Directory.List(new ProjectQuery(accountId, new ListRequest(10))).InTime()).Items.Select(project => project.Id);

    private async Task RegisterAsync(string id, string email) => Assert.IsType<SignInReply.SignedIn>(
        await _silo.Grains.GetGrain<IAccountDirectoryGrain>(0).Register(new Registration(id, email, "Somebody", "correct horse 7 Battery", new NewSession($"ses_{id}", "family", "first", null))));
}
