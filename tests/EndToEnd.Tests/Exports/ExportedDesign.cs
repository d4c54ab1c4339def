using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Actors.TestKit.Server;

namespace Actors.EndToEnd.Tests.Exports;

/// <summary>A design on the server, and how its exported page is held against it.</summary>
internal sealed class ExportedDesign
{
    /// <summary>Pixels by which an element may miss its node: borders and centred parts are rounded to whole pixels.</summary>
    private const double Tolerance = 1.5;

    /// <summary>
    /// The share of a page's cells that may look other than in the drawing. Both are shown by the same browser; what differs are
    /// the line breaks and middles of texts, which the drawing computes and the page leaves to the browser.
    /// </summary>
    private const double DrawingDifference = 0.08;

    /// <summary>The PNG has letters of our own, narrower than those that most machines have: large words end elsewhere.</summary>
    private const double PngDifference = 0.25;

    private const string Template = "Template ";

    /// <summary>A wireframe with a component that the project made.</summary>
    private const string Custom = "custom";

    private readonly ApiClient _account;
    private readonly string _id;
    private readonly JsonElement _design;

    private ExportedDesign(ApiClient account, string name, JsonElement design)
    {
        _account = account;
        _design = design;
        _id = design.GetProperty("id").GetString()!;
        Name = name;
    }

    /// <summary>The name of its files in the artifacts.</summary>
    public string Name { get; }

    /// <summary>What is imported or made of a template, as it can be read afterwards.</summary>
    public static async Task<ExportedDesign> CreateAsync(InterchangeFixture fixture, string name)
    {
        var created = name switch
        {
            _ when name.StartsWith(Template, StringComparison.Ordinal) =>
                (await fixture.Account.PostAsync($"projects/{fixture.ProjectId}/designs/from-template", new { templateId = await TemplateIdAsync(name[Template.Length..]) })).Expect(),
            _ when name.EndsWith(".excalidrawlib", StringComparison.Ordinal) => await ImportAsync(SharedDataTheoryAttribute.Read(name)),
            Custom => await ImportWithComponentAsync(),
            _ => await ImportAsync(ExportArtifacts.Wireframe(name)),
        };
        var design = await fixture.Account.GetDesignAsync(created.GetProperty("id").GetString()!);
        return new ExportedDesign(fixture.Account, Path.GetFileNameWithoutExtension(name), design);

        async Task<JsonElement> ImportAsync(string text) =>
            (await fixture.Account.PostTextAsync($"projects/{fixture.ProjectId}/designs/import", text)).Expect().GetProperty("design");

        async Task<JsonElement> ImportWithComponentAsync()
        {
            var made = await fixture.Account.PostTextAsync($"projects/{fixture.ProjectId}/ui-components", ExportArtifacts.Wireframe("custom-component"));
            Assert.True(made.IsSuccess || made.Problem().Code == "component_exists", made.Text);
            return await ImportAsync(ExportArtifacts.Wireframe(Custom));
        }

        async Task<string> TemplateIdAsync(string called) =>
            (await fixture.Account.GetAsync("templates")).Expect().GetProperty("items").EnumerateArray()
            .Single(template => template.GetProperty("name").GetString() == called).GetProperty("id").GetString()!;
    }

    public async Task<string> GetTextAsync(string format)
    {
        var reply = await _account.GetAsync($"designs/{_id}/export?format={format}");
        Assert.True(reply.IsSuccess, reply.Text);
        return reply.Text;
    }

    public Task<byte[]> GetFileAsync(string format) => _account.GetBytesAsync($"designs/{_id}/export?format={format}");

    /// <summary>The page: every element stands where its node stands, and it looks like the drawing.</summary>
    public async Task ComparePageAsync() => await CompareAsync("html", Stands(await MeasurePageAsync()), Page);

