using Actors.Bench.Load;
using Actors.TestKit.Server;

namespace Actors.Bench.Scenarios;

/// <summary>Work that scenarios prepare and do not measure.</summary>
internal static class Editing
{
    /// <summary>Edits under way at once.</summary>
    private const int Pipeline = 64;

    /// <summary>Commits edits of the usual kind as fast as the server takes them.</summary>
    public static async Task CommitAsync(ApiClient account, string designId, int edits, int nodes)
    {
        await using var connection = await account.ConnectAsync();
        for (var done = 0; done < edits; done += Pipeline)
        {
            var first = done;
            var results = await Task.WhenAll(Enumerable.Range(0, Math.Min(Pipeline, edits - done)).Select(i => connection.InvokeAsync("Submit", designId, new
            {
                batchId = Guid.NewGuid(),
                baseRevision = 0,
                operations = new[] { new { op = "node.set", id = EditModel.NodeId((first + i) % nodes), patch = new { x = first + i, y = i } } },
            })));
            if (results.FirstOrDefault(result => result.GetProperty("status").GetString() != "committed") is { ValueKind: not System.Text.Json.JsonValueKind.Undefined } refused)
            {
                throw new InvalidOperationException($"An edit was refused: {refused}");
            }
        }
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
