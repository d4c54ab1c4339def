using Actors.Domain;
using Actors.Domain.Components;
using Actors.Domain.Interchange;
using Actors.Frontend.Components;
using Actors.Frontend.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Actors.Frontend.UiComponents;

/// <summary>The library of user interface components: <c>/ui-components</c>.</summary>
public static class UiComponentEndpoints
{
    private const string Prefix = "ui.";

    public static IEndpointRouteBuilder MapUiComponents(this IEndpointRouteBuilder api)
    {
        var library = api.MapGroup("/ui-components").WithTags("Components").RequireAuthorization();
        library.MapGet("", List).WithName("ListUiComponents").WithSummary("The user interface components of wireframes").WithList(ComponentLists.Rules)
            .Describes("category", "Only components of this category.").Example(response: EndpointDocumentation.PageOf(UiComponentExamples.Listed));
        library.MapGet("/{componentId}", Get).WithName("GetUiComponent").WithSummary("One user interface component, with what exports make of it")
            .Versioned().Refuses(ErrorCodes.NotFound).Example(response: UiComponentExamples.Component);
        library.MapGet("/{componentId}/preview", Preview).WithName("GetUiComponentPreview").WithSummary("A picture of the component, as SVG")
            .Refuses(ErrorCodes.NotFound).Produces(StatusCodes.Status200OK).AnswersAlso("image/svg+xml");
        return api;
    }

    private static Results<Ok<PageOf<UiComponentView>>, RefusalResult> List(
        IComponentCatalog catalog, [AsParameters] ListQuery query, [FromQuery(Name = "category")] string? category)
    {
        var library = catalog.All.Where(component => IsUserInterface(component) && (string.IsNullOrEmpty(category) || component.Category == category));
        return ComponentLists.Take(library, query, out var page) is { } refusal
            ? refusal.ToResult()
            : TypedResults.Ok(new PageOf<UiComponentView>([.. page.Items.Select(component => UiComponentView.Of(component))], page.NextCursor));
    }

    private static Results<Tagged<UiComponentView>, RefusalResult> Get(string componentId, IComponentCatalog catalog) =>
        Find(componentId, catalog) is { } component
            ? new Tagged<UiComponentView>(UiComponentView.Of(component, ComponentSample.Of(component, catalog)))
            : Missing(componentId).ToResult();

    private static Results<ContentHttpResult, RefusalResult> Preview(string componentId, IComponentCatalog catalog) =>
        Find(componentId, catalog) is { } component
            ? TypedResults.Text(ComponentSample.Draw(component, catalog), "image/svg+xml")
            : Missing(componentId).ToResult();

    private static ComponentDescriptor? Find(string id, IComponentCatalog catalog) =>
        catalog.Find(id) is { } component && IsUserInterface(component) ? component : null;

    private static bool IsUserInterface(ComponentDescriptor component) => component.Id.StartsWith(Prefix, StringComparison.Ordinal);

    private static Refusal Missing(string id) => new(ErrorCodes.NotFound, $"There is no user interface component '{id}'.");
}
