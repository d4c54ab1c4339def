using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Actors.Domain;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Projects;
using Actors.Domain.Validation;
using Actors.Frontend.Http;
using Actors.Frontend.UiComponents;
using Actors.Grains.Interfaces.Designs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Actors.Frontend.Designs;

/// <summary>What is wrong with a design, at a revision.</summary>
/// <param name="Findings">Errors first, then warnings, then information.</param>
public sealed record ValidationReport(long Revision, ValidationSummary Summary, ImmutableArray<Finding> Findings);

/// <summary>How many findings there are of each severity.</summary>
public sealed record ValidationSummary(int Errors, int Warnings, int Infos);

/// <summary>Which findings to put right by the fixes that they offer.</summary>
/// <param name="Findings">Their ids, 1 to 1,000.</param>
public sealed record FixRequest([property: Required] ImmutableArray<string>? Findings);

/// <summary>What was put right.</summary>
/// <param name="Revision">The revision that the fixes became.</param>
/// <param name="Fixed">Ids of findings whose fixes were committed.</param>
/// <param name="Skipped">Ids that name no finding (any more), or one that offers no fix.</param>
/// <param name="Operations">What was committed.</param>
public sealed record FixReport(long Revision, ImmutableArray<string> Fixed, ImmutableArray<string> Skipped, ImmutableArray<Operation> Operations);

/// <summary>A design's findings: <c>/designs/{designId}/validation</c>. Validating happens here, beside the grains.</summary>
internal static class ValidationEndpoints
{
    private const int MaximumFindings = 1_000;

    public static void MapValidation(this IEndpointRouteBuilder design)
    {
        var validation = design.MapGroup("/validation").WithTags("Validation");
        validation.MapGet("/", ValidateAsync).WithName("ValidateDesign").WithSummary("What is wrong with the design, now or at a revision").Produces<ValidationReport>()
            .Needs(ProjectRole.Viewer).Refuses(ErrorCodes.RevisionUnknown).Example(response: ValidationExamples.Report);
        validation.MapPost("/fixes", FixAsync).WithName("FixDesign").WithSummary("Puts findings right by the fixes that they offer, as one change").Produces<FixReport>()
            .Needs(ProjectRole.Editor).Versioned().Refuses(DesignExamples.OperationCodes).Refuses(ErrorCodes.NothingToFix)
            .Example(ValidationExamples.Wanted, ValidationExamples.Fixed);
    }

    private static async Task<IResult> ValidateAsync(
        HttpContext context,
        string designId,
        DesignGate gate,
        IGrainFactory grains,
        ProjectComponentCatalogs catalogs,
        [FromQuery(Name = "revision")] string? revision)
    {
        var pass = await gate.OpenAsync(context, designId, ProjectRole.Viewer);
        if (pass.Refusal is { } refusal)
        {
            return refusal.ToResult();
        }

        var (design, unread) = await Revisions.ReadAsync(pass, grains, revision);
        if (design is null)
        {
            return unread!.ToResult();
        }

        var findings = DesignValidation.Validate(design, await catalogs.OfAsync(design.ProjectId));
        var summary = new ValidationSummary(
            findings.Count(finding => finding.Severity == FindingSeverity.Error),
            findings.Count(finding => finding.Severity == FindingSeverity.Warning),
            findings.Count(finding => finding.Severity == FindingSeverity.Info));
        return TypedResults.Json(new ValidationReport(design.Revision, summary, findings), ValidationBodiesJsonContext.Default.ValidationReport);
    }

    private static async Task<IResult> FixAsync(
        HttpContext context, string designId, FixRequest request, DesignGate gate, IGrainFactory grains, ProjectComponentCatalogs catalogs, Identifiers identifiers)
    {
        var pass = await gate.OpenAsync(context, designId, ProjectRole.Editor);
        if (pass.Refusal is { } refusal)
        {
            return refusal.ToResult();
        }

        if (request.Findings is not { Length: > 0 and <= MaximumFindings } ids)
        {
            return Refusal.Field("findings", $"must be a list of 1 to {MaximumFindings} ids of findings").ToResult();
        }

        if (await pass.Grain.GetDocument() is not { } design)
        {
            return new Refusal(ErrorCodes.NotFound, "The design was deleted meanwhile.").ToResult();
        }

        var batchId = identifiers.NewBatchId();
        var wanted = ids.ToHashSet(StringComparer.Ordinal);
        var enabled = await catalogs.OfAsync(design.ProjectId);
        var findings = Fixable(design, wanted, enabled);
        if (findings.IsEmpty)
        {
            return await FindEarlierAsync(grains.GetGrain<IDesignHistoryGrain>(designId), batchId, wanted, enabled) is { } earlier
                ? Answer(earlier)
                : new Refusal(ErrorCodes.NothingToFix, "None of these findings is there (any more) and offers a fix.").ToResult();
        }

        var batch = new Batch(batchId, design.Revision, OperationsOf(findings));
        return await OperationEndpoints.SubmitAsync(context, pass, batch) switch
        {
            SubmitResult.Refused refused => refused.Error.ToResult(),
            SubmitResult.Committed committed => Answer(ReportOf(committed.Revision, findings, wanted, committed.Operations ?? batch.Operations)),
            var unknown => throw new InvalidOperationException($"Unknown result {unknown.GetType().Name}."),
        };
    }

    /// <summary>What the same request fixed before, when this is its repeat: the findings are gone by its own work.</summary>
    private static async Task<FixReport?> FindEarlierAsync(IDesignHistoryGrain history, Guid batchId, HashSet<string> wanted, IComponentCatalog components)
    {
        if (await history.FindBatch(batchId) is not { } revision || await history.GetDocument(revision - 1) is not { } before)
        {
            return null;
        }

        var findings = Fixable(before, wanted, components);
        return ReportOf(revision, findings, wanted, OperationsOf(findings));
    }

    private static ImmutableArray<Finding> Fixable(DesignDocument design, HashSet<string> wanted, IComponentCatalog components) =>
        [.. DesignValidation.Validate(design, components).Where(finding => finding.Fix is not null && wanted.Contains(finding.Id))];

    private static ImmutableArray<Operation> OperationsOf(ImmutableArray<Finding> findings) => [.. findings.SelectMany(finding => finding.Fix!.Operations)];

    private static FixReport ReportOf(long revision, ImmutableArray<Finding> findings, HashSet<string> wanted, ImmutableArray<Operation> operations) => new(
        revision,
        [.. findings.Select(finding => finding.Id)],
        [.. wanted.Except(findings.Select(finding => finding.Id), StringComparer.Ordinal)],
        operations);

    private static JsonHttpResult<FixReport> Answer(FixReport report) => TypedResults.Json(report, ValidationBodiesJsonContext.Default.FixReport);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ValidationReport))]
[JsonSerializable(typeof(FixReport))]
internal sealed partial class ValidationBodiesJsonContext : JsonSerializerContext;
