using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Actors.Domain.Designs;
using Actors.Domain.Json;
using Actors.Storage;

namespace Actors.Grains.Designs;

/// <summary>A design's journal as everyone who reads it sees it.</summary>
internal static class DesignStreams
{
    public const string Kind = "design";

    public const string CatalogKind = "design";

    private const int Page = 500;

    public static string NameOf(string designId) => $"{Kind}/{designId}";

    public static DesignEvent Read(JournalEntry entry) =>
        JsonSerializer.Deserialize(entry.Payload.Span, DomainJson.Event)
            ?? throw new InvalidOperationException($"The journal of {entry.Stream} holds no event at {entry.Revision}.");

    /// <summary>
    /// The event as watchers see it; null when it is the design's end. A design's beginning is the change that sets
    /// its name and adds its first contents, so that changes from 0 on build the whole document.
    /// </summary>
    public static Change? ToChange(long revision, Guid batchId, DesignEvent @event) => @event switch
    {
        BatchCommitted committed => committed.ToChange(revision),
        DesignCreated created => new Change(revision, batchId, created.At, created.Author, Contents(created)),
        _ => null,
    };

    /// <summary>Changes in (<paramref name="after"/>, <paramref name="upTo"/>], in pages.</summary>
    public static async IAsyncEnumerable<ImmutableArray<Change>> ReadChangesAsync(
        IJournal journal,
        string designId,
        long after,
        long upTo,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (after < upTo)
        {
            var page = ImmutableArray.CreateBuilder<Change>();
            await foreach (var entry in journal.ReadAsync(NameOf(designId), after, (int)Math.Min(Page, upTo - after), cancellationToken))
            {
                after = entry.Revision;
                if (ToChange(entry.Revision, entry.BatchId, Read(entry)) is { } change)
                {
                    page.Add(change);
                }
            }

            if (page.Count == 0)
            {
                yield break;
            }

            yield return page.ToImmutable();
        }
    }

    private static ImmutableArray<Operation> Contents(DesignCreated created)
    {
        var operations = ImmutableArray.CreateBuilder<Operation>(created.Nodes.Length + created.Connections.Length + 1);
        operations.Add(new DesignSet(JsonSerializer.SerializeToElement(
            new DesignPatch(created.Name, created.Description, created.Settings),
            DesignPatchJsonContext.Default.DesignPatch)));
        operations.AddRange(created.Nodes.Select(node => new NodeAdd(node)));
        operations.AddRange(created.Connections.Select(connection => new ConnectionAdd(connection)));
        return operations.DrainToImmutable();
    }
}
