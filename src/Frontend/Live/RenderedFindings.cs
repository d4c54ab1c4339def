using System.Runtime.CompilerServices;
using System.Text.Json;
using Actors.Grains.Interfaces.Validation;

namespace Actors.Frontend.Live;

/// <summary>A design's findings, each as the JSON that goes out: written once for every client who is shown it.</summary>
/// <param name="Json">By the findings' ids, in their order.</param>
/// <param name="Ended">Why the stream ends; null while it does not.</param>
internal sealed record RenderedFindings(long Revision, IReadOnlyList<KeyValuePair<string, string>> Json, string? Ended)
{
    public static async IAsyncEnumerable<RenderedFindings> RenderAsync(
        IAsyncEnumerable<DesignFindings> findings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in findings.WithCancellation(cancellationToken))
        {
            yield return new RenderedFindings(
                item.Revision,
                [.. item.Findings.Select(finding => KeyValuePair.Create(finding.Id, JsonSerializer.Serialize(finding, ValidationJsonContext.Default.Finding)))],
                item.Ended);
        }
    }
}
