using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using Actors.Domain;
using Microsoft.AspNetCore.Mvc;

namespace Actors.Frontend.Http;

/// <summary>Which page of a list. Bound with <c>[AsParameters]</c>.</summary>
/// <param name="Limit">1 to 100, default 50.</param>
/// <param name="Cursor"><c>nextCursor</c> of the page before.</param>
public readonly record struct PageQuery([FromQuery(Name = "limit")] string? Limit, [FromQuery(Name = "cursor")] string? Cursor)
{
    public const int Default = 50;
    public const int Maximum = 100;

    private const int MaximumCursorLength = 1024;

    /// <summary>The page asked for, or the refusal of a limit or cursor that cannot be.</summary>
    public Refusal? Check(out int limit, out string? cursor)
    {
        limit = Default;
        cursor = string.IsNullOrEmpty(Cursor) ? null : Cursor;
        if (!string.IsNullOrEmpty(Limit)
            && (!int.TryParse(Limit, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > Maximum))
        {
            return Refusal.Field("limit", $"must be a whole number from 1 to {Maximum}");
        }

        return cursor?.Length > MaximumCursorLength ? Refusal.Field("cursor", "is not one that this list returned") : null;
    }
}

/// <summary>One page of a list.</summary>
/// <param name="NextCursor">Asks for the next page; null when this is the last.</param>
public sealed record PageOf<T>(
    ImmutableArray<T> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? NextCursor);
