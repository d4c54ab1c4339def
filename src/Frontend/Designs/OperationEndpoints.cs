using System.Globalization;
using System.Text.Json;
using Actors.Domain;
using Actors.Domain.Designs;
using Actors.Domain.Projects;
using Actors.Domain.Versions;
using Actors.Frontend.Http;
using Actors.Frontend.Live;
using Actors.Grains.Interfaces.Designs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Json = Actors.Frontend.Designs.DesignRequestsJsonContext;

namespace Actors.Frontend.Designs;

/// <summary>Batches and the history that they make.</summary>
internal static class OperationEndpoints
{
    public static async Task<IResult> Submit(HttpContext context, string designId, JsonElement batch, DesignGate gate, DesignLimits limits)
    {
        var pass = await gate.OpenAsync(context, designId, ProjectRole.Editor);
        if (pass.Refusal is { } refusal)
        {
            return refusal.ToResult();
        }

        return BatchReader.TryRead(batch, limits, out var read, out var malformed)
            ? Answer(await SubmitAsync(context, pass, read))
            : malformed.ToResult();
    }

    public static async Task<IResult> Undo(HttpContext context, string designId, DesignGate gate)
    {
        var pass = await gate.OpenAsync(context, designId, ProjectRole.Editor);
        return pass.Refusal is { } refusal ? refusal.ToResult() : Answer(await pass.Grain.Undo(pass.Caller));
    }

    public static async Task<IResult> Redo(HttpContext context, string designId, DesignGate gate)
    {
        var pass = await gate.OpenAsync(context, designId, ProjectRole.Editor);
        return pass.Refusal is { } refusal ? refusal.ToResult() : Answer(await pass.Grain.Redo(pass.Caller));
    }

    public static async Task<IResult> Changes(
        HttpContext context,
        string designId,
        DesignGate gate,
        IGrainFactory grains,
        ChangeStream stream,
        [AsParameters] PageQuery page,
        [AsParameters] ChangeFilters filters,
        [FromQuery(Name = "after")] string? after)
    {
        var pass = await gate.OpenAsync(context, designId, ProjectRole.Viewer);
        var badPage = page.Check(out var limit, out var cursor);
        var badFilter = filters.Check(out var filter);
        if ((pass.Refusal ?? badPage ?? badFilter) is { } refusal)
        {
            return refusal.ToResult();
        }

        var from = cursor ?? after;
        long revision = 0;
        if (!string.IsNullOrEmpty(from) && !long.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out revision))
        {
            return Refusal.Field(cursor is null ? "after" : "cursor", "must be a revision, a whole number from 0").ToResult();
        }

        if (EventStreams.AreWanted(context.Request))
        {
            if (filter != ChangeFilter.All)
            {
                return Refusal.Field("author", "a stream tells of every change: author, nodeId and operation are for pages").ToResult();
            }

            return stream.Follow(pass.Header, string.IsNullOrEmpty(from) ? null : new DesignPosition(pass.Header.Epoch, revision));
        }

        var changes = await grains.GetGrain<IDesignHistoryGrain>(designId).FindChanges(revision, filter, limit);
        return TypedResults.Json(new PageOf<Change>(changes.Items, changes.Next?.ToString(CultureInfo.InvariantCulture)), Json.Default.PageOfChange);
    }

    /// <summary>One operation as a batch of its own; honours <c>If-Match</c>.</summary>
    public static Task<SubmitResult> SubmitOneAsync(HttpContext context, DesignPass pass, Operation operation) =>
        SubmitAsync(context, pass, new Batch(context.RequestServices.GetRequiredService<Identifiers>().NewBatchId(), pass.Header.Revision, [operation]));

    /// <summary>Honours <c>If-Match</c>.</summary>
    public static Task<SubmitResult> SubmitAsync(HttpContext context, DesignPass pass, Batch batch) =>
        context.Request.ExpectedVersion() is { } expected
            ? pass.Grain.SubmitAt(pass.Caller, batch, expected)
            : pass.Grain.Submit(pass.Caller, batch);

    private static IResult Answer(SubmitResult result) => result is SubmitResult.Refused refused
        ? refused.Error.ToResult()
        : TypedResults.Json(result, Json.Default.SubmitResult);
}
