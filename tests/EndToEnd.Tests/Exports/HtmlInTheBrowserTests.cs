using System.Text.Json;
using Actors.TestKit.Server;

namespace Actors.EndToEnd.Tests.Exports;

/// <summary>Exported pages in a real browser: every element stands where its node stands. Pictures are left in artifacts/exports.</summary>
public sealed class HtmlInTheBrowserTests(InterchangeFixture fixture) : IClassFixture<InterchangeFixture>
{
    /// <summary>Pixels by which an element may miss its node: borders and centred parts are rounded to whole pixels.</summary>
    private const double Tolerance = 1.5;

    [BrowserTheory]
    [InlineData("dashboard")]
    [InlineData("landing")]
    [InlineData("account")]
    [InlineData("sketch")]
    [InlineData("others")]
    public Task A_wireframe_stands_in_the_page_as_it_was_drawn(string name) =>
        CompareAsync(name, ExportArtifacts.Wireframe(name));

    [BrowserAndDataTheory]
    [InlineData("lo-fi-wireframing-kit.excalidrawlib")]
    [InlineData("universal-ui-kit.excalidrawlib")]
    public Task A_real_kit_stands_in_the_page_as_it_was_drawn(string file) =>
        CompareAsync(Path.GetFileNameWithoutExtension(file), SharedDataTheoryAttribute.Read(file));

    private async Task CompareAsync(string name, string wireframe)
    {
        var created = (await fixture.Account.PostTextAsync($"projects/{fixture.ProjectId}/designs/import", wireframe)).Expect();
        var id = created.GetProperty("design").GetProperty("id").GetString()!;
        var design = await fixture.Account.GetDesignAsync(id);
        var folder = ExportArtifacts.Folder();
        var page = Path.Combine(folder, name + ".html");
        await File.WriteAllTextAsync(page, (await fixture.Account.GetAsync($"designs/{id}/export?format=html")).Text);

        var measured = (await Chromium.MeasureAsync(page)).ToDictionary(box => box.Id, StringComparer.Ordinal);

        var nodes = design.GetProperty("nodes").EnumerateArray().Where(node => node.GetProperty("type").GetString() is not ("shape.line" or "shape.path")).ToList();
        var (left, top) = Origin(design);
        var compared = 0;
        foreach (var node in nodes.Where(node => !node.GetProperty("props").TryGetProperty("angle", out var angle) || angle.GetDouble() == 0))
        {
            var box = measured[node.GetProperty("id").GetString()!];
            Assert.True(
                Near(box.X, node.GetProperty("x").GetDouble() - left) && Near(box.Y, node.GetProperty("y").GetDouble() - top)
                && (!node.TryGetProperty("width", out var width) || Near(box.Width, Math.Max(width.GetDouble(), 1)))
                && (!node.TryGetProperty("height", out var height) || Near(box.Height, Math.Max(height.GetDouble(), 1))),
                $"{node.GetRawText()[..Math.Min(300, node.GetRawText().Length)]} stands at {box} in a page that begins at {left}, {top}.");
            compared++;
        }

        Assert.True(compared > 5, "Too few nodes were compared to mean something.");
        var main = measured.Values.Aggregate((Right: 0.0, Bottom: 0.0), (far, box) => (Math.Max(far.Right, box.X + box.Width), Math.Max(far.Bottom, box.Y + box.Height)));
        await Chromium.ScreenshotAsync(page, Path.Combine(folder, name + ".html.png"), (int)main.Right + 40, (int)main.Bottom + 40);
    }

    /// <summary>The corner of the page: that of a single frame, or what the drawing of several begins with.</summary>
    private static (double Left, double Top) Origin(JsonElement design)
    {
        var roots = design.GetProperty("nodes").EnumerateArray().Where(node => !node.TryGetProperty("parent", out _)).ToList();
        var (x, y) = (roots.Min(node => node.GetProperty("x").GetDouble()), roots.Min(node => node.GetProperty("y").GetDouble()));
        return roots.Count == 1 ? (x, y) : (x - 40, y - 40);
    }

    private static bool Near(double one, double other) => Math.Abs(one - other) <= Tolerance;
}
