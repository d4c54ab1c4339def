using System.Globalization;
using System.Text.Json.Nodes;

namespace Actors.Bench.Load;

/// <summary>
/// The document and the edit that every server in our comparisons gets: rectangles in a grid, and an edit that sets
/// <c>x</c> and <c>y</c> of one of them. <c>x</c> carries the time of sending and the writer, so that every value is
/// unique and whoever receives it knows how old it is.
/// </summary>
internal static class EditModel
{
    /// <summary>Operations in one seeding batch.</summary>
    private const int SeedBatch = 200;

    private const double Base = 1e12;
    private const int Writers = 1_000;

    public static double Encode(long microseconds, int writer) => Base + (microseconds * Writers) + writer;

    /// <summary>Whether a value comes from <see cref="Encode"/>; seeded positions are far below.</summary>
    public static bool IsEdit(double x) => x >= Base;

    public static (long Microseconds, int Writer) Decode(double x)
    {
        var value = (long)(x - Base);
        return (value / Writers, (int)(value % Writers));
    }

    public static string NodeId(int index) => "n" + index.ToString(CultureInfo.InvariantCulture);

    /// <summary>The operations that make the document, in batches.</summary>
    public static IEnumerable<JsonArray> Seed(int nodes) =>
        Enumerable.Range(0, nodes).Chunk(SeedBatch).Select(chunk => new JsonArray([.. chunk.Select(SeedNode)]));

    private static JsonObject SeedNode(int index) => new()
    {
        ["op"] = "node.add",
        ["node"] = new JsonObject
        {
            ["id"] = NodeId(index),
            ["type"] = "shape.rectangle",
            ["x"] = index % 20 * 160,
            ["y"] = index / 20 * 120,
            ["width"] = 120,
            ["height"] = 60,
            ["label"] = $"Node {index}",
            ["props"] = new JsonObject(),
        },
    };
}
