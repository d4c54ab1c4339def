using System.Diagnostics;
using Actors.TestKit.Server;
using Xunit.Abstractions;

namespace Actors.EndToEnd.Tests;

/// <summary>The client library's own tests, run from here so that one command tests everything.</summary>
public sealed class TypeScriptClientTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    [NodeFact]
    public async Task The_clients_unit_and_live_tests_pass()
    {
        var folder = Repository.PathOf("clients", "typescript");
        if (IsStale(folder))
        {
            await NpmAsync(folder, "ci", "--no-audit", "--no-fund");
        }

        await NpmAsync(folder, "test");
    }

    /// <summary>npm writes its own copy of the lock file last, so that an interrupted installation counts as stale.</summary>
    private static bool IsStale(string folder)
    {
        var installed = new FileInfo(Path.Combine(folder, "node_modules", ".package-lock.json"));
        return !installed.Exists || installed.LastWriteTimeUtc < File.GetLastWriteTimeUtc(Path.Combine(folder, "package-lock.json"));
    }

    private async Task NpmAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("npm", arguments) { UseShellExecute = false, WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[SiloAssembly.Variable] = SiloAssembly.Locate("debug");
        start.Environment["CI"] = "1";
        using var process = Process.Start(start)!;
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

/// <summary>A test that needs Node.js and is skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, "node"))))
        {
            Skip = "Node.js is not installed.";
        }
    }
}
