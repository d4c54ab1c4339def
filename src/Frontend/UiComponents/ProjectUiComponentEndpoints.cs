using Actors.Domain;
using Actors.Domain.Components;
using Actors.Domain.Interchange;
using Actors.Domain.Projects;
using Actors.Domain.UiComponents;
using Actors.Frontend.Accounts;
using Actors.Frontend.Components;
using Actors.Frontend.Designs;
using Actors.Frontend.Http;
using Actors.Grains.Interfaces.UiComponents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Actors.Frontend.UiComponents;

/// <summary>The user interface components of a project, its own and the shared ones: <c>/projects/{projectId}/ui-components</c>.</summary>
internal static class ProjectUiComponentEndpoints
{
    private const string ComponentId = "The component's id: the `type` of its nodes.";

    private static readonly Refusal BuiltIn = new(ErrorCodes.Forbidden, "a built-in component never changes: make one of the project's own");

    public static void MapProjectUiComponents(this IEndpointRouteBuilder api)
    {
        var library = api.MapGroup("/projects/{projectId}/ui-components").WithTags("Components").RequireAuthorization();
        library.MapGet("/", ListAsync).WithName("ListProjectUiComponents").WithSummary("The user interface components of the project: built-in ones and its own").WithList(ComponentLists.Rules)
            .Needs(ProjectRole.Viewer).Describes("category", "Only components of this category.").Describes("origin", "`builtIn` or `project`.")
            .Example(response: EndpointDocumentation.PageOf(UiComponentExamples.OwnListed));
        library.MapPost("/", CreateAsync).WithName("CreateUiComponent").WithSummary("Makes a user interface component for the project's designs")
            .Needs(ProjectRole.Editor).Refuses(ErrorCodes.ComponentExists, ErrorCodes.LimitReached, ErrorCodes.PropertyInvalid).Example(UiComponentExamples.New, UiComponentExamples.Own);
        library.MapGet("/{componentId}", GetAsync).WithName("GetProjectUiComponent").WithSummary("One user interface component, with its definition and what exports make of it")
            .Needs(ProjectRole.Viewer).Versioned().Describes("componentId", ComponentId).Example(response: UiComponentExamples.Own);
        library.MapPut("/{componentId}", ReplaceAsync).WithName("ReplaceUiComponent").WithSummary("Writes a component of the project anew; nodes stay as they are")
            .Needs(ProjectRole.Editor).Versioned().Refuses(ErrorCodes.PropertyInvalid).Describes("componentId", ComponentId).Example(UiComponentExamples.New, UiComponentExamples.Own);
        library.MapDelete("/{componentId}", DeleteAsync).WithName("DeleteUiComponent").WithSummary("Deletes a component of the project; its nodes stay, and validation finds them")
            .Needs(ProjectRole.Editor).Versioned().Describes("componentId", ComponentId);
        library.MapGet("/{componentId}/preview", PreviewAsync).WithName("GetProjectUiComponentPreview").WithSummary("A picture of the component, as SVG")
            .Needs(ProjectRole.Viewer).Describes("componentId", ComponentId).Produces<string>(StatusCodes.Status200OK, "image/svg+xml");
    }

    private static async Task<Results<Ok<PageOf<UiComponentView>>, RefusalResult>> ListAsync(
        string projectId,
        [AsParameters] ListQuery query,
        [FromQuery(Name = "category")] string? category,
        [FromQuery(Name = "origin")] string? origin,
        HttpContext context,
        DesignGate gate,
        ProjectComponentCatalogs catalogs)
    {
        if (ListFilters.Choice("origin", origin, out var wanted, UiComponentView.BuiltIn, UiComponentView.Project) is { } invalid)
            return invalid.ToResult();

        if (await gate.RefuseAsync(context, projectId, ProjectRole.Viewer) is { } refusal)
            return refusal.ToResult();

        var library = (await catalogs.OfAsync(projectId)).All.Where(component =>
            UiComponentEndpoints.IsUserInterface(component)
            && (string.IsNullOrEmpty(category) || component.Category == category)
            && (wanted is null || wanted == UiComponentView.OriginOf(component)));
        return ComponentLists.Take(library, query, out var page) is { } wrong
            ? wrong.ToResult()
            : TypedResults.Ok(new PageOf<UiComponentView>([.. page.Items.Select(component => UiComponentView.Of(component, projectId))], page.NextCursor));
    }

