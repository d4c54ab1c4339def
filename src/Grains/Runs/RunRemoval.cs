using System.Text.Json;
using Actors.Domain;
using Actors.Storage;

namespace Actors.Grains.Runs;

/// <summary>
/// Deletes runs that have ended: from lists at once, and what they leave behind in the background. It needs no run in
/// memory, so one that cannot come back any more is deleted as well.
/// </summary>
internal sealed class RunRemoval(IJournal journal, IStreamRemoval streams, ICatalog catalog, IBlobStore blobs)
{
    /// <summary>Entries that are deleted at a time.</summary>
    private const int Portion = 1_000;

    private const int BlobsAtOnce = 100;

    private const string Streams = RunGrain.StreamKind + "/";

    private static readonly Refusal NotEnded = new(ErrorCodes.RunState, "The run has not ended; cancel it first.");
    private static readonly Refusal Awaited = new(ErrorCodes.RunState, "Another run waits for this one, and has not ended.");
    private static readonly Refusal Moved = new(ErrorCodes.RunState, "The run went on meanwhile.", Retryable: true);

    public static bool IsUnderWay(string status) => status is "running" or "paused" or "waiting";

    /// <summary>The refusal of a run that is under way, or that another one needs.</summary>
    public async Task<Refusal?> RemoveAsync(string runId, CancellationToken cancellationToken)
    {
        // The head comes first: what the catalog says then is at least as new.
        var stream = Streams + runId;
        var head = await journal.GetHeadAsync(stream, cancellationToken);
        if (head == 0 || await catalog.FindAsync(RunGrain.CatalogKind, runId, cancellationToken) is not { } entry)
        {
            return new Refusal(ErrorCodes.NotFound, "There is no such run.");
        }

        if (IsUnderWay(entry.Status))
        {
            return NotEnded;
        }

        var start = await ReadStartAsync(stream, cancellationToken);
        if (start?.AnswerTo is { } parent
            && await catalog.FindAsync(RunGrain.CatalogKind, parent.RunId, cancellationToken) is { } waiting && IsUnderWay(waiting.Status))
        {
            return Awaited;
        }

        var children = await catalog.LinksFromAsync(RunGrain.ChildLink, runId, cancellationToken);
        List<CatalogWrite> gone = [new CatalogWrite.RemoveEntry(RunGrain.CatalogKind, runId), .. children.Select(child => new CatalogWrite.RemoveLink(RunGrain.ChildLink, runId, child.To))];
        if (start is not null)
        {
            gone.Add(new CatalogWrite.RemoveLink(RunGrain.DesignLink, start.DesignId, runId));
            gone.Add(new CatalogWrite.RemoveLink(RunBlobs.DesignLink, start.DesignBlob, runId));
            if (start.AnswerTo is { } other)
            {
                gone.Add(new CatalogWrite.RemoveLink(RunGrain.ChildLink, other.RunId, runId));
            }
        }

        return await streams.RemoveAsync(stream, head, gone, cancellationToken) ? null : Moved;
    }

    /// <summary>Deletes what removed runs have left: their design if no other run has it, their large tokens, their journal.</summary>
    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        while (await streams.ListAsync(BlobsAtOnce, cancellationToken) is { Count: > 0 } removed)
        {
            var runs = removed.Where(stream => stream.Stream.StartsWith(Streams, StringComparison.Ordinal)).ToArray();
            foreach (var run in runs)
            {
                await CleanAsync(run, cancellationToken);
            }

            if (runs.Length == 0)
            {
                return;
            }
        }
    }

    private async Task CleanAsync(RemovedStream removed, CancellationToken cancellationToken)
    {
        if (await ReadStartAsync(removed.Name, cancellationToken) is { } start)
        {
            await blobs.DeleteUnlinkedAsync(start.DesignBlob, RunBlobs.DesignLink, cancellationToken);
        }

        // A run that was started again under the same id has its blobs there.
        if (await journal.GetHeadAsync(removed.Stream, cancellationToken) == 0)
        {
            var prefix = RunBlobs.PrefixOf(removed.Stream[Streams.Length..]);
            while (await blobs.ListAsync(prefix, null, BlobsAtOnce, cancellationToken) is { Count: > 0 } names)
            {
                foreach (var name in names)
                {
                    await blobs.DeleteAsync(name, cancellationToken);
                }
            }
        }

        // The oldest entries go first, and with the first one what names the design: that is done with by now.
        while (!await streams.PurgeAsync(removed, Portion, cancellationToken))
        {
            await Task.Yield();
        }
    }

    /// <summary>Null when the first entry is purged already.</summary>
    private async Task<RunStart?> ReadStartAsync(string stream, CancellationToken cancellationToken)
    {
        await foreach (var entry in journal.ReadAsync(stream, 0, 1, cancellationToken))
        {
            return entry.Revision == 1 ? JsonSerializer.Deserialize(entry.Payload.Span, RunStartJsonContext.Default.RunStart) : null;
        }

        return null;
    }
}
