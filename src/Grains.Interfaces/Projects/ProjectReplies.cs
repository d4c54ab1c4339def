using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.Domain;
using Actors.Domain.Projects;

namespace Actors.Grains.Interfaces.Projects;

/// <summary>A project as one of its members sees it.</summary>
/// <param name="Role">The role of the account that asked.</param>
/// <param name="Version">Grows with every change of settings or members.</param>
public sealed record ProjectView(
    string Id,
    string Name,
    string? Description,
    ProjectRole Role,
    string CreatedBy,
    int MemberCount,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Version);

/// <summary>A member with what others need to recognize them.</summary>
public sealed record MemberView(string AccountId, string Name, string Email, ProjectRole Role, DateTimeOffset Since);

/// <summary>Who is in a project, as of a version.</summary>
/// <param name="Deleted">There is no such project, or no longer.</param>
public sealed record ProjectRoster(long Version, ImmutableArray<Member> Members, bool Deleted);

/// <summary>The answer to whoever reads or changes a project.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Done), "done")]
[JsonDerivedType(typeof(Gone), "gone")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record ProjectReply
{
    public sealed record Done(ProjectView Project) : ProjectReply;

    /// <summary>It is done, and the account that asked sees the project no more: it was deleted, or they left.</summary>
    public sealed record Gone : ProjectReply;

    public sealed record Refused(Refusal Error) : ProjectReply;
}

/// <summary>The answer to a list of projects.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Page), "page")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record ProjectPageReply
{
    public sealed record Page(ImmutableArray<ProjectView> Items, string? NextCursor) : ProjectPageReply;

    public sealed record Refused(Refusal Error) : ProjectPageReply;
}

/// <summary>The answer to a list of members.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Page), "page")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record MemberPageReply
{
    public sealed record Page(ImmutableArray<MemberView> Items, string? NextCursor) : MemberPageReply;

    public sealed record Refused(Refusal Error) : MemberPageReply;
}
