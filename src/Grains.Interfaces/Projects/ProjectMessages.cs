using System.Collections.Immutable;
using Actors.Domain.Lists;
using Actors.Domain.Projects;

namespace Actors.Grains.Interfaces.Projects;

/// <param name="By">The account that asks.</param>
public sealed record NewProject(string By, string? Name, string? Description);

/// <param name="By">The account that asks.</param>
/// <param name="Name">Null keeps the name.</param>
/// <param name="SetsDescription">Whether the description is set, to null as well; otherwise it is kept.</param>
/// <param name="ExpectedVersion">The version that the writer saw; null writes whatever it is.</param>
public sealed record ProjectChange(string By, string? Name, bool SetsDescription, string? Description, long? ExpectedVersion);

/// <param name="Disabled">Types of nodes that are switched off from then on, and no others.</param>
public sealed record ComponentsChange(string By, ImmutableArray<string> Disabled, long? ExpectedVersion);

/// <param name="Version">The project's.</param>
/// <param name="Types">In ordinal order.</param>
public sealed record DisabledComponents(long Version, ImmutableArray<string> Types);

public sealed record ProjectDeletion(string By, long? ExpectedVersion);

/// <param name="By">The account that asks.</param>
/// <param name="AccountId">The member: an account that exists.</param>
public sealed record MemberChange(string By, string AccountId, ProjectRole Role, long? ExpectedVersion = null);

public sealed record MemberRemoval(string By, string AccountId, long? ExpectedVersion = null);

/// <param name="AccountId">Whose projects.</param>
/// <param name="List">Sorted by a key of <see cref="ListSort"/>, searched by name.</param>
public sealed record ProjectQuery(string AccountId, ListRequest List);

/// <param name="List">Sorted by <c>since</c>, <c>name</c> or <c>role</c>, searched by name and address.</param>
/// <param name="Role">Only members of this role.</param>
public sealed record MemberQuery(string ProjectId, ListRequest List, ProjectRole? Role = null);
