using System.Text.Json;
using Actors.Domain.Projects;
using FsCheck.Fluent;

namespace Actors.Domain.Tests.Projects;

public sealed class InvitationTests
{
    private const string Owner = "usr_owner";
    private const string Ann = "usr_ann";
    private const string Bob = "usr_bob";
    private const string Mail = "ann@example.org";

    private static readonly DateTimeOffset At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    [Fact]
    public void Accepting_adds_the_member_and_spends_the_invitation_in_one_event()
    {
        var project = After(New(), Invite("inv_1", Mail, ProjectRole.Editor));
        var decision = project.Decide(Accept(Ann, Mail, "inv_1"));
        Assert.IsType<ProjectEvent.InvitationAccepted>(decision.Event);
        Assert.Equal(ProjectRole.Editor, decision.Next!.RoleOf(Ann));
        Assert.Equal(InvitationStatus.Accepted, decision.Next.FindInvitation("inv_1")!.StatusAt(At));
        Assert.Equal(ErrorCodes.InvitationUsedUp, Refused(decision.Next, AcceptByToken(Bob, Mail, "hash inv_1")));
    }

    [Fact]
    public void An_invitation_by_address_is_for_that_address_only()
    {
        var project = After(New(), Invite("inv_1", " Ann@Example.org ", ProjectRole.Viewer));
        Assert.Equal(ErrorCodes.InvitationWrongAddress, Refused(project, AcceptByToken(Bob, "bob@example.org", "hash inv_1")));
        Assert.Equal(ErrorCodes.InvitationWrongAddress, Refused(project, new ProjectCommand.DeclineInvitation(At, Bob, "bob@example.org", null, "hash inv_1")));
        Assert.Equal(ErrorCodes.NotFound, Refused(project, Accept(Bob, "bob@example.org", "inv_1")));
        Assert.Equal(ProjectRole.Viewer, After(project, AcceptByToken(Ann, Mail, "hash inv_1")).RoleOf(Ann));
    }

    [Fact]
    public void A_link_lets_in_as_many_as_it_says_and_nobody_twice()
    {
        var project = After(New(), Invite("inv_1", null, ProjectRole.Viewer, uses: 2));
        project = After(project, AcceptByToken(Ann, Mail, "hash inv_1"));
        Assert.Equal(ErrorCodes.MemberExists, Refused(project, AcceptByToken(Ann, Mail, "hash inv_1")));

        project = After(project, new ProjectCommand.RemoveMember(At, Owner, Ann));
        Assert.Equal(ErrorCodes.InvitationUsedUp, Refused(project, AcceptByToken(Ann, Mail, "hash inv_1")));
        project = After(project, AcceptByToken(Bob, "bob@example.org", "hash inv_1"));
        Assert.Equal(ErrorCodes.InvitationUsedUp, Refused(project, AcceptByToken("usr_eve", "eve@example.org", "hash inv_1")));
    }

    [Fact]
    public void A_link_is_not_found_by_its_id()
    {
        var project = After(New(), Invite("inv_1", null, ProjectRole.Viewer));
        Assert.Equal(ErrorCodes.NotFound, Refused(project, Accept(Ann, Mail, "inv_1")));
    }

    [Fact]
    public void Each_way_to_end_has_its_own_code()
    {
        var project = After(New(), Invite("inv_1", Mail, ProjectRole.Viewer));
        var later = new ProjectCommand.AcceptInvitation(At + Week, Ann, Mail, "inv_1", null);
        Assert.Equal(ErrorCodes.InvitationExpired, Refused(project, later));
        Assert.Equal(ErrorCodes.InvitationRevoked, Refused(After(project, Revoke("inv_1")), Accept(Ann, Mail, "inv_1")));
        Assert.Equal(
            ErrorCodes.InvitationDeclined,
            Refused(After(project, new ProjectCommand.DeclineInvitation(At, Ann, Mail, "inv_1", null)), Accept(Ann, Mail, "inv_1")));
    }

