using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Actors.Components.Services;

/// <summary>
/// A prompt with a form: what is to be done, how, and with which text. Any model reads it as plain text; the local provider
/// reads the parts.
/// </summary>
/// <param name="Task"><c>summarize</c>, <c>classify</c> or <c>extract</c>.</param>
/// <param name="Settings">Name and value, one line each; the names without colons.</param>
/// <param name="Text">What it is about.</param>
public sealed record TaskPrompt(string Task, IReadOnlyList<KeyValuePair<string, string>> Settings, string Text)
{
    private const string TaskLine = "Task: ";
    private const string TextLine = "\nText:\n";

    /// <summary>The value of a setting; null where there is none.</summary>
    public string? Find(string name)
    {
        foreach (var (key, value) in Settings)
        {
            if (key == name)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>The prompt as text.</summary>
    public string Write()
    {
        var prompt = new StringBuilder(TaskLine).Append(Task);
        foreach (var (name, value) in Settings)
        {
            prompt.Append('\n').Append(name).Append(": ").Append(value.ReplaceLineEndings(" "));
        }

        return prompt.Append('\n').Append(TextLine).Append(Text).ToString();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static bool TryRead(string prompt, [NotNullWhen(true)] out TaskPrompt? task)
    {
        task = null;
        var text = prompt.IndexOf(TextLine, StringComparison.Ordinal);
        if (text < 0 || !prompt.StartsWith(TaskLine, StringComparison.Ordinal))
        {
            return false;
        }

        var lines = prompt[..text].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var settings = lines.Skip(1)
            .Select(line => line.Split(": ", 2))
            .Where(pair => pair.Length == 2)
            .Select(pair => KeyValuePair.Create(pair[0], pair[1]));
        task = new TaskPrompt(lines[0][TaskLine.Length..], [.. settings], prompt[(text + TextLine.Length)..]);
        return true;
    }
}
