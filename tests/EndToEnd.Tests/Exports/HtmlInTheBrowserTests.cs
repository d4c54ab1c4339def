namespace Actors.EndToEnd.Tests.Exports;

/// <summary>Exported pages in a real browser: every element stands where its node stands, and the page looks like the drawing. Pictures are left in artifacts/exports.</summary>
public sealed class HtmlInTheBrowserTests(InterchangeFixture fixture) : IClassFixture<InterchangeFixture>
{
    [BrowserTheory]
    [InlineData("Template Landing page")]
    [InlineData("Template Dashboard")]
    [InlineData("Template Login")]
    [InlineData("Template Settings")]
    [InlineData("dashboard")]
    [InlineData("landing")]
    [InlineData("account")]
    [InlineData("sketch")]
    [InlineData("others")]
    [InlineData("custom")]
    public async Task A_wireframe_stands_in_the_page_as_it_was_drawn(string name) =>
        await (await ExportedDesign.CreateAsync(fixture, name)).ComparePageAsync();

    [BrowserAndDataTheory]
    [InlineData("lo-fi-wireframing-kit.excalidrawlib")]
    [InlineData("universal-ui-kit.excalidrawlib")]
    public async Task A_real_kit_stands_in_the_page_as_it_was_drawn(string file) =>
        await (await ExportedDesign.CreateAsync(fixture, file)).ComparePageAsync();

    [BrowserFact]
    public async Task Another_wireframe_or_one_that_has_moved_does_not_look_like_the_drawing()
    {
        var (settings, _) = await (await ExportedDesign.CreateAsync(fixture, "Template Settings")).DrawingAsync();
        var (dashboard, _) = await (await ExportedDesign.CreateAsync(fixture, "Template Dashboard")).DrawingAsync();

        Assert.True(settings.Difference(dashboard, 0, 0) > 0.25, "The measure does not tell one page from another.");
        Assert.True(settings.Difference(settings, 0, 4) > 0.12, "The measure does not see that a page has moved by four pixels.");
    }
}
