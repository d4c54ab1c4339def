using System.Text.Json;
using Actors.Components.Reading;
using Actors.Domain.Components;

namespace Actors.Components.BuiltIn;

/// <summary>
/// Rows of a table, one by one in pieces, or with <c>rows: false</c> as one list. With a header each is an object by column,
/// else a list. Cells stay text: expressions and figures read numbers out of them where they need any.
/// </summary>
internal sealed class CsvParseComponent : IComponent
{
    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("csv.parse");

    public IProcess Create(ProcessSettings settings)
    {
        var separator = settings.Text("separator") ?? ",";
        return separator.Length is 0 or > 8 || separator.AsSpan().ContainsAny("\"\r\n")
            ? throw PropertyReading.Invalid("separator", "must have 1 to 8 characters, without quotes and line ends")
            : new Process(separator, settings.Flag("header"), settings.Flag("rows"));
    }

    /// <remarks>State: where the next row begins (<c>position</c>, <c>line</c>) and the columns' names.</remarks>
    private sealed class Process(string separator, bool header, bool rows) : ISyncProcess
    {
        private const string Position = "position";
        private const string Line = "line";
        private const string Columns = "columns";

        private Token? _token;
        private string _text = "";

        public void Fire(ISyncFiring firing)
        {
            var token = firing[0]!;
            if (!ReferenceEquals(_token, token))
            {
                (_text, _token) = (token.RequiredText().TrimStart('\uFEFF'), token);
            }

            var state = firing.State;
            var begins = state[Position] is null;
            var reader = begins ? new CsvReader(_text, separator) : new CsvReader(_text, separator, state[Position]!.Json.GetInt32(), state[Line]!.Json.GetInt64());
            var columns = begins ? (header ? ReadHeader(reader) : null) : state[Columns] is { } names ? [.. names.Json.EnumerateArray().Select(name => name.GetString()!)] : null;
            if (!rows)
            {
                firing.Emit(Token.List(Read(reader, columns, int.MaxValue)));
                return;
            }

            var piece = Read(reader, columns, Pieces.Size);
            piece.ForEach(firing.Emit);
            if (piece.Count < Pieces.Size)
            {
                state.Clear();
                return;
            }

            if (begins && columns is not null)
            {
                state[Columns] = Token.List([.. columns.Select(Token.Of)]);
            }

            state[Position] = Token.Of(reader.Position);
            state[Line] = Token.Of(reader.Line);
            firing.Again();
        }

        private static string[] ReadHeader(CsvReader reader)
        {
            var fields = new List<string>();
            var line = reader.Line;
            reader.Read(fields);
            string[] columns = [.. fields.Select((name, index) => name.Trim() is { Length: > 0 } trimmed ? trimmed : $"column{index + 1}")];
            var twice = columns.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
            return twice is null ? columns : throw reader.Invalid($"the column '{twice.Key}' is there twice", line);
        }

        private static List<Token> Read(CsvReader reader, string[]? columns, int most)
        {
            var read = new List<Token>();
            var fields = new List<string>();
            for (var line = reader.Line; read.Count < most && reader.Read(fields); line = reader.Line)
            {
                if (columns is not null && fields.Count != columns.Length)
                {
                    throw reader.Invalid($"{fields.Count} fields for {columns.Length} columns", line);
                }

                read.Add(Token.Write(writer => Write(writer, fields, columns)));
            }

            return read;
        }

        private static void Write(Utf8JsonWriter writer, List<string> fields, string[]? columns)
        {
            if (columns is null)
            {
                writer.WriteStartArray();
                fields.ForEach(writer.WriteStringValue);
                writer.WriteEndArray();
                return;
            }

            writer.WriteStartObject();
            for (var i = 0; i < columns.Length; i++)
            {
                writer.WriteString(columns[i], fields[i]);
            }

            writer.WriteEndObject();
        }
    }
}
