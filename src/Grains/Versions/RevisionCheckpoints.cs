using System.Collections.Immutable;
using System.Text.Json;
using Actors.Domain.Designs;
using Actors.Domain.Json;
using Actors.Storage;

namespace Actors.Grains.Versions;

/// <summary>
/// Documents of designs as they were, stored beside the journal so that a server that has just started need not replay
/// a long one from its beginning. A document is stored only where it is no larger than the changes since the one before,
/// so that they never take more room than the journal itself. Never needed for correctness.
/// </summary>
internal sealed class RevisionCheckpoints(IBlobStore blobs)
{
    private const string Json = "application/json";

    /// <summary>Changes that two stored documents are apart at least.</summary>
    private const int Distance = 500;

    /// <summary>The stored document nearest to the revision and not newer; null when there is none.</summary>
    public async Task<DesignDocument?> NearestAsync(string designId, long revision)
    {
        foreach (var candidate in (await IndexAsync(designId)).Where(stored => stored <= revision).OrderDescending())
        {
            if (await blobs.GetAsync(NameOf(designId, candidate), CancellationToken.None) is { } blob
                && JsonSerializer.Deserialize(blob.Content.Span, DomainJson.Document) is { } document)
            {
                return document;
            }
        }

        return null;
    }

    /// <summary>Stores the document if it is far enough from the one before and small enough for the changes between.</summary>
    /// <param name="changeBytes">What a change of the design takes in the journal, on average.</param>
    public async Task OfferAsync(DesignState state, double changeBytes)
    {
        var index = await IndexAsync(state.Id);
        var changes = state.Revision - index.Where(stored => stored <= state.Revision).DefaultIfEmpty().Max();
        if (changes < Distance)
        {
            return;
        }

        var content = JsonSerializer.SerializeToUtf8Bytes(state.ToDocument(), DomainJson.Document);
        if (content.Length <= changeBytes * changes)
        {
            await blobs.PutAsync(NameOf(state.Id, state.Revision), Json, content, CancellationToken.None);

            // Should two servers do this at once, one of the documents is not found again, which costs nothing but its room.
            await blobs.PutAsync(IndexOf(state.Id), Json, JsonSerializer.SerializeToUtf8Bytes(index.Add(state.Revision)), CancellationToken.None);
        }
    }

    private async Task<ImmutableArray<long>> IndexAsync(string designId) =>
        await blobs.GetAsync(IndexOf(designId), CancellationToken.None) is { } blob ? JsonSerializer.Deserialize<ImmutableArray<long>>(blob.Content.Span) : [];

    private static string NameOf(string designId, long revision) => $"design/{designId}/at/{revision}";

    private static string IndexOf(string designId) => $"design/{designId}/at";
}
