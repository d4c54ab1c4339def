using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.Domain;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Identity;
using Actors.Domain.Projects;
using Actors.Frontend.Designs;
using Actors.Frontend.Http;
using Actors.Grains.Interfaces.Projects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Actors.Frontend.Components;

/// <summary>The component registry, from which clients build palettes and forms.</summary>
public static class ComponentEndpoints
{
    public static IEndpointRouteBuilder MapComponents(this IEndpointRouteBuilder api)
    {
        var components = api.MapGroup("").WithTags("Components").RequireAuthorization();
        components.MapGet("/components", List).WithName("ListComponents").WithSummary("All components, with ports and property schema").WithList(ComponentLists.Rules)
            .Describes("kind", "`wireframe` or `process`.").Describes("category", "Only components of this category.")
            .Describes("projectId", "Only components that are not switched off in this project.").Refuses(ErrorCodes.NotFound)
            .Example(response: EndpointDocumentation.PageOf(ComponentExamples.Component));
        components.MapGet("/components/{componentId}", Get).WithName("GetComponent").WithSummary("One component")
            .Versioned().Refuses(ErrorCodes.NotFound).Example(response: ComponentExamples.Component);
        return api;
    }

    private static async Task<Results<Ok<PageOf<ComponentView>>, RefusalResult>> List(
        HttpContext context,
        IComponentCatalog catalog,
        DesignGate gate,
        IGrainFactory grains,
        [AsParameters] ListQuery query,
        [FromQuery(Name = "kind")] string? kind,
        [FromQuery(Name = "category")] string? category,
        [FromQuery(Name = "projectId")] string? projectId)
    {
        if (ListFilters.Choice("kind", kind, out var ofKind, "wireframe", "process") is { } refusal)
            return refusal.ToResult();

        ImmutableArray<string> disabled = [];
        if (!string.IsNullOrEmpty(projectId))
        {
            if ((Identifier.Check(Identifier.Project, projectId, "projectId") ?? await gate.RefuseAsync(context, projectId, ProjectRole.Viewer)) is { } closed)
                return closed.ToResult();

            disabled = (await grains.GetGrain<IProjectGrain>(projectId).GetDisabledComponents()).Types;
        }

        return Page(catalog.All.Where(component => Matches(component, ofKind, category) && !disabled.Contains(component.Id, StringComparer.Ordinal)), query);
    }

    private static Results<Tagged<ComponentView>, RefusalResult> Get(string componentId, IComponentCatalog catalog) => catalog.Find(componentId) is { } component
        ? new Tagged<ComponentView>(ComponentView.Of(component))
        : new Refusal(ErrorCodes.NotFound, $"There is no component '{componentId}'.").ToResult();

    private static Results<Ok<PageOf<ComponentView>>, RefusalResult> Page(IEnumerable<ComponentDescriptor> components, ListQuery query) =>
        ComponentLists.Take(components, query, out var page) is { } refusal
            ? refusal.ToResult()
            : TypedResults.Ok(new PageOf<ComponentView>([.. page.Items.Select(ComponentView.Of)], page.NextCursor));

    private static bool Matches(ComponentDescriptor component, string? kind, string? category) =>
        (string.IsNullOrEmpty(category) || component.Category == category)
        && (kind switch
        {
            "wireframe" => component.Kinds.Contains(DesignKind.Wireframe),
            "process" => component.Kinds.Contains(DesignKind.Process),
            _ => true,
        });
}

/// <summary>A component as clients see it.</summary>
/// <param name="Schema">JSON Schema (draft 2020-12) of a node's properties.</param>
/// <param name="Rule">When a process fires.</param>
/// <param name="Effects">What a firing does to the world outside of the run.</param>
/// <param name="Example">Properties that are valid.</param>
public sealed record ComponentView(
    string Id,
    int Version,
    string Category,
    string Title,
    string Description,
    string Icon,
    ImmutableArray<DesignKind> Kinds,
    ImmutableArray<PortDescriptor> Inputs,
    ImmutableArray<PortDescriptor> Outputs,
    JsonElement Schema,
    double DefaultWidth,
    double DefaultHeight,
    bool Container,
    FiringRule Rule,
    EffectClass Effects,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? Example)
{
    public static ComponentView Of(ComponentDescriptor component) => new(
        component.Id,
        component.Version,
        component.Category,
        component.Title,
        component.Description,
        component.Icon,
        component.Kinds,
        component.Inputs,
        component.Outputs,
        component.Properties.ToJsonSchema(),
        component.DefaultWidth,
        component.DefaultHeight,
        component.Container,
        component.Rule,
        component.Effects,
        component.Example);
}