    /// <summary>The built project: it makes the elements that the page has, each in its place, and looks like the drawing.</summary>
    /// <param name="index">The file that the browser opens.</param>
    public async Task CompareProjectAsync(string index)
    {
        var (page, project) = (await MeasurePageAsync(), await Chromium.MeasureAsync(index));
        Assert.Equal(page.Boxes.Select(box => box.Tag), project.Boxes.Select(box => box.Tag));
        foreach (var (wanted, box) in page.Boxes.Zip(project.Boxes))
        {
            var isThere = Near(wanted.X, box.X) && Near(wanted.Y, box.Y) && Near(wanted.Width, box.Width) && Near(wanted.Height, box.Height);
            Assert.True(isThere, $"{box} of {index} should stand as {wanted}.");
        }

        await CompareAsync("react", project, index);
    }

    /// <summary>The drawing as the browser shows it, and the corner of what it shows of the design.</summary>
    public async Task<(Picture Picture, (double X, double Y) Corner)> DrawingAsync()
    {
        var (drawing, picture) = (Path.Combine(ExportArtifacts.Folder(), Name + ".svg"), Path.Combine(ExportArtifacts.Folder(), Name + ".svg.png"));
        var text = await GetTextAsync("svg");
        await File.WriteAllTextAsync(drawing, text);
        var view = XDocument.Parse(text).Root!.Attribute("viewBox")!.Value.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        await Chromium.ScreenshotAsync(drawing, picture, (int)Math.Ceiling(view[2]), (int)Math.Ceiling(view[3]));
        return (Picture.Read(await File.ReadAllBytesAsync(picture)), (view[0], view[1]));
    }

    private string Page => Path.Combine(ExportArtifacts.Folder(), Name + ".html");

    private static void LooksLike(double difference, double tolerance, string what) =>
        Assert.True(difference <= tolerance, string.Create(CultureInfo.InvariantCulture, $"{difference:P1} of {what} look different; at most {tolerance:P0} may."));

    private static bool Near(double one, double other) => Math.Abs(one - other) <= Tolerance;

    private async Task CompareAsync(string form, MeasuredPage measured, string page)
    {
        var picture = Path.Combine(ExportArtifacts.Folder(), $"{Name}.{form}.png");
        await Chromium.ScreenshotAsync(page, picture, (int)Math.Ceiling(measured.Width), (int)Math.Ceiling(measured.Height));
        var shown = Picture.Read(await File.ReadAllBytesAsync(picture));
        var (drawn, corner) = await DrawingAsync();
        var (left, top) = Origin();
        var (x, y) = ((int)Math.Round(left - corner.X), (int)Math.Round(top - corner.Y));
        LooksLike(shown.Difference(drawn, x, y), DrawingDifference, $"{picture} and the SVG");

        var png = await GetFileAsync("png");
        await File.WriteAllBytesAsync(Path.Combine(ExportArtifacts.Folder(), Name + ".png"), png);
        LooksLike(shown.Difference(Picture.Read(png), x, y), PngDifference, $"{picture} and the PNG");
    }

    private async Task<MeasuredPage> MeasurePageAsync()
    {
        await File.WriteAllTextAsync(Page, await GetTextAsync("html"));
        return await Chromium.MeasureAsync(Page);
    }

    private MeasuredPage Stands(MeasuredPage page)
    {
        var measured = page.Boxes.Where(box => box.Id is not null).ToDictionary(box => box.Id!, StringComparer.Ordinal);
        var (left, top) = Origin();
        var compared = 0;
        foreach (var node in _design.GetProperty("nodes").EnumerateArray().Where(IsComparable))
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
        return page;
    }

    /// <summary>Lines and paths have their points beside their corner, and what is turned has another box.</summary>
    private static bool IsComparable(JsonElement node) =>
        node.GetProperty("type").GetString() is not ("shape.line" or "shape.path")
        && (!node.GetProperty("props").TryGetProperty("angle", out var angle) || angle.GetDouble() == 0);

    /// <summary>The corner of the page: that of a single frame, or what the drawing of several begins with.</summary>
    private (double Left, double Top) Origin()
    {
        var roots = _design.GetProperty("nodes").EnumerateArray().Where(node => !node.TryGetProperty("parent", out _)).ToList();
        var (x, y) = (roots.Min(node => node.GetProperty("x").GetDouble()), roots.Min(node => node.GetProperty("y").GetDouble()));
        return roots.Count == 1 ? (x, y) : (x - 40, y - 40);
    }
}