    [Fact]
    public void Declining_a_link_changes_nothing_for_others()
    {
        var project = After(New(), Invite("inv_1", null, ProjectRole.Viewer));
        var decision = project.Decide(new ProjectCommand.DeclineInvitation(At, Ann, Mail, null, "hash inv_1"));
        Assert.Null(decision.Event);
        Assert.Null(decision.Refusal);
    }

    [Fact]
    public void Only_owners_invite_and_take_back()
    {
        var project = After(New(), new ProjectCommand.AddMember(At, Owner, Bob, ProjectRole.Editor));
        Assert.Equal(ErrorCodes.Forbidden, Refused(project, Invite("inv_1", Mail, ProjectRole.Viewer) with { By = Bob }));
        Assert.Equal(ErrorCodes.NotFound, Refused(project, Invite("inv_1", Mail, ProjectRole.Viewer) with { By = "usr_eve" }));
        project = After(project, Invite("inv_1", Mail, ProjectRole.Viewer));
        Assert.Equal(ErrorCodes.Forbidden, Refused(project, Revoke("inv_1") with { By = Bob }));
    }

    [Fact]
    public void An_address_is_invited_once_at_a_time_and_a_member_not_at_all()
    {
        var project = After(New(), Invite("inv_1", Mail, ProjectRole.Viewer));
        Assert.Equal(ErrorCodes.InvitationExists, Refused(project, Invite("inv_2", Mail, ProjectRole.Editor)));
        After(After(project, Revoke("inv_1")), Invite("inv_2", Mail, ProjectRole.Editor));
        Assert.Equal(ErrorCodes.MemberExists, Refused(project, Invite("inv_3", "owner@example.org", ProjectRole.Editor) with { InviteeId = Owner }));
    }

    [Theory]
    [InlineData(0, 1, "expiresInDays")]
    [InlineData(31, 1, "expiresInDays")]
    [InlineData(7, 0, "maximumUses")]
    [InlineData(7, 101, "maximumUses")]
    public void Numbers_have_bounds(int days, int uses, string field) => Assert.Contains(
        field,
        New().Decide(Invite("inv_1", null, ProjectRole.Viewer, uses) with { Lifetime = TimeSpan.FromDays(days) }).Refusal!.Errors!.Keys);

    [Fact]
    public void An_address_must_be_one_and_is_used_once()
    {
        Assert.Contains("email", New().Decide(Invite("inv_1", "nonsense", ProjectRole.Viewer)).Refusal!.Errors!.Keys);
        Assert.Contains("maximumUses", New().Decide(Invite("inv_1", Mail, ProjectRole.Viewer, uses: 2)).Refusal!.Errors!.Keys);
    }

    [Fact]
    public void Open_invitations_are_limited_and_ended_ones_are_forgotten()
    {
        var project = New();
        for (var i = 0; i < Invitation.MaximumOpen; i++)
            project = After(project, Invite($"inv_{i}", null, ProjectRole.Viewer));

        Assert.Equal(ErrorCodes.LimitReached, Refused(project, Invite("inv_more", null, ProjectRole.Viewer)));
        for (var i = 0; i < 3 * Invitation.MaximumEnded; i++)
        {
            project = After(project, Revoke(project.Invitations.First(invitation => invitation.End is null).Id));
            project = After(project, Invite($"inv_{i}_again", null, ProjectRole.Viewer));
        }

        Assert.InRange(project.Invitations.Length, Invitation.MaximumOpen, Invitation.MaximumOpen + Invitation.MaximumEnded);
    }

