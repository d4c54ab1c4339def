using Actors.Domain.Projects;
using FsCheck.Fluent;

namespace Actors.Domain.Tests.Projects;

public sealed class ProjectTests
{
    private const string Owner = "usr_owner";
    private const string Editor = "usr_editor";
    private const string Viewer = "usr_viewer";
    private const string Stranger = "usr_stranger";

    private static readonly DateTimeOffset At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_creator_is_the_first_owner()
    {
        var project = After(ProjectState.None, new ProjectCommand.Create(At, Owner, "prj_1", " Site ", null));
        Assert.Equal(ProjectRole.Owner, project.RoleOf(Owner));
        Assert.Equal("Site", project.Name);
    }

    [Fact]
    public void A_stranger_is_told_that_there_is_no_such_project()
    {
        foreach (var command in EveryCommand(Stranger))
            Assert.Equal(ErrorCodes.NotFound, Team().Decide(command).Refusal?.Code);
    }

    [Fact]
    public void A_viewer_changes_nothing_but_may_leave()
    {
        foreach (var command in EveryCommand(Viewer))
            Assert.Equal(ErrorCodes.Forbidden, Team().Decide(command).Refusal?.Code);

        Assert.Null(After(Team(), new ProjectCommand.RemoveMember(At, Viewer, Viewer)).RoleOf(Viewer));
    }

    [Fact]
    public void An_editor_changes_settings_but_not_members()
    {
        Assert.Equal("New", After(Team(), new ProjectCommand.Change(At, Editor, "New", false, null, null)).Name);
        Assert.Equal(ErrorCodes.Forbidden, Team().Decide(new ProjectCommand.AddMember(At, Editor, Stranger, ProjectRole.Viewer)).Refusal?.Code);
        Assert.Equal(ErrorCodes.Forbidden, Team().Decide(new ProjectCommand.ChangeMember(At, Editor, Editor, ProjectRole.Owner)).Refusal?.Code);
    }

    [Fact]
    public void The_last_owner_neither_leaves_nor_is_demoted()
    {
        Assert.Equal(ErrorCodes.LastOwner, Team().Decide(new ProjectCommand.RemoveMember(At, Owner, Owner)).Refusal?.Code);
        Assert.Equal(ErrorCodes.LastOwner, Team().Decide(new ProjectCommand.ChangeMember(At, Owner, Owner, ProjectRole.Editor)).Refusal?.Code);

        var two = After(Team(), new ProjectCommand.ChangeMember(At, Owner, Editor, ProjectRole.Owner));
        Assert.Null(After(two, new ProjectCommand.RemoveMember(At, Owner, Owner)).RoleOf(Owner));
    }

    [Fact]
    public void An_owner_switches_components_off_as_a_whole_list()
    {
        Assert.Equal(ErrorCodes.Forbidden, Team().Decide(new ProjectCommand.SetComponents(At, Editor, ["delay"], null)).Refusal?.Code);
        var project = After(Team(), new ProjectCommand.SetComponents(At, Owner, ["zip", "delay", "zip"], null));
        Assert.Equal(["delay", "zip"], project.DisabledComponents.AsEnumerable());
        Assert.Null(project.Decide(new ProjectCommand.SetComponents(At, Owner, ["delay", "zip"], null)).Event);
        Assert.Equal("merge", Assert.Single(After(project, new ProjectCommand.SetComponents(At, Owner, ["merge"], project.Version)).DisabledComponents));
        Assert.Equal(ErrorCodes.PreconditionFailed, project.Decide(new ProjectCommand.SetComponents(At, Owner, [], 1)).Refusal?.Code);
        var many = Enumerable.Range(0, ProjectState.MaximumDisabledComponents + 1).Select(n => $"c{n}");
        Assert.Equal(ErrorCodes.ValidationFailed, project.Decide(new ProjectCommand.SetComponents(At, Owner, [.. many], null)).Refusal?.Code);
    }

    [Fact]
    public void A_member_is_added_once()
    {
        Assert.Equal(ErrorCodes.MemberExists, Team().Decide(new ProjectCommand.AddMember(At, Owner, Viewer, ProjectRole.Editor)).Refusal?.Code);
        Assert.Equal(ErrorCodes.ValidationFailed, Team().Decide(new ProjectCommand.AddMember(At, Owner, Stranger, (ProjectRole)99)).Refusal?.Code);
    }

