using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using ProjectDecision = Actors.Domain.Decision<Actors.Domain.Projects.ProjectState, Actors.Domain.Projects.ProjectEvent>;

namespace Actors.Domain.Projects;

public sealed partial record ProjectState
{
    public const int MaximumNameLength = 200;
    public const int MaximumDescriptionLength = 4000;
    public const int MaximumMembers = 500;
    public const int MaximumDisabledComponents = 1_000;

    private static readonly Refusal Missing = new(ErrorCodes.NotFound, "there is no such project");
    private static readonly Refusal UnknownRole = Refusal.Field("role", "must be viewer, commenter, editor or owner");
    private static readonly Refusal AlreadyMember = new(ErrorCodes.MemberExists, "the account is a member already");
    private static readonly Refusal TooManyMembers = new(ErrorCodes.LimitReached, $"a project has at most {MaximumMembers} members");
    private static readonly Refusal NoMember = new(ErrorCodes.NotFound, "there is no such member");

    public ProjectDecision Decide(ProjectCommand command) => command switch
    {
        ProjectCommand.Create c => Create(c),
        ProjectCommand.Change c => Change(c),
        ProjectCommand.SetComponents c => SetComponents(c),
        ProjectCommand.AddMember c => AddMember(c),
        ProjectCommand.ChangeMember c => ChangeMember(c),
        ProjectCommand.RemoveMember c => RemoveMember(c),
        ProjectCommand.TransferOwnership c => TransferOwnership(c),
        ProjectCommand.Invite c => Invite(c),
        ProjectCommand.ConfirmTold c => ConfirmTold(c),
        ProjectCommand.RevokeInvitation c => RevokeInvitation(c),
        ProjectCommand.AcceptInvitation c => AcceptInvitation(c),
        ProjectCommand.DeclineInvitation c => DeclineInvitation(c),
        ProjectCommand.Delete c => Delete(c),
        _ => throw new UnreachableException($"unknown project command {command.GetType().Name}"),
    };

    /// <summary>
    /// Whether <paramref name="accountId"/> may act as <paramref name="needed"/>: null when it may. To a stranger the
    /// project does not exist, so that identifiers cannot be probed.
    /// </summary>
    public Refusal? RefuseActor(string accountId, ProjectRole needed, long? expectedVersion = null)
    {
        if (!Exists() || RoleOf(accountId) is not { } role)
            return Missing;

        if (role < needed)
            return new Refusal(ErrorCodes.Forbidden, $"this needs the role {Text(needed)}; yours is {Text(role)}");

        return expectedVersion is { } expected && expected != Version
            ? new Refusal(ErrorCodes.PreconditionFailed, "the project has changed since it was read")
            : null;
    }

    private ProjectDecision Create(ProjectCommand.Create command)
    {
        if (Version > 0)
            return ProjectDecision.Refused(new Refusal(ErrorCodes.PreconditionFailed, "the project exists already"));

        return CheckSettings(command.Name, command.Description, out var name, out var description) is { } refusal
            ? ProjectDecision.Refused(refusal)
            : Happened(new ProjectEvent.Created(command.At, command.By, command.Id, name!, description));
    }

    private ProjectDecision Change(ProjectCommand.Change command)
    {
        if (RefuseActor(command.By, ProjectRole.Editor, command.ExpectedVersion) is { } refused)
            return ProjectDecision.Refused(refused);

        var wanted = command.SetsDescription ? command.Description : Description;
        if (CheckSettings(command.Name ?? Name, wanted, out var name, out var description) is { } refusal)
            return ProjectDecision.Refused(refusal);

        return name == Name && description == Description
            ? ProjectDecision.Nothing
            : Happened(new ProjectEvent.SettingsChanged(command.At, command.By, name!, description));
    }

