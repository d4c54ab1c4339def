using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Actors.Frontend.Documentation;

/// <summary>
/// <c>docs/errors.md</c> as a page, with an anchor for each code: where the <c>type</c> of a problem document points.
/// Knows the part of Markdown that the file uses: headings, paragraphs, code, emphasis, links and plain lists.
/// </summary>
internal static partial class ErrorPage
{
    public const string Path = "/docs/errors";

    private const string Head = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Actors: errors</title>
        <style>
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #1b1f24; }
        code, pre { font-family: ui-monospace, monospace; background: #f2f4f6; border-radius: 4px; }
        code { padding: 0 .25em; } pre { padding: 1em; overflow-x: auto; } pre code { padding: 0; }
        h3:target { background: #fff3c4; }
        </style>
        </head>
        <body>

        """;

    private static readonly Lazy<string> Html = new(() => Render(EmbeddedFiles.Read("errors.md")));

    public static ContentHttpResult Get() => TypedResults.Text(Html.Value, "text/html; charset=utf-8");

    internal static string Render(string markdown)
    {
        var html = new StringBuilder(Head);
        foreach (var block in Blocks().Split(markdown.ReplaceLineEndings("\n").Trim()))
            html.Append(Block(block)).Append('\n');

        return html.Append("</body>\n</html>\n").ToString();
    }

    private static string Block(string block)
    {
        if (Fence().Match(block) is { Success: true } fence)
            return $"<pre><code>{WebUtility.HtmlEncode(fence.Groups["code"].Value)}</code></pre>";

        if (Heading().Match(block) is { Success: true } heading)
        {
            var (level, text) = (heading.Groups["level"].Length, WebUtility.HtmlEncode(heading.Groups["text"].Value));
            return $"<h{level} id=\"{text.Replace(' ', '-')}\">{text}</h{level}>";
        }

        return block.StartsWith("- ", StringComparison.Ordinal)
            ? $"<ul>{string.Concat(block[2..].Split("\n- ").Select(item => $"<li>{Inline(item)}</li>"))}</ul>"
            : $"<p>{Inline(block)}</p>";
    }

    private static string Inline(string text)
    {
        var encoded = WebUtility.HtmlEncode(text);
        encoded = Code().Replace(encoded, "<code>${text}</code>");
        encoded = Link().Replace(encoded, "<a href=\"${address}\">${text}</a>");
        return Emphasis().Replace(encoded, "<em>${text}</em>");
    }

    /// <summary>Blank lines between blocks, but not those inside a fence.</summary>
    [GeneratedRegex("\n\n+(?=(?:(?:(?!```)[\\s\\S])*```(?:(?!```)[\\s\\S])*```)*(?:(?!```)[\\s\\S])*$)", RegexOptions.None, 5000)]
    private static partial Regex Blocks();

    [GeneratedRegex("^```\\w*\n(?<code>[\\s\\S]*?)\n```$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fence();

    [GeneratedRegex("^(?<level>#{1,6}) (?<text>[^\n]+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex("`(?<text>[^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();

    [GeneratedRegex("\\[(?<text>[^\\]]+)\\]\\((?<address>[^)\\s]+)\\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("\\*(?<text>[^*]+)\\*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Emphasis();
}
