using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Actors.TestKit.Server;

namespace Actors.EndToEnd.Tests.Exports;

/// <summary>A headless browser, started once for each page.</summary>
internal static partial class Chromium
{
    private const string Measure = """
        <script>
        addEventListener('load', () => {
          const origin = document.querySelector('main').getBoundingClientRect();
          const boxes = [...document.querySelectorAll('[data-node]')].map(e => {
            const b = e.getBoundingClientRect();
            return { id: e.dataset.node, x: b.x - origin.x, y: b.y - origin.y, width: b.width, height: b.height };
          });
          document.body.replaceChildren();
          const text = document.createElement('pre');
          text.id = 'measured';
          text.textContent = btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(boxes))));
          document.body.append(text);
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

    /// <summary>Where the elements of the nodes are, relative to the page's main element.</summary>
    public static async Task<IReadOnlyList<MeasuredBox>> MeasureAsync(string page)
    {
        var copy = System.IO.Path.ChangeExtension(page, ".measured.html");
        await File.WriteAllTextAsync(copy, (await File.ReadAllTextAsync(page)).Replace("</body>", Measure + "</body>", StringComparison.Ordinal));
        var dom = await RunAsync("--window-size=6000,4000", "--dump-dom", new Uri(copy).AbsoluteUri);
        File.Delete(copy);
        var measured = Measured().Match(dom);
        Assert.True(measured.Success, "The page was not measured: " + dom[..Math.Min(dom.Length, 500)]);
        return JsonSerializer.Deserialize<List<MeasuredBox>>(Convert.FromBase64String(measured.Groups["boxes"].Value), JsonSerializerOptions.Web)!;
    }

    /// <summary>The elements of a page after its scripts have run; a page may load its own files.</summary>
    public static Task<string> DomAsync(string page) => RunAsync("--allow-file-access-from-files", "--virtual-time-budget=5000", "--dump-dom", new Uri(page).AbsoluteUri);

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

/// <summary>The place of a node's element in pixels of the page.</summary>
internal sealed record MeasuredBox(string Id, double X, double Y, double Width, double Height);

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
