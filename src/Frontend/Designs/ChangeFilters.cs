using Actors.Domain;
using Actors.Domain.Versions;
using Actors.Frontend.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;

namespace Actors.Frontend.Designs;

/// <summary>Which of a design's changes a list shows. Bound with <c>[AsParameters]</c>; the endpoint <c>DescribesChanges</c>.</summary>
/// <param name="Author">Only what this author did.</param>
/// <param name="NodeId">Only what was done to this node.</param>
/// <param name="Operation">Only what was done by an operation of this name.</param>
internal readonly record struct ChangeFilters(
    [FromQuery(Name = "author")] string? Author,
    [FromQuery(Name = "nodeId")] string? NodeId,
    [FromQuery(Name = "operation")] string? Operation)
{
    public Refusal? Check(out ChangeFilter filter)
    {
        var refusal = ListFilters.Choice("operation", Operation, out var operation, OperationNames.All.AsSpan());
        filter = new ChangeFilter(Given(Author), Given(NodeId), operation);
        return refusal;
    }

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

internal static class ChangeFiltersDocumentation
{
    public static T DescribesChanges<T>(this T endpoint)
        where T : IEndpointConventionBuilder => endpoint
        .Describes("author", "Only what this account did.")
        .Describes("nodeId", "Only what was done to this node.")
        .Describes("operation", $"Only what was done by an operation of this name: {string.Join(", ", OperationNames.All.Select(name => $"`{name}`"))}.");
}