    [Fact]
    public void Members_are_limited()
    {
        var full = Team();
        while (full.Members.Length < ProjectState.MaximumMembers)
            full = full.Apply(new ProjectEvent.MemberAdded(At, Owner, $"usr_{full.Members.Length}", ProjectRole.Viewer));

        Assert.Equal(ErrorCodes.LimitReached, full.Decide(new ProjectCommand.AddMember(At, Owner, Stranger, ProjectRole.Viewer)).Refusal?.Code);
    }

    [Fact]
    public void A_change_keeps_what_it_does_not_name()
    {
        var described = After(Team(), new ProjectCommand.Change(At, Owner, null, true, "About", null));
        Assert.Equal("About", After(described, new ProjectCommand.Change(At, Owner, "New", false, null, null)).Description);
        Assert.Null(After(described, new ProjectCommand.Change(At, Owner, null, true, null, null)).Description);
    }

    [Fact]
    public void A_write_that_expects_another_version_is_refused()
    {
        var team = Team();
        Assert.Equal(ErrorCodes.PreconditionFailed, team.Decide(new ProjectCommand.Change(At, Owner, "New", false, null, team.Version - 1)).Refusal?.Code);
        Assert.Equal("New", After(team, new ProjectCommand.Change(At, Owner, "New", false, null, team.Version)).Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("a\nb")]
    public void A_name_is_refused(string name) =>
        Assert.Contains("name", Team().Decide(new ProjectCommand.Change(At, Owner, name, false, null, null)).Refusal!.Errors!.Keys);

    [Fact]
    public void A_deleted_project_is_no_more()
    {
        var deleted = After(Team(), new ProjectCommand.Delete(At, Owner, null));
        Assert.False(deleted.Exists());
        Assert.Equal(ErrorCodes.NotFound, deleted.Decide(new ProjectCommand.Change(At, Owner, "x", false, null, null)).Refusal?.Code);
        Assert.NotNull(deleted.Decide(new ProjectCommand.Create(At, Owner, "prj_1", "Again", null)).Refusal);
    }

    /// <summary>Three people who do anything to each other, in any order.</summary>
    [Fact]
    public void No_sequence_leaves_a_project_without_an_owner()
    {
        string[] people = [Owner, Editor, Viewer];
        var command =
            from kind in Gen.Choose(0, 3)
            from actor in Gen.Elements(people)
            from whom in Gen.Elements(people)
            from role in Gen.Elements(ProjectRole.Viewer, ProjectRole.Commenter, ProjectRole.Editor, ProjectRole.Owner)
            select (ProjectCommand)(kind switch
            {
                0 => new ProjectCommand.AddMember(At, actor, whom, role),
                1 => new ProjectCommand.RemoveMember(At, actor, whom),
                _ => new ProjectCommand.ChangeMember(At, actor, whom, role),
            });
        var property = Prop.ForAll(command.ListOf().ToArbitrary(), commands =>
        {
            var project = Team();
            foreach (var next in commands)
            {
                var decision = project.Decide(next);
                if (decision.Event is { } @event)
                {
                    Assert.Equivalent(project.Apply(@event), decision.Next, strict: true);
                    project = decision.Next!;
                }

                if (!project.Members.Any(member => member.Role == ProjectRole.Owner)
                    || project.Members.DistinctBy(member => member.AccountId).Count() != project.Members.Length)
                {
                    return false;
                }
            }

            return true;
        });
        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure, property);
    }

    private static IEnumerable<ProjectCommand> EveryCommand(string by) =>
    [
        new ProjectCommand.Change(At, by, "x", false, null, null),
        new ProjectCommand.AddMember(At, by, "usr_new", ProjectRole.Viewer),
        new ProjectCommand.ChangeMember(At, by, Editor, ProjectRole.Viewer),
        new ProjectCommand.RemoveMember(At, by, Editor),
        new ProjectCommand.SetComponents(At, by, ["delay"], null),
        new ProjectCommand.Delete(At, by, null),
    ];

    private static ProjectState Team()
    {
        var project = After(ProjectState.None, new ProjectCommand.Create(At, Owner, "prj_1", "Site", null));
        project = After(project, new ProjectCommand.AddMember(At, Owner, Editor, ProjectRole.Editor));
        return After(project, new ProjectCommand.AddMember(At, Owner, Viewer, ProjectRole.Viewer));
    }

    private static ProjectState After(ProjectState project, ProjectCommand command)
    {
        var decision = project.Decide(command);
        Assert.Null(decision.Refusal);
        return decision.Next!;
    }
}