    private static async Task<Results<Created<UiComponentView>, RefusalResult>> CreateAsync(
        string projectId, UiComponentBody body, HttpContext context, DesignGate gate, IGrainFactory grains, IComponentCatalog shared)
    {
        if ((await gate.RefuseAsync(context, projectId, ProjectRole.Editor) ?? body.Check(componentId: null)) is { } refusal)
            return refusal.ToResult();

        var reply = await grains.GetGrain<IUiComponentsGrain>(projectId).Create(new UiComponentWrite(context.GetCaller().AccountId, body.NewId, body.ToDefinition()));
        return reply is UiComponentReply.Done { Component: var component }
            ? TypedResults.Created($"{ApiPaths.Root}/projects/{projectId}/ui-components/{component.Id}", View(component, projectId, context, shared))
            : RefusalOf(reply).ToResult();
    }

    private static async Task<Results<Ok<UiComponentView>, StatusCodeHttpResult, RefusalResult>> GetAsync(
        string projectId, string componentId, HttpContext context, DesignGate gate, IGrainFactory grains, IComponentCatalog shared)
    {
        if (await gate.RefuseAsync(context, projectId, ProjectRole.Viewer) is { } refusal)
            return refusal.ToResult();

        var own = (await grains.GetGrain<IUiComponentsGrain>(projectId).GetAll(known: null))!.Components.FirstOrDefault(component => component.Id == componentId);
        var view = own is not null ? View(own, projectId, context, shared)
            : UiComponentEndpoints.Find(componentId, shared) is { } builtIn ? UiComponentView.Of(builtIn, projectId, ComponentSample.Of(builtIn, shared))
            : null;
        if (view is null)
            return UiComponentEndpoints.Missing(componentId).ToResult();

        context.Response.SetVersion(view.Version);
        return context.Request.HasVersion(view.Version) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Ok(view);
    }

    private static async Task<Results<Ok<UiComponentView>, RefusalResult>> ReplaceAsync(
        string projectId, string componentId, UiComponentBody body, HttpContext context, DesignGate gate, IGrainFactory grains, IComponentCatalog shared)
    {
        if ((await gate.RefuseAsync(context, projectId, ProjectRole.Editor) ?? RefuseBuiltIn(componentId, shared) ?? body.Check(componentId)) is { } refusal)
            return refusal.ToResult();

        var reply = await grains.GetGrain<IUiComponentsGrain>(projectId).Replace(
            new UiComponentWrite(context.GetCaller().AccountId, componentId, body.ToDefinition(), context.Request.ExpectedVersion()));
        return reply is UiComponentReply.Done { Component: var component } ? TypedResults.Ok(View(component, projectId, context, shared)) : RefusalOf(reply).ToResult();
    }

    private static async Task<Results<NoContent, RefusalResult>> DeleteAsync(
        string projectId, string componentId, HttpContext context, DesignGate gate, IGrainFactory grains, IComponentCatalog shared)
    {
        if ((await gate.RefuseAsync(context, projectId, ProjectRole.Editor) ?? RefuseBuiltIn(componentId, shared)) is { } refusal)
            return refusal.ToResult();

        var reply = await grains.GetGrain<IUiComponentsGrain>(projectId).Remove(context.GetCaller().AccountId, componentId, context.Request.ExpectedVersion());
        return reply is UiComponentReply.Refused refused ? refused.Error.ToResult() : TypedResults.NoContent();
    }

    private static async Task<Results<ContentHttpResult, RefusalResult>> PreviewAsync(
        string projectId, string componentId, HttpContext context, DesignGate gate, ProjectComponentCatalogs catalogs)
    {
        if (await gate.RefuseAsync(context, projectId, ProjectRole.Viewer) is { } refusal)
            return refusal.ToResult();

        var catalog = await catalogs.OfAsync(projectId);
        return UiComponentEndpoints.Find(componentId, catalog) is { } component
            ? TypedResults.Text(ComponentSample.Draw(component, catalog), "image/svg+xml")
            : UiComponentEndpoints.Missing(componentId).ToResult();
    }

    private static UiComponentView View(UiComponent component, string projectId, HttpContext context, IComponentCatalog shared)
    {
        context.Response.SetVersion(component.Version);
        var catalog = ProjectCatalog.Of(shared, [component]);
        return catalog.Find(component.Id) is { } described
            ? UiComponentView.Of(described, projectId, ComponentSample.Of(described, catalog)) with { Definition = component.Definition }
            : UiComponentView.OfBroken(component, projectId);
    }

    private static Refusal? RefuseBuiltIn(string componentId, IComponentCatalog shared) => UiComponentEndpoints.Find(componentId, shared) is null ? null : BuiltIn;

    private static Refusal RefusalOf(UiComponentReply reply) => reply is UiComponentReply.Refused refused
        ? refused.Error
        : throw new InvalidOperationException($"Unknown reply {reply.GetType().Name}.");
}
