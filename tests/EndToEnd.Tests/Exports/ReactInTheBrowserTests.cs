using System.Diagnostics;
using System.IO.Compression;
using Xunit.Abstractions;

namespace Actors.EndToEnd.Tests.Exports;

/// <summary>
/// Exported projects, installed from their own lock file, type-checked, built by Vite and opened: every element stands where its
/// node stands, and the page looks like the drawing.
/// </summary>
public sealed class ReactInTheBrowserTests(InterchangeFixture fixture, ITestOutputHelper output) : IClassFixture<InterchangeFixture>
{
    private const string TypeScript = """{ "extends": "../tsconfig.json", "include": ["*/src"] }""";

    // Vite starts slowly, so all projects are built as the pages of one.
    private const string Vite = """
        import { readdirSync } from 'node:fs';
        import react from '@vitejs/plugin-react';
        import { defineConfig } from 'vite';

        const pages = readdirSync('pages').filter((name) => !name.includes('.') && name !== 'public').map((name) => `pages/${name}/index.html`);

        export default defineConfig({
          base: './',
          plugins: [react()],
          build: { rollupOptions: { input: pages } },
        });

        """;

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(3);

    private static readonly string[] Wireframes =
        ["Template Landing page", "Template Dashboard", "Template Login", "Template Settings", "dashboard", "custom"];

    private static readonly string[] Kits = ["lo-fi-wireframing-kit.excalidrawlib", "universal-ui-kit.excalidrawlib"];

    [NodeFact]
    public async Task Exported_projects_build_and_show_the_wireframes()
    {
        var folder = Path.Combine(ExportArtifacts.Folder(), "react");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);

        var alone = await ExportedDesign.CreateAsync(fixture, "account");
        await ExtractAsync(alone, folder);
        await NpmAsync(folder, "ci", "--no-audit", "--no-fund");
        await NpmAsync(folder, "run", "build");

        var pages = Path.Combine(folder, "pages");
        var designs = new List<ExportedDesign>();
        foreach (var name in Wireframes.Concat(new SharedDataTheoryAttribute().Skip is null ? Kits : []))
        {
            designs.Add(await ExportedDesign.CreateAsync(fixture, name));
            await ExtractPageAsync(designs[^1], pages);
        }

        await File.WriteAllTextAsync(Path.Combine(pages, "tsconfig.json"), TypeScript);
        await File.WriteAllTextAsync(Path.Combine(pages, "vite.config.ts"), Vite);
        await NpmAsync(folder, "exec", "--offline", "--", "tsc", "-p", "pages/tsconfig.json");
        await NpmAsync(folder, "exec", "--offline", "--", "vite", "build", "pages");

        if (Chromium.Path is not null)
        {
            await alone.CompareProjectAsync(Path.Combine(folder, "dist", "index.html"));
            foreach (var design in designs)
                await design.CompareProjectAsync(Path.Combine(pages, "dist", PageOf(design), "index.html"));
        }
    }

    private static string PageOf(ExportedDesign design) => design.Name.ToLowerInvariant().Replace(' ', '-');

    private static async Task ExtractAsync(ExportedDesign design, string folder)
    {
        using var zip = new ZipArchive(new MemoryStream(await design.GetFileAsync("react")));
        zip.ExtractToDirectory(folder);
    }

    /// <summary>A project as one page of several: its addresses begin with its name, and its pictures are found from there.</summary>
    private static async Task ExtractPageAsync(ExportedDesign design, string pages)
    {
        var folder = Path.Combine(pages, PageOf(design));
        await ExtractAsync(design, folder);
        var index = Path.Combine(folder, "index.html");
        await File.WriteAllTextAsync(index, (await File.ReadAllTextAsync(index)).Replace("/src/main.tsx", $"/{PageOf(design)}/src/main.tsx", StringComparison.Ordinal));
        if (Directory.Exists(Path.Combine(folder, "public")))
        {
            Directory.CreateDirectory(Path.Combine(pages, "public"));
            Directory.Move(Path.Combine(folder, "public"), Path.Combine(pages, "public", PageOf(design)));
        }
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
