using System.ComponentModel.DataAnnotations;
using Actors.Domain;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Identity;
using Actors.Domain.Interchange;
using Actors.Domain.Lists;
using Actors.Domain.Projects;
using Actors.Domain.Templates;
using Actors.Frontend.Accounts;
using Actors.Frontend.Audit;
using Actors.Frontend.Designs;
using Actors.Frontend.Http;
using Actors.Grains.Interfaces.Designs;
using Actors.Grains.Interfaces.Templates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Actors.Frontend.Templates;

/// <summary>Templates: <c>/templates</c>, and where designs become templates and templates designs.</summary>
public static class TemplateEndpoints
{
    private const string Svg = "image/svg+xml";

    private static readonly ListRules Rules = new([ListSort.Name, ListSort.CreatedAt, ListSort.UpdatedAt], ListSort.Name, "name and description");
    private static readonly Refusal Missing = new(ErrorCodes.NotFound, "There is no such template, or you may not see it.");

    public static IEndpointRouteBuilder MapTemplates(this IEndpointRouteBuilder api)
    {
        var templates = api.MapGroup("").WithTags("Templates").RequireAuthorization();
        templates.MapGet("/templates", ListAsync).WithName("ListTemplates").WithSummary("Shipped templates and, with projectId, a project's own").WithList(Rules)
            .Describes("projectId", "A project whose own templates are listed as well; needs the role viewer there.").Describes("kind", "`wireframe` or `process`.")
            .Describes("category", "Only templates of this category.").Refuses(ErrorCodes.NotFound).Example(response: EndpointDocumentation.PageOf(TemplateExamples.Template));
        templates.MapGet("/templates/{templateId}", GetAsync).WithName("GetTemplate").WithSummary("One template")
            .Needs(ProjectRole.Viewer).Versioned().Example(response: TemplateExamples.Template);
        templates.MapGet("/templates/{templateId}/preview", PreviewAsync).WithName("GetTemplatePreview").WithSummary("A picture of the template, as SVG")
            .Needs(ProjectRole.Viewer).Produces(StatusCodes.Status200OK).AnswersAlso(Svg);
        templates.MapPatch("/templates/{templateId}", ChangeAsync).WithName("ChangeTemplate").WithSummary("Sets name, description or category of a project's template (merge patch)")
            .Needs(ProjectRole.Editor).Versioned().Example(TemplateExamples.Patch, TemplateExamples.Template);
        templates.MapDelete("/templates/{templateId}", DeleteAsync).WithName("DeleteTemplate").WithSummary("Deletes a project's template")
            .Needs(ProjectRole.Editor).Versioned();
        templates.MapPost("/designs/{designId}/template", SaveAsync).WithName("SaveAsTemplate").WithSummary("Saves a design, now or at a revision, as a template of its project")
            .Needs(ProjectRole.Editor).Refuses(ErrorCodes.RevisionUnknown, ErrorCodes.LimitReached).Example(TemplateExamples.New, TemplateExamples.Template);
        templates.MapPost("/projects/{projectId}/designs/from-template", UseAsync).WithName("CreateDesignFromTemplate").WithSummary("Creates a design from a template")
            .Needs(ProjectRole.Editor).Refuses(ErrorCodes.IdentifierInvalid, ErrorCodes.LimitReached).Example(TemplateExamples.Use, DesignExamples.Document);
        return api;
    }