    private ProjectDecision SetComponents(ProjectCommand.SetComponents command)
    {
        if (RefuseActor(command.By, ProjectRole.Owner, command.ExpectedVersion) is { } refused)
            return ProjectDecision.Refused(refused);

        ImmutableArray<string> disabled = [.. command.Disabled.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (disabled.Length > MaximumDisabledComponents)
            return ProjectDecision.Refused(Refusal.Field("disabled", $"must be at most {MaximumDisabledComponents}"));

        return disabled.SequenceEqual(DisabledComponents, StringComparer.Ordinal)
            ? ProjectDecision.Nothing
            : Happened(new ProjectEvent.ComponentsChanged(command.At, command.By, disabled));
    }

    private ProjectDecision AddMember(ProjectCommand.AddMember command)
    {
        if (RefuseActor(command.By, ProjectRole.Owner, null) is { } refusal)
            return ProjectDecision.Refused(refusal);

        if (!Enum.IsDefined(command.Role))
            return ProjectDecision.Refused(UnknownRole);

        if (RoleOf(command.AccountId) is not null)
            return ProjectDecision.Refused(AlreadyMember);

        return Members.Length < MaximumMembers
            ? Happened(new ProjectEvent.MemberAdded(command.At, command.By, command.AccountId, command.Role))
            : ProjectDecision.Refused(TooManyMembers);
    }

    private ProjectDecision ChangeMember(ProjectCommand.ChangeMember command)
    {
        if (RefuseActor(command.By, ProjectRole.Owner, command.ExpectedVersion) is { } refusal)
            return ProjectDecision.Refused(refusal);

        if (!Enum.IsDefined(command.Role))
            return ProjectDecision.Refused(UnknownRole);

        if (RoleOf(command.AccountId) is not { } role)
            return ProjectDecision.Refused(NoMember);

        if (role == command.Role)
            return ProjectDecision.Nothing;

        return IsLastOwner(command.AccountId)
            ? ProjectDecision.Refused(LastOwner("demoted"))
            : Happened(new ProjectEvent.MemberRoleChanged(command.At, command.By, command.AccountId, command.Role));
    }

    private ProjectDecision RemoveMember(ProjectCommand.RemoveMember command)
    {
        var needed = command.By == command.AccountId ? ProjectRole.Viewer : ProjectRole.Owner;
        if (RefuseActor(command.By, needed, command.ExpectedVersion) is { } refusal)
            return ProjectDecision.Refused(refusal);

        if (RoleOf(command.AccountId) is null)
            return ProjectDecision.Refused(NoMember);

        return IsLastOwner(command.AccountId)
            ? ProjectDecision.Refused(LastOwner("removed"))
            : Happened(new ProjectEvent.MemberRemoved(command.At, command.By, command.AccountId));
    }

    private ProjectDecision TransferOwnership(ProjectCommand.TransferOwnership command)
    {
        if (RefuseActor(command.By, ProjectRole.Owner, command.ExpectedVersion) is { } refusal)
            return ProjectDecision.Refused(refusal);

        if (command.AccountId == command.By)
            return ProjectDecision.Refused(Refusal.Field("accountId", "is yours: name another member"));

        return RoleOf(command.AccountId) is null
            ? ProjectDecision.Refused(NoMember)
            : Happened(new ProjectEvent.OwnershipTransferred(command.At, command.By, command.AccountId));
    }

    private ProjectDecision Delete(ProjectCommand.Delete command) =>
        RefuseActor(command.By, ProjectRole.Owner, command.ExpectedVersion) is { } refusal
            ? ProjectDecision.Refused(refusal)
            : Happened(new ProjectEvent.Deleted(command.At, command.By));

    private static string Text(ProjectRole role) => role switch
    {
        ProjectRole.Viewer => "viewer",
        ProjectRole.Commenter => "commenter",
        ProjectRole.Editor => "editor",
        _ => "owner",
    };

    private static Refusal LastOwner(string what) =>
        new(ErrorCodes.LastOwner, $"the last owner cannot be {what}: make another member owner first");

    private static Refusal? CheckSettings(string? givenName, string? givenDescription, out string? name, [NotNullIfNotNull(nameof(givenDescription))] out string? description)
    {
        var errors = ImmutableDictionary<string, ImmutableArray<string>>.Empty;
        name = givenName?.Trim();
        description = givenDescription;
        if (name is not { Length: > 0 and <= MaximumNameLength } || name.Any(char.IsControl))
            errors = errors.Add("name", [$"must have 1 to {MaximumNameLength} characters and no control characters"]);

        if (description is { Length: > MaximumDescriptionLength })
            errors = errors.Add("description", [$"must have at most {MaximumDescriptionLength} characters"]);

        return errors.IsEmpty
            ? null
            : new Refusal(
                ErrorCodes.ValidationFailed,
                string.Join("; ", errors.Select(error => $"{error.Key}: {error.Value[0]}").Order(StringComparer.Ordinal)),
                Errors: errors);
    }

    private bool IsLastOwner(string accountId) =>
        RoleOf(accountId) == ProjectRole.Owner && Members.Count(member => member.Role == ProjectRole.Owner) == 1;

    private ProjectDecision Happened(ProjectEvent @event) => ProjectDecision.Happened(@event, Apply(@event));
}
