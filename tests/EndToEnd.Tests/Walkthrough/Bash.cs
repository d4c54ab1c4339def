using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Actors.EndToEnd.Tests.Walkthrough;

/// <summary>Runs what a document shows, in one shell, as a reader would who stops at the first error.</summary>
internal static partial class Bash
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(4);

    /// <summary>The blocks of a document in their order.</summary>
    public static IEnumerable<string> BlocksOf(string markdown) => Block().Matches(markdown).Select(match => match.Groups["text"].Value);

    /// <summary>Answers what was printed; an error fails with it.</summary>
    public static async Task<string> RunAsync(IEnumerable<string> blocks, string folder, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("bash") { UseShellExecute = false, WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        using var shell = Process.Start(start)!;
        var (output, errors) = (ReadAsync(shell.StandardOutput), ReadAsync(shell.StandardError));
        await shell.StandardInput.WriteAsync("set -eo pipefail\n" + string.Concat(blocks));
        shell.StandardInput.Close();
        using var deadline = new CancellationTokenSource(Within);
        try
        {
            await shell.WaitForExitAsync(deadline.Token);
        }
        finally
        {
            if (!shell.HasExited)
                shell.Kill(entireProcessTree: true);
        }

        Assert.True(shell.ExitCode == 0, $"The shell ended with {shell.ExitCode}:\n{await output}\n{await errors}");
        return await output;
    }

    private static async Task<string> ReadAsync(StreamReader stream)
    {
        var text = new StringBuilder();
        while (await stream.ReadLineAsync() is { } line)
            text.AppendLine(line);

        return text.ToString();
    }

    [GeneratedRegex("^```bash\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();
}

/// <summary>A test that needs bash and curl and is skipped, with the reason, where one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ShellFactAttribute : FactAttribute
{
    public ShellFactAttribute()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var missing = new[] { "bash", "curl" }.Where(tool => !folders.Any(folder => File.Exists(Path.Combine(folder, tool)))).ToList();
        if (missing.Count > 0)
            Skip = $"Not installed: {string.Join(", ", missing)}.";
    }
}
