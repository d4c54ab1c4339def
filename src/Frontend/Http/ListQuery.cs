using System.Collections.Immutable;
using System.Globalization;
using Actors.Domain;
using Actors.Domain.Lists;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Actors.Frontend.Http;

/// <summary>What a list offers beside pages. Attached to its endpoint by <see cref="ListEndpoints.WithList{T}"/>.</summary>
/// <param name="Sorts">The keys that it sorts by.</param>
/// <param name="DefaultSort">Its order when none is asked for.</param>
/// <param name="Searched">What <c>search</c> looks into, for example <c>name</c>; null when it cannot be searched.</param>
public sealed record ListRules(ImmutableArray<string> Sorts, string DefaultSort, string? Searched);

public static class ListEndpoints
{
    /// <summary>Newest first, sorted by <c>createdAt</c>, <c>updatedAt</c> or <c>name</c>, searched by name: what the catalog does for every kind.</summary>
    public static readonly ListRules Catalog = new([ListSort.CreatedAt, ListSort.UpdatedAt, ListSort.Name], "-createdAt", "name");

    /// <summary>Says what the list that this endpoint answers offers; its handler takes <c>[AsParameters] ListQuery</c>.</summary>
    public static T WithList<T>(this T endpoint, ListRules rules)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(rules);
}

/// <summary>Which page of a list, in which order. Bound with <c>[AsParameters]</c>; the endpoint has its rules <c>WithList</c>.</summary>
/// <param name="Limit">1 to 100, default 50.</param>
/// <param name="Cursor"><c>nextCursor</c> of the page before, asked with the same order and filters.</param>
/// <param name="Sort">One of the list's keys; with <c>-</c> before it, greatest or newest first.</param>
/// <param name="Search">At most 200 characters; only what contains it, whatever the case.</param>
/// <param name="Context">The request.</param>
public readonly record struct ListQuery(
    [FromQuery(Name = "limit")] string? Limit,
    [FromQuery(Name = "cursor")] string? Cursor,
    [FromQuery(Name = "sort")] string? Sort,
    [FromQuery(Name = "search")] string? Search,
    HttpContext Context)
{
    public const int MaximumSearchLength = 200;

    /// <summary>What is asked, or the refusal that names the parameter and what the list takes.</summary>
    public Refusal? Check(out ListRequest list)
    {
        var rules = Context.GetEndpoint()?.Metadata.GetMetadata<ListRules>()
            ?? throw new InvalidOperationException($"{Context.Request.Path} takes a ListQuery but was not mapped WithList.");
        list = new ListRequest(PageQuery.Default);
        if (new PageQuery(Limit, Cursor).Check(out var limit, out var cursor) is { } badPage)
            return badPage;

        var sort = string.IsNullOrEmpty(Sort) ? rules.DefaultSort : Sort;
        var descending = sort[0] == '-';
        var key = descending ? sort[1..] : sort;
        if (!rules.Sorts.Contains(key, StringComparer.Ordinal))
            return Refusal.Field("sort", $"must be one of {string.Join(", ", rules.Sorts)}; with '-' before it, greatest or newest first");

        if (CheckSearch(rules) is { } badSearch)
            return badSearch;

        list = new ListRequest(limit, cursor, key, descending, string.IsNullOrWhiteSpace(Search) ? null : Search);
        return null;
    }

    private Refusal? CheckSearch(ListRules rules)
    {
        if (Search is null)
            return null;

        if (rules.Searched is null)
            return Refusal.Field("search", "this list cannot be searched");

        return Search.Length > MaximumSearchLength ? Refusal.Field("search", $"must have at most {MaximumSearchLength} characters") : null;
    }
}

/// <summary>Filters beside the search: each reads one query parameter, where absent and empty mean no filter.</summary>
public static class ListFilters
{
    /// <summary>One of a few words.</summary>
    public static Refusal? Choice(string name, string? text, out string? value, params ReadOnlySpan<string> allowed)
    {
        value = string.IsNullOrEmpty(text) ? null : text;
        return value is null || allowed.Contains(value) ? null : Refusal.Field(name, $"must be one of {string.Join(", ", allowed)}");
    }

    /// <summary>A moment: ISO 8601 with offset or <c>Z</c>.</summary>
    public static Refusal? Time(string name, string? text, out DateTimeOffset? value)
    {
        value = null;
        if (string.IsNullOrEmpty(text))
            return null;

        // A time without an offset would mean another moment on another server.
        if (text.Length <= 40
            && text.Contains('T', StringComparison.Ordinal)
            && (text.EndsWith('Z') || text.AsSpan(text.IndexOf('T', StringComparison.Ordinal)).IndexOfAny('+', '-') > 0)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            value = time;
            return null;
        }

        return Refusal.Field(name, "must be a time in ISO 8601 with offset, as 2026-11-20T13:30:00Z");
    }

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static Refusal? Flag(string name, string? text, out bool? value)
    {
        value = text switch
        {
            "true" => true,
            "false" => false,
            _ => null,
        };
        return value is null && !string.IsNullOrEmpty(text) ? Refusal.Field(name, "must be true or false") : null;
    }
}