    [Fact]
    public void Handing_over_makes_one_owner_of_another_at_once()
    {
        var project = After(New(), new ProjectCommand.AddMember(At, Owner, Ann, ProjectRole.Viewer));
        Assert.Equal(ErrorCodes.NotFound, Refused(project, new ProjectCommand.TransferOwnership(At, Owner, Bob)));
        Assert.Equal(ErrorCodes.ValidationFailed, Refused(project, new ProjectCommand.TransferOwnership(At, Owner, Owner)));
        Assert.Equal(ErrorCodes.Forbidden, Refused(project, new ProjectCommand.TransferOwnership(At, Ann, Ann)));

        project = After(project, new ProjectCommand.TransferOwnership(At, Owner, Ann));

        Assert.Equal((ProjectRole.Owner, ProjectRole.Editor), (project.RoleOf(Ann), project.RoleOf(Owner)));
    }

    [Fact]
    public void A_snapshot_that_is_older_than_invitations_is_read_without_any()
    {
        var text = JsonSerializer.Serialize(New()).Replace(",\"Invitations\":[]", "", StringComparison.Ordinal);
        Assert.DoesNotContain("Invitations", text, StringComparison.Ordinal);
        Assert.Empty(JsonSerializer.Deserialize<ProjectState>(text)!.Invitations);
    }

    /// <summary>Links and addresses, accepted, declined, taken back and outlived in any order by three people.</summary>
    [Fact]
    public void No_sequence_lets_in_more_than_were_invited()
    {
        (string Id, string Mail)[] people = [(Ann, Mail), (Bob, "bob@example.org"), ("usr_eve", "eve@example.org")];
        var step =
            from kind in Gen.Choose(0, 4)
            from who in Gen.Elements(people)
            from number in Gen.Choose(0, 5)
            from day in Gen.Choose(0, 9)
            select (Kind: kind, Who: who, Number: number, Day: day);
        var property = Prop.ForAll(step.ListOf().ToArbitrary(), steps =>
        {
            var project = New();
            foreach (var (kind, who, number, day) in steps)
            {
                var at = At.AddDays(day);
                var id = $"inv_{number}";
                ProjectCommand command = kind switch
                {
                    0 when project.FindInvitation(id) is null => Invite(id, number % 2 == 0 ? null : who.Mail, ProjectRole.Editor, number % 2 == 0 ? 1 + (number / 2) : 1) with { At = at },
                    1 => Revoke(id) with { At = at },
                    2 => new ProjectCommand.RemoveMember(at, Owner, who.Id),
                    3 => new ProjectCommand.DeclineInvitation(at, who.Id, who.Mail, id, null),
                    _ => new ProjectCommand.AcceptInvitation(at, who.Id, who.Mail, id, $"hash {id}"),
                };
                var decision = project.Decide(command);
                if (decision.Event is not { } @event)
                    continue;

                Assert.Equivalent(project.Apply(@event), decision.Next, strict: true);
                project = decision.Next!;
                if (project.RoleOf(Owner) != ProjectRole.Owner
                    || project.Members.DistinctBy(member => member.AccountId).Count() != project.Members.Length
                    || project.Invitations.Any(invitation => invitation.UsedBy.Length > invitation.MaximumUses))
                {
                    return false;
                }
            }

            return true;
        });
        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure, property);
    }

    private static ProjectState New() => After(ProjectState.None, new ProjectCommand.Create(At, Owner, "prj_1", "Site", null));

    private static ProjectCommand.Invite Invite(string id, string? email, ProjectRole role, int uses = 1) =>
        new(At, Owner, id, email, null, role, $"hash {id}", Week, uses);

    private static ProjectCommand.RevokeInvitation Revoke(string id) => new(At, Owner, id);

    private static ProjectCommand.AcceptInvitation Accept(string by, string email, string id) => new(At, by, email, id, null);

    private static ProjectCommand.AcceptInvitation AcceptByToken(string by, string email, string hash) => new(At, by, email, null, hash);

    private static string? Refused(ProjectState project, ProjectCommand command) => project.Decide(command).Refusal?.Code;

    private static ProjectState After(ProjectState project, ProjectCommand command)
    {
        var decision = project.Decide(command);
        Assert.Null(decision.Refusal);
        return decision.Next ?? project;
    }
}