    private static async Task<Results<Ok<PageOf<TemplateView>>, RefusalResult>> ListAsync(
        [AsParameters] ListQuery query,
        [FromQuery(Name = "projectId")] string? projectId,
        [FromQuery(Name = "kind")] string? kind,
        [FromQuery(Name = "category")] string? category,
        HttpContext context,
        DesignGate gate,
        IGrainFactory grains)
    {
        var ofProject = string.IsNullOrEmpty(projectId) ? null : projectId;
        var badKind = ListFilters.Choice("kind", kind, out var word, "wireframe", "process");
        var badProject = ofProject is null ? null : Identifier.Check(Identifier.Project, ofProject, "projectId");
        if ((query.Check(out var list) ?? badKind ?? badProject) is { } refusal)
            return refusal.ToResult();

        if (ofProject is not null && await gate.RefuseAsync(context, ofProject, ProjectRole.Viewer) is { } closed)
            return closed.ToResult();

        DesignKind? ofKind = word switch
        {
            "wireframe" => DesignKind.Wireframe,
            "process" => DesignKind.Process,
            _ => null,
        };
        var reply = await grains.GetGrain<ITemplateDirectoryGrain>(0).List(new TemplateQuery(list, ofProject, ofKind, string.IsNullOrEmpty(category) ? null : category));
        return reply switch
        {
            TemplatePageReply.Page page => TypedResults.Ok(new PageOf<TemplateView>(page.Items, page.NextCursor)),
            TemplatePageReply.Refused refused => refused.Error.ToResult(),
            _ => throw new InvalidOperationException($"Unknown reply {reply.GetType().Name}."),
        };
    }

    private static async Task<Results<Ok<TemplateView>, StatusCodeHttpResult, RefusalResult>> GetAsync(
        string templateId, HttpContext context, DesignGate gate, IGrainFactory grains)
    {
        if (await FindAsync(templateId, context, gate, grains) is not { } view)
            return Missing.ToResult();

        context.Response.SetVersion(view.Version);
        return context.Request.HasVersion(view.Version) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Ok(view);
    }

    private static async Task<Results<ContentHttpResult, RefusalResult>> PreviewAsync(
        string templateId, HttpContext context, DesignGate gate, IGrainFactory grains, IComponentCatalog components)
    {
        if (await FindAsync(templateId, context, gate, grains) is not { } view || await ReadAsync(templateId, grains) is not { } contents)
            return Missing.ToResult();

        return TypedResults.Text(SvgExport.Write(contents.ToDocument(view.Id, view.Name, view.UpdatedAt), components), Svg);
    }

    private static async Task<Results<Created<TemplateView>, RefusalResult>> SaveAsync(
        string designId, TemplateBody body, HttpContext context, DesignGate gate, IGrainFactory grains, Identifiers identifiers)
    {
        var pass = await gate.OpenAsync(context, designId, ProjectRole.Editor);
        if (pass.Refusal is { } refusal)
            return refusal.ToResult();

        var design = body.Revision is { } revision
            ? revision >= 1 && revision <= pass.Header.Revision ? await grains.GetGrain<IDesignHistoryGrain>(designId).GetDocument(revision) : null
            : await pass.Grain.GetDocument();
        if (design is null)
            return new Refusal(ErrorCodes.RevisionUnknown, $"The design has revisions 1 to {pass.Header.Revision}.").ToResult();

        var id = identifiers.Create(Identifier.Template);
        var reply = await grains.GetGrain<ITemplateGrain>(id).Create(new NewTemplate(
            pass.Caller.Author.Id,
            design.ProjectId,
            body.Name ?? design.Name,
            body.Description ?? design.Description,
            body.Category,
            new TemplateContents(design.Kind, design.Settings, design.Nodes, design.Connections)));
        if (reply is not TemplateReply.Done done)
            return RefusalOf(reply).ToResult();

        context.Response.SetVersion(done.Template.Version);
        return TypedResults.Created($"{ApiPaths.Root}/templates/{id}", done.Template);
    }

    private static async Task<Results<Ok<TemplateView>, RefusalResult>> ChangeAsync(
        string templateId, TemplatePatchBody body, HttpContext context, IGrainFactory grains)
    {
        if (await RefuseShippedAsync(templateId, context, grains) is { } shipped)
            return shipped.ToResult();

        var reply = await grains.GetGrain<ITemplateGrain>(templateId).Change(new TemplateChange(
            context.GetCaller().AccountId,
            body.Name,
            body.Description.IsSet,
            body.Description.Value,
            body.Category.IsSet,
            body.Category.Value,
            context.Request.ExpectedVersion()));
        if (reply is not TemplateReply.Done done)
            return RefusalOf(reply).ToResult();

        context.Response.SetVersion(done.Template.Version);
        return TypedResults.Ok(done.Template);
    }

