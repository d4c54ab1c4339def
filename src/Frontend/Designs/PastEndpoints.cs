using System.Globalization;
using Actors.Domain;
using Actors.Domain.Designs;
using Actors.Domain.Identity;
using Actors.Domain.Projects;
using Actors.Domain.Versions;
using Actors.Frontend.Http;
using Actors.Grains.Interfaces.Designs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Orleans;
using Json = Actors.Frontend.Designs.DesignRequestsJsonContext;

namespace Actors.Frontend.Designs;

/// <summary>A design's past: what differs from then, who did it, and how to have it back.</summary>
internal static class PastEndpoints
{
    public static async Task<IResult> Compare(
        HttpContext context,
        string designId,
        DesignGate gate,
        IGrainFactory grains,
        [FromQuery(Name = "from")] string? from,
        [FromQuery(Name = "to")] string? to)
    {
        var pass = await gate.OpenAsync(context, designId, ProjectRole.Viewer);
        if (pass.Refusal is { } refusal)
        {
            return refusal.ToResult();
        }

        if (string.IsNullOrEmpty(from))
        {
            return Refusal.Field("from", "is required: a revision, or the id of a version").ToResult();
        }

        var (first, badFrom) = await Revisions.ResolveAsync(pass, grains, from, "from");
        var (second, badTo) = await Revisions.ResolveAsync(pass, grains, to, "to");
        if ((badFrom ?? badTo) is { } unknown)
        {
            return unknown.ToResult();
        }

        return await grains.GetGrain<IDesignHistoryGrain>(designId).Compare(first, second) is { } comparison
            ? TypedResults.Json(comparison, Json.Default.DesignComparison)
            : Revisions.Unknown(pass).ToResult();
    }

    public static async Task<IResult> Restore(
        HttpContext context, string designId, RestoreDesignRequest request, DesignGate gate, IGrainFactory grains, Identifiers identifiers)
    {
        var pass = await gate.OpenAsync(context, designId, ProjectRole.Editor);
        if (pass.Refusal is { } refusal)
        {
            return refusal.ToResult();
        }

        if (request.Revision is null == request.VersionId is null)
        {
            return Refusal.Field("revision", "give either a revision or a versionId").ToResult();
        }

        if (request.VersionId is { } versionId && Identifier.Check(Identifier.Version, versionId, "versionId") is { } invalid)
        {
            return invalid.ToResult();
        }

        if (request.BatchId == Guid.Empty)
        {
            return Refusal.Field("batchId", "must not be the empty UUID").ToResult();
        }

        var (revision, unknown) = await Revisions.ResolveAsync(
            pass, grains, request.VersionId ?? request.Revision!.Value.ToString(CultureInfo.InvariantCulture), "revision");
        return unknown is not null
            ? unknown.ToResult()
            : await pass.Grain.Restore(pass.Caller, request.BatchId ?? identifiers.NewBatchId(), revision, context.Request.ExpectedVersion()) switch
            {
                SubmitResult.Refused refused => refused.Error.ToResult(),
                var result => TypedResults.Json(result, Json.Default.SubmitResult),
            };
    }

    public static async Task<IResult> History(
        HttpContext context,
        string designId,
        DesignGate gate,
        IGrainFactory grains,
        [AsParameters] PageQuery page,
        [AsParameters] ChangeFilters filters,
        [FromQuery(Name = "since")] string? since,
        [FromQuery(Name = "until")] string? until)
    {
        var pass = await gate.OpenAsync(context, designId, ProjectRole.Viewer);
        var badPage = page.Check(out var limit, out var cursor);
        var badFilter = filters.Check(out var filter);
        var badSince = ListFilters.Time("since", since, out var from);
        var badUntil = ListFilters.Time("until", until, out var before);
        if ((pass.Refusal ?? badPage ?? badFilter ?? badSince ?? badUntil) is { } refusal)
        {
            return refusal.ToResult();
        }

        var newest = pass.Header.Revision;
        if (cursor is not null && (!long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out newest) || newest < 1))
        {
            return Refusal.Field("cursor", "is not one that this list returned").ToResult();
        }

        var history = await grains.GetGrain<IDesignHistoryGrain>(designId).GetHistory(
            Math.Min(newest, pass.Header.Revision), filter with { Since = from, Until = before }, limit);
        return TypedResults.Json(
            new PageOf<HistoryEntry>(history.Items, history.Next?.ToString(CultureInfo.InvariantCulture)), Json.Default.PageOfHistoryEntry);
    }
}
