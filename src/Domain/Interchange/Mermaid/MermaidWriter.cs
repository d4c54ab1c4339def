using System.Text;
using Actors.Domain.Designs;
using Actors.Domain.Interchange.Svg;

namespace Actors.Domain.Interchange.Mermaid;

/// <summary>Writes nodes and edges of a flowchart. Texts stand in quotes with every sign that means something written as its number.</summary>
internal static class MermaidWriter
{
    private const int TextLength = 200;

    public static void Node(StringBuilder chart, SvgNode node, string id)
    {
        var title = node.Node.Label ?? node.Text("title", "name") ?? node.Component?.Title ?? node.Node.Type;
        var text = $"\"{Text(title)}\"";
        var (open, close) = node.Component?.Category switch
        {
            "sources" => ("([", "])"),
            "sinks" => ("([", "])"),
            "flow" => ("{{", "}}"),
            "ai" => ("[[", "]]"),
            "effects" => ("[/", "/]"),
            _ => ("[", "]"),
        };
        chart.Append("    ").Append(id).Append(open).Append(text).Append(close).Append('\n');
    }

    public static void Edge(StringBuilder chart, Connection connection, string from, string to)
    {
        var isError = connection.From.Port == "error";
        chart.Append("    ").Append(from).Append(isError ? " -.->" : " -->");
        if (SvgProcess.Label(connection) is { } label)
        {
            chart.Append("|\"").Append(Text(label)).Append("\"|");
        }

        chart.Append(' ').Append(to).Append('\n');
    }

    /// <summary>
    /// Letters, digits and harmless signs of a text; the rest as <c>#35;</c>-like numbers, which Mermaid shows as the sign
    /// itself and never reads as markup.
    /// </summary>
    public static string Text(string text)
    {
        var escaped = new StringBuilder();
        foreach (var rune in text.Cut(TextLength).ReplaceLineEndings(" ").EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || rune.Value is ' ' or '.' or ',' or '-' or '?' or '!' or '+' or '/')
            {
                escaped.Append(rune.ToString());
            }
            else if (!Rune.IsControl(rune))
            {
                escaped.Append('#').Append(Html.Escaping.Digits(rune.Value)).Append(';');
            }
        }

        return escaped.ToString() is { Length: > 0 } shown && !string.IsNullOrWhiteSpace(shown) ? shown : " ";
    }
}