    private static async Task<Results<NoContent, RefusalResult>> DeleteAsync(string templateId, HttpContext context, IGrainFactory grains)
    {
        if (await RefuseShippedAsync(templateId, context, grains) is { } shipped)
            return shipped.ToResult();

        return await grains.GetGrain<ITemplateGrain>(templateId).Delete(context.GetCaller().AccountId, context.Request.ExpectedVersion()) is TemplateReply.Refused refused
            ? refused.Error.ToResult()
            : TypedResults.NoContent();
    }

    private static async Task<Results<Created<DesignDocument>, RefusalResult>> UseAsync(
        string projectId, FromTemplateBody body, HttpContext context, DesignGate gate, IGrainFactory grains, Identifiers identifiers)
    {
        var badId = Identifier.Check(Identifier.Template, body.TemplateId, "templateId");
        if ((await gate.RefuseAsync(context, projectId, ProjectRole.Editor) ?? badId) is { } refusal)
            return refusal.ToResult();

        if (await FindAsync(body.TemplateId!, context, gate, grains) is not { } view || await ReadAsync(body.TemplateId!, grains) is not { } contents)
            return Missing.ToResult();

        var (design, refused) = await DesignEndpoints.CreateAsync(context, grains, identifiers, new NewDesign(
            projectId, body.Name ?? view.Name, contents.Kind, view.Description, contents.Settings, contents.Nodes, contents.Connections));
        return refused is null
            ? TypedResults.Created($"{ApiPaths.Root}/designs/{design!.Id}", design)
            : refused.ToResult();
    }

    /// <summary>A template that the caller may see: a shipped one, or one of a project of theirs.</summary>
    private static async Task<TemplateView?> FindAsync(string templateId, HttpContext context, DesignGate gate, IGrainFactory grains)
    {
        if (ShippedTemplates.Find(templateId) is { } shipped)
            return shipped.View;

        return await grains.GetGrain<ITemplateGrain>(templateId).Get() is { ProjectId: { } projectId } view
            && await gate.RefuseAsync(context, projectId, ProjectRole.Viewer) is null
                ? view
                : null;
    }

    private static async Task<TemplateContents?> ReadAsync(string templateId, IGrainFactory grains) =>
        ShippedTemplates.Find(templateId)?.Contents ?? await grains.GetGrain<ITemplateGrain>(templateId).GetContents();

    private static async Task<Refusal?> RefuseShippedAsync(string templateId, HttpContext context, IGrainFactory grains)
    {
        if (ShippedTemplates.Find(templateId) is not null)
            return new Refusal(ErrorCodes.Forbidden, "a shipped template never changes: make a design from it and save that as a template");

        if (await grains.GetGrain<ITemplateGrain>(templateId).Get() is { ProjectId: { } projectId })
            context.SetAuditProject(projectId);

        return null;
    }

    private static Refusal RefusalOf(TemplateReply reply) => reply is TemplateReply.Refused refused ? refused.Error : Missing;
}

/// <param name="Name">1 to 200 characters; the design's name when absent.</param>
/// <param name="Description">Up to 4,000 characters; the design's when absent.</param>
/// <param name="Category">1 to 50 characters.</param>
/// <param name="Revision">The design as it was; as it is when absent.</param>
internal sealed record TemplateBody(string? Name, string? Description, string? Category, long? Revision);

/// <summary>A merge patch: what is absent stays.</summary>
internal sealed record TemplatePatchBody(string? Name, Patched<string?> Description, Patched<string?> Category);

/// <param name="Name">The design's name; the template's when absent.</param>
internal sealed record FromTemplateBody([property: Required] string? TemplateId, string? Name);
