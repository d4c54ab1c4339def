using Actors.Domain.Comments;
using Actors.Domain.Designs;
using Actors.Domain.Lists;
using Actors.Domain.Projects;
using Actors.Grains.Interfaces.Comments;
using Actors.Grains.Interfaces.Designs;
using Actors.Grains.Interfaces.Notifications;
using Actors.Grains.Interfaces.Projects;
using Actors.Grains.Tests.Infrastructure;

namespace Actors.Grains.Tests.Comments;

/// <summary>What must hold when storage fails between a comment and those who are told of it.</summary>
public sealed class CommentTests : IAsyncLifetime
{
    private static readonly CommentActor Ann = new(new CommentAuthor("usr_ann", "Ann", AuthorKind.User), ProjectRole.Owner);

    private readonly ManualClock _clock = new();
    private TestSilo _silo = null!;

    private IDesignCommentsGrain Comments => _silo.Grains.GetGrain<IDesignCommentsGrain>("dsg_1");

    private IInboxGrain Inbox => _silo.Grains.GetGrain<IInboxGrain>("usr_bob");

    public async Task InitializeAsync()
    {
        _silo = await TestSilo.StartAsync(_clock);
        var project = _silo.Grains.GetGrain<IProjectGrain>("prj_1");
        Assert.IsType<ProjectReply.Done>(await project.Create(new NewProject("usr_ann", "Site", null)));
        Assert.IsType<ProjectReply.Done>(await project.AddMember(new MemberChange("usr_ann", "usr_bob", ProjectRole.Viewer)));
        var author = new Author("usr_ann", AuthorKind.User);
        var design = await _silo.Grains.GetGrain<IDesignGrain>("dsg_1").Create(
            new DesignCaller(author, MayEdit: true), new NewDesign("prj_1", "Checkout", DesignKind.Wireframe, null, null, [], []));
        Assert.Null(design.Refusal);
    }

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whom_an_outage_left_untold_is_told_later_and_once(bool restarts)
    {
        _silo.Journal.Next.Enqueue(Fault.None);
        _silo.Journal.Next.Enqueue(Fault.Lost);
        Assert.IsType<ThreadReply.Done>(await Comments.Start(new NewThread(Ann, "thr_1", "cmt_1", new CommentAnchor(), "Look", ["usr_bob"])).InTime());
        Assert.Equal(0, (await Inbox.GetSummary()).Unread);
        if (restarts)
        {
            await _silo.DeactivateAsync(Comments);
            Assert.IsType<ThreadReply.Done>(await Comments.Get("thr_1"));
        }

        await Wait.UntilAsync(async () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return (await Inbox.GetSummary()).Unread == 1;
        });
        Assert.IsType<ThreadReply.Done>(await Comments.Reply(new NewComment(Ann, "thr_1", "cmt_2", "And again", null)));
        Assert.Equal(1, (await Inbox.GetSummary()).Unread);
    }

    [Fact]
    public async Task Comments_survive_a_restart()
    {
        await Comments.Start(new NewThread(Ann, "thr_1", "cmt_1", new CommentAnchor(X: 1, Y: 2), "Here", null));
        await Comments.Resolve(new ThreadKey(Ann, "thr_1"));
        var before = Assert.IsType<ThreadPageReply.Page>(await Comments.List(new ThreadQuery(new ListRequest(10))));
        await _silo.RestartAsync();

        var after = Assert.IsType<ThreadPageReply.Page>(await Comments.List(new ThreadQuery(new ListRequest(10))));
        Assert.Equivalent(before, after, strict: true);
        Assert.NotNull(Assert.Single(after.Items).Resolved);
    }
}
