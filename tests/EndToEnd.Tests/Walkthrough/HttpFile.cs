using System.Text.RegularExpressions;

namespace Actors.EndToEnd.Tests.Walkthrough;

/// <summary>A request of a <c>.http</c> file, its variables not yet put in.</summary>
/// <param name="Name">By which later requests refer to its answer; null where none does.</param>
/// <param name="Refused">The status of the refusal that a comment announces; null for a success.</param>
/// <param name="Until">What a comment says must be in the answer before the next request makes sense: a path and its value.</param>
internal sealed record HttpFileRequest(string Method, string Address, IReadOnlyList<(string Name, string Value)> Headers, string? Body, string? Name, int? Refused, (string Path, string Value)? Until);

/// <summary>The part of the format that the file of this repository uses, as its editors read it.</summary>
internal sealed partial record HttpFile(IReadOnlyDictionary<string, string> Variables, IReadOnlyList<HttpFileRequest> Requests)
{
    public static HttpFile Parse(string text)
    {
        var parts = Separator().Split(text.ReplaceLineEndings("\n"));
        var variables = parts[0].Split('\n').Select(line => Variable().Match(line)).Where(match => match.Success);
        return new HttpFile(
            variables.ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value, StringComparer.Ordinal),
            [.. parts.Skip(1).Select(ParseRequest)]);
    }

    private static HttpFileRequest ParseRequest(string part)
    {
        var lines = part.Split('\n').ToList();
        var comments = lines.TakeWhile(line => line.Length == 0 || line[0] == '#').ToList();
        var head = lines.Skip(comments.Count).TakeWhile(line => line.Length > 0).ToList();
        var body = string.Join('\n', lines.Skip(comments.Count + head.Count + 1)).Trim();
        var request = head[0].Split(' ', 2);
        var all = string.Join('\n', comments);
        return new HttpFileRequest(
            request[0],
            request[1],
            [.. head.Skip(1).Select(line => line.Split(": ", 2)).Select(pair => (pair[0], pair[1]))],
            body.Length == 0 ? null : body,
            Named().Match(all) is { Success: true } named ? named.Groups["name"].Value : null,
            RefusedWith().Match(all) is { Success: true } refused ? int.Parse(refused.Groups["status"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) : null,
            RepeatUntil().Match(all) is { Success: true } until ? (until.Groups["path"].Value, until.Groups["value"].Value) : null);
    }

    [GeneratedRegex("^###.*\n", RegexOptions.Multiline, 1000)]
    private static partial Regex Separator();

    [GeneratedRegex(@"^@(?<name>\w+) = (?<value>.+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"^# @name (?<name>\w+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();

    [GeneratedRegex(@"^# Refused: (?<status>\d+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RefusedWith();

    [GeneratedRegex(@"^# Repeat until (?<path>\$\S+) is (?<value>\S+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RepeatUntil();
}
