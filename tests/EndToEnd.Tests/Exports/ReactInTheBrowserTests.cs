using System.Diagnostics;
using System.IO.Compression;
using Actors.TestKit.Server;
using Xunit.Abstractions;

namespace Actors.EndToEnd.Tests.Exports;

/// <summary>The exported project is installed from its own lock file, type-checked, built by Vite and opened.</summary>
public sealed class ReactInTheBrowserTests(InterchangeFixture fixture, ITestOutputHelper output) : IClassFixture<InterchangeFixture>
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(3);

    [NodeFact]
    public async Task An_exported_project_builds_and_shows_the_wireframe()
    {
        var folder = Directory.CreateDirectory(Path.Combine(ExportArtifacts.Folder(), "react")).FullName;
        await ExtractAsync("account", folder);
        await NpmAsync(folder, "ci", "--no-audit", "--no-fund");
        foreach (var (name, text) in new[] { ("account", "This cannot be taken back."), ("dashboard", "Edsger Dijkstra") })
        {
            await ExtractAsync(name, folder);
            await NpmAsync(folder, "run", "build");
            if (Chromium.Path is not null)
            {
                var page = Path.Combine(folder, "dist", "index.html");
                Assert.Contains(text, await Chromium.DomAsync(page), StringComparison.Ordinal);
                await Chromium.ScreenshotAsync(page, Path.Combine(ExportArtifacts.Folder(), name + ".react.png"), 1280, 900);
            }
        }
    }

    /// <summary>Unpacks the project over what a former one left; its packages are the same.</summary>
    private async Task ExtractAsync(string wireframe, string folder)
    {
        var created = (await fixture.Account.PostTextAsync($"projects/{fixture.ProjectId}/designs/import", ExportArtifacts.Wireframe(wireframe))).Expect();
        var archive = await fixture.Account.GetBytesAsync($"designs/{created.GetProperty("design").GetProperty("id").GetString()}/export?format=react");
        foreach (var old in new[] { "src", "dist", "public" }.Select(name => Path.Combine(folder, name)).Where(Directory.Exists))
        {
            Directory.Delete(old, recursive: true);
        }

        using var zip = new ZipArchive(new MemoryStream(archive));
        zip.ExtractToDirectory(folder, overwriteFiles: true);
    }

    private async Task NpmAsync(string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("npm", arguments) { UseShellExecute = false, WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var text = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
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

            output.WriteLine($"npm {string.Join(' ', arguments)}\n{string.Concat(await text)}");
        }

        Assert.True(process.ExitCode == 0, $"npm {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{string.Concat(await text)}");
    }
}
