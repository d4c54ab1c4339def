using System.Text.Json;
using Actors.Domain;
using Actors.Domain.Execution;
using Actors.Grains.Interfaces.Runs;
using Actors.Storage;

namespace Actors.Grains.Runs;

/// <summary>Reads what runs that have ended recorded, from their journals: for replays whole, for dry runs what steps recorded.</summary>
internal sealed class RunRecordings(IJournal journal, ICatalog catalog, IBlobStore blobs, RunPlans plans, RunOptions options)
{
    /// <summary>Runs among which the latest completed one that can be recorded from is looked for.</summary>
    private const int Searched = 200;

    /// <summary>All that a run recorded, to be replayed.</summary>
    public async Task<(RecordedRun? Run, Refusal? Refusal)> ReadWholeAsync(string runId, CancellationToken cancellationToken)
    {
        var (run, refusal) = await ReadAsync(runId, withStepsOnly: false, cancellationToken);
        return run is { Recording.IsTruncated: true }
            ? (null, new Refusal(ErrorCodes.LimitReached, $"recordedBytes: a run that recorded more than {options.RecordedBytes} bytes is not replayed"))
            : (run, refusal);
    }

    /// <summary>What the steps of a run of this design recorded, to be the stubs of a dry run; of a long one the beginning.</summary>
    public async Task<(RecordedRun? Run, Refusal? Refusal)> ReadStepsAsync(string runId, string designId, CancellationToken cancellationToken)
    {
        if (await FindAsync(runId, cancellationToken) is { } header && header.DesignId != designId)
        {
            return (null, NotFound);
        }

        return await ReadAsync(runId, withStepsOnly: true, cancellationToken);
    }

    /// <summary>The latest run of the design that completed and did what it says: no dry run, none of a single node. Null when there is none.</summary>
    public async Task<string?> LatestAsync(string designId, CancellationToken cancellationToken)
    {
        var page = await catalog.ListLinkedAsync(
            new CatalogQuery { Kind = RunGrain.CatalogKind, Status = "completed", Descending = true, Limit = Searched },
            CatalogLinkFilter.From(RunGrain.DesignLink, designId),
            cancellationToken);
        return page.Items.Select(RunHeaders.Read)
            .FirstOrDefault(run => run is { DryRun: false, NodeId: null, Durability: RunDurability.Firing })?.Id;
    }

    private static readonly Refusal NotFound = new(ErrorCodes.NotFound, "There is no such run, or you may not see it.");

    private async Task<RunHeader?> FindAsync(string runId, CancellationToken cancellationToken) =>
        await catalog.FindAsync(RunGrain.CatalogKind, runId, cancellationToken) is { } entry ? RunHeaders.Read(entry) : null;

    private async Task<(RecordedRun? Run, Refusal? Refusal)> ReadAsync(string runId, bool withStepsOnly, CancellationToken cancellationToken)
    {
        if (await FindAsync(runId, cancellationToken) is not { } header)
        {
            return (null, NotFound);
        }

        if (header.EndedAt is null)
        {
            return (null, new Refusal(ErrorCodes.RunState, $"The run {runId} has not ended."));
        }

        if (header.Durability == RunDurability.None)
        {
            return (null, new Refusal(ErrorCodes.RunNotRecorded, $"The run {runId} kept its result only, and no firings."));
        }

        RunStart? start = null;
        RecordingReader? reader = null;
        await foreach (var entry in journal.ReadAsync(RunGrain.StreamOf(runId), 0, int.MaxValue, cancellationToken))
        {
            if (start is null)
            {
                start = JsonSerializer.Deserialize(entry.Payload.Span, RunStartJsonContext.Default.RunStart)!;
                var (design, issues) = await plans.LoadAsync(start);
                if (design is not null && RunPlans.FindChanged(design.Plan, start) is { } changed)
                {
                    return (null, new Refusal(changed.Code, changed.Detail));
                }

                if ((design is null ? issues[0] : RunPlans.FindReshaped(design.Plan, start)) is { } gone)
                {
                    return (null, RunPlans.RefuseOf([gone with { Code = ErrorCodes.RunComponentUnavailable }]));
                }

                reader = new RecordingReader(design!.Plan, options.RecordedBytes, withStepsOnly);
                continue;
            }

            var (records, published) = JournalPart.Read(entry.Payload);
            reader!.Read(records, published);
            if (reader.IsFull)
            {
                break;
            }
        }

        if (start is null)
        {
            return (null, NotFound);
        }

        var recording = reader!.Finish();
        foreach (var token in recording.Unloaded().Distinct<Token>(ReferenceEqualityComparer.Instance).ToArray())
        {
            await blobs.LoadTokenAsync(runId, token, cancellationToken);

            // Whoever goes by the recording keeps it as its own.
            token.Disown();
        }

        return (new RecordedRun(start, recording), null);
    }
}

/// <summary>A run that has ended, with what it recorded.</summary>
internal sealed record RecordedRun(RunStart Start, Recording Recording);
