using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Actors.EndToEnd.Tests.Exports;

/// <summary>A headless browser, started once for each page.</summary>
internal static partial class Chromium
{
    // A page of React is there some time after it was loaded. The clock of the page is a virtual one: waiting costs nothing.
    private const string Measure = """
        <script>
        addEventListener('load', function measure() {
          const main = document.querySelector('main');
          if (!main) return setTimeout(measure, 10);
          const origin = main.getBoundingClientRect();
          const boxes = [main, ...main.querySelectorAll('*')].map(e => {
            const b = e.getBoundingClientRect();
            return { id: e.dataset.node ?? null, tag: e.tagName.toLowerCase(), x: b.x - origin.x, y: b.y - origin.y, width: b.width, height: b.height };
          });
          const result = { width: origin.width, height: origin.height, boxes };
          const text = document.createElement('pre');
          text.id = 'measured';
          text.textContent = btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(result))));
          document.body.replaceChildren(text);
        });
        </script>
        """;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    public static string? Path { get; } = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);

    /// <summary>Saves what a page looks like.</summary>
    public static async Task ScreenshotAsync(string page, string picture, int width, int height)
    {
        await RunAsync($"--window-size={width},{height}", "--hide-scrollbars", "--allow-file-access-from-files", "--virtual-time-budget=5000", $"--screenshot={picture}", new Uri(page).AbsoluteUri);
        Assert.True(File.Exists(picture), $"The browser made no picture of {page}.");
    }

    /// <summary>Where the elements are, relative to the page's main element.</summary>
    public static async Task<MeasuredPage> MeasureAsync(string page)
    {
        var copy = System.IO.Path.ChangeExtension(page, ".measured.html");
        await File.WriteAllTextAsync(copy, (await File.ReadAllTextAsync(page)).Replace("</body>", Measure + "</body>", StringComparison.Ordinal));
        var dom = await RunAsync("--window-size=6000,4000", "--allow-file-access-from-files", "--virtual-time-budget=5000", "--dump-dom", new Uri(copy).AbsoluteUri);
        File.Delete(copy);
        var measured = Measured().Match(dom);
        Assert.True(measured.Success, "The page was not measured: " + dom[..Math.Min(dom.Length, 500)]);
        return JsonSerializer.Deserialize<MeasuredPage>(Convert.FromBase64String(measured.Groups["boxes"].Value), JsonSerializerOptions.Web)!;
    }

    private static async Task<string> RunAsync(params string[] arguments)
    {
        var profile = Directory.CreateTempSubdirectory("chromium-");
        try
        {
            string[] common = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--user-data-dir=" + profile.FullName];
            using var process = Process.Start(new ProcessStartInfo(Path!, [.. common, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var text = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            using var deadline = new CancellationTokenSource(Timeout);
            try
            {
                await process.WaitForExitAsync(deadline.Token);
            }
            finally
            {
                if (!process.HasExited)
                {
                    process.Kill(entireProcessTree: true);
                }
            }

            Assert.True(process.ExitCode == 0, await errors);
            return await text;
        }
        finally
        {
            profile.Delete(recursive: true);
        }
    }

    [GeneratedRegex("""<pre id="measured">(?<boxes>[^<]*)</pre>""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Measured();
}

/// <summary>The size of a page's main element, and where it and all elements in it are, in their order; in pixels.</summary>
internal sealed record MeasuredPage(double Width, double Height, IReadOnlyList<MeasuredBox> Boxes);

/// <summary>The place of an element in pixels of the page.</summary>
/// <param name="Id">The node whose element it is; null for parts of one.</param>
internal sealed record MeasuredBox(string? Id, string Tag, double X, double Y, double Width, double Height);

/// <summary>A test that needs a browser and is skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Chromium.Path is null ? "Chromium is not installed." : null;
}

/// <summary>A theory that needs a browser and is skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = Chromium.Path is null ? "Chromium is not installed." : null;
}

/// <summary>A theory that needs a browser and files that other people made.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserAndDataTheoryAttribute : TheoryAttribute
{
    public BrowserAndDataTheoryAttribute() => Skip = Chromium.Path is null ? "Chromium is not installed." : new SharedDataTheoryAttribute().Skip;
}
