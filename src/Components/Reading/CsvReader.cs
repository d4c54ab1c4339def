using System.Text;

namespace Actors.Components.Reading;

/// <summary>
/// Reads the records of a CSV text as RFC 4180 has them: fields between separators, quoted ones with doubled quotes, line
/// ends of any kind. Empty lines are no records. It can begin in the middle, at the start of a record.
/// </summary>
internal sealed class CsvReader(string text, string separator, int position = 0, long line = 1)
{
    private readonly StringBuilder _quoted = new();

    /// <summary>Where the next record begins, in UTF-16 units.</summary>
    public int Position { get; private set; } = position;

    /// <summary>The line, from 1, on which the next record begins.</summary>
    public long Line { get; private set; } = line;

    /// <summary>Reads a record into <paramref name="fields"/>; false at the end.</summary>
    /// <exception cref="ComponentException"><c>csv_invalid</c>, with the line.</exception>
    public bool Read(List<string> fields)
    {
        fields.Clear();
        while (Position < text.Length && text[Position] is '\r' or '\n')
        {
            EndLine();
        }

        if (Position >= text.Length)
        {
            return false;
        }

        do
        {
            fields.Add(Position < text.Length && text[Position] == '"' ? Quoted() : Plain());
        }
        while (TakeSeparator());

        if (Position < text.Length)
        {
            EndLine();
        }

        return true;
    }

    public ComponentException Invalid(string message, long? at = null) => new(ErrorCodes.CsvInvalid, $"Line {at ?? Line}: {message}.", retryable: false);

    private string Plain()
    {
        var start = Position;
        while (Position < text.Length && text[Position] is not ('\r' or '\n') && !IsSeparator())
        {
            if (text[Position] == '"')
            {
                throw Invalid("a quote stands inside a field that does not begin with one");
            }

            Position++;
        }

        return text[start..Position];
    }

    private string Quoted()
    {
        var begin = Line;
        _quoted.Clear();
        for (var start = ++Position; ; start = Position)
        {
            var quote = text.IndexOf('"', start);
            if (quote < 0)
            {
                throw Invalid("the quote that begins here has no end", begin);
            }

            CountLines(text.AsSpan(start, quote - start));
            _quoted.Append(text, start, quote - start);
            Position = quote + 1;
            if (Position >= text.Length || text[Position] != '"')
            {
                break;
            }

            _quoted.Append('"');
            Position++;
        }

        return Position >= text.Length || text[Position] is '\r' or '\n' || IsSeparator()
            ? _quoted.ToString()
            : throw Invalid("a field goes on after its closing quote");
    }

    private bool IsSeparator() => string.CompareOrdinal(text, Position, separator, 0, separator.Length) == 0;

    private bool TakeSeparator()
    {
        if (Position >= text.Length || !IsSeparator())
        {
            return false;
        }

        Position += separator.Length;
        return true;
    }

    private void EndLine()
    {
        Position += text[Position] == '\r' && Position + 1 < text.Length && text[Position + 1] == '\n' ? 2 : 1;
        Line++;
    }

    private void CountLines(ReadOnlySpan<char> part)
    {
        for (var i = 0; i < part.Length; i++)
        {
            if (part[i] == '\n' || (part[i] == '\r' && (i + 1 == part.Length || part[i + 1] != '\n')))
            {
                Line++;
            }
        }
    }
}
