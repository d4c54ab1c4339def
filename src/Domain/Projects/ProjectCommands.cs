namespace Actors.Domain.Projects;

public sealed record CreateProject(DateTimeOffset At, string By, string Id, string? Name, string? Description);

/// <param name="ExpectedVersion">The version that the writer saw (If-Match); null writes whatever it is.</param>
public sealed record ChangeProject(DateTimeOffset At, string By, string? Name, string? Description, long? ExpectedVersion);

/// <param name="AccountId">An account that exists: the shell has checked.</param>
public sealed record AddMember(DateTimeOffset At, string By, string AccountId, ProjectRole Role);

public sealed record ChangeMember(DateTimeOffset At, string By, string AccountId, ProjectRole Role, long? ExpectedVersion = null);

/// <summary>Members may remove themselves; others only an owner removes.</summary>
public sealed record RemoveMember(DateTimeOffset At, string By, string AccountId, long? ExpectedVersion = null);

public sealed record DeleteProject(DateTimeOffset At, string By, long? ExpectedVersion);
