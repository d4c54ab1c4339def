using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.Domain;
using Actors.Domain.Designs;
using Actors.Domain.Lists;
using Actors.Domain.Templates;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Grains.Interfaces.Templates;

/// <summary>
/// One template of a project, with its own copy of a design; its key is the template's id. Changes need the role editor in
/// the project, which the grain asks the project for. Shipped templates are no grains: they are in every front end.
/// </summary>
public interface ITemplateGrain : IGrainWithStringKey
{
    /// <summary>Refuses <c>limit_reached</c> when the project has too many.</summary>
    Task<TemplateReply> Create(NewTemplate template);

    /// <summary>Null when there is none.</summary>
    [ReadOnly]
    [AlwaysInterleave]
    Task<TemplateView?> Get();

    /// <summary>Null when there is none.</summary>
    [ReadOnly]
    [AlwaysInterleave]
    Task<TemplateContents?> GetContents();

    Task<TemplateReply> Change(TemplateChange change);

    Task<TemplateReply> Delete(string by, long? expectedVersion);
}

/// <summary>Lists the templates of projects from the catalog, and those that are shipped; its key is 0.</summary>
public interface ITemplateDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>The caller has checked that the project may be seen. Refuses a cursor that it did not make.</summary>
    [ReadOnly]
    Task<TemplatePageReply> List(TemplateQuery query);
}

public sealed record NewTemplate(string By, string ProjectId, string? Name, string? Description, string? Category, TemplateContents Contents);

/// <param name="Name">Null keeps the name.</param>
/// <param name="SetsDescription">Whether the description is set, to null as well; otherwise it is kept.</param>
/// <param name="SetsCategory">As <paramref name="SetsDescription"/>.</param>
/// <param name="ExpectedVersion">The version that the writer saw; null writes whatever it is.</param>
public sealed record TemplateChange(
    string By, string? Name, bool SetsDescription, string? Description, bool SetsCategory, string? Category, long? ExpectedVersion);

/// <param name="List">Sorted by <c>name</c>, <c>createdAt</c> or <c>updatedAt</c>; searched in names and descriptions.</param>
/// <param name="ProjectId">Also the templates of this project.</param>
public sealed record TemplateQuery(ListRequest List, string? ProjectId, DesignKind? Kind, string? Category);

/// <summary>The answer to a change of a template.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Done), "done")]
[JsonDerivedType(typeof(Gone), "gone")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record TemplateReply
{
    public sealed record Done(TemplateView Template) : TemplateReply;

    /// <summary>It is done, and there is no such template any more.</summary>
    public sealed record Gone : TemplateReply;

    public sealed record Refused(Refusal Error) : TemplateReply;
}

/// <summary>The answer to a list of templates.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Page), "page")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record TemplatePageReply
{
    public sealed record Page(ImmutableArray<TemplateView> Items, string? NextCursor) : TemplatePageReply;

    public sealed record Refused(Refusal Error) : TemplatePageReply;
}
