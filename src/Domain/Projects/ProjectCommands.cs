namespace Actors.Domain.Projects;

/// <summary>What can be asked of a project. <paramref name="By"/> is the account that asks; the core decides whether it may.</summary>
public abstract record ProjectCommand(DateTimeOffset At, string By)
{
    public sealed record Create(DateTimeOffset At, string By, string Id, string? Name, string? Description) : ProjectCommand(At, By);

    /// <param name="Name">Null keeps the name.</param>
    /// <param name="SetsDescription">Whether <paramref name="Description"/> is set, to null as well; otherwise it is kept.</param>
    /// <param name="ExpectedVersion">The version that the writer saw (If-Match); null writes whatever it is.</param>
    public sealed record Change(DateTimeOffset At, string By, string? Name, bool SetsDescription, string? Description, long? ExpectedVersion) : ProjectCommand(At, By);

    /// <param name="AccountId">An account that exists: the shell has checked.</param>
    public sealed record AddMember(DateTimeOffset At, string By, string AccountId, ProjectRole Role) : ProjectCommand(At, By);

    public sealed record ChangeMember(DateTimeOffset At, string By, string AccountId, ProjectRole Role, long? ExpectedVersion = null) : ProjectCommand(At, By);

    /// <summary>Members may remove themselves; others only an owner removes.</summary>
    public sealed record RemoveMember(DateTimeOffset At, string By, string AccountId, long? ExpectedVersion = null) : ProjectCommand(At, By);

    public sealed record Delete(DateTimeOffset At, string By, long? ExpectedVersion) : ProjectCommand(At, By);
}
