using System.Globalization;
using System.Text;
using System.Text.Json;
using Actors.Bench.Load;

namespace Actors.Bench;

/// <summary>A table for people and, when asked, a file for programs.</summary>
internal sealed class Report(string command)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly List<object> _rows = [];
    private readonly StringBuilder _text = new();

    /// <summary>Adds measured load as one table, and what makes a row doubtful as sentences below it.</summary>
    public void Add(IReadOnlyList<LoadResult> results)
    {
        Table(
            ["shape", "storage", "connections", "edits/s", "deliveries/s", "delivered", "remote p50 ms", "p99 ms", "max ms", "stored p50 ms", "p99 ms",
                "µs/delivery", "µs/edit", "server CPU %", "idle MiB", "now MiB", "peak MiB", "messages/s", "KiB/s", "state wrong", "load CPU %", "slip p99 ms"],
            results.Select(Row));
        foreach (var result in results)
        {
            Doubts(result).ForEach(doubt => Note($"{result.Name}: {doubt}"));
            _rows.Add(result);
        }
    }

    public void Add(string[] columns, IReadOnlyList<object> rows, Func<object, object?[]> cells)
    {
        Table(columns, rows.Select(row => cells(row).Select(Cell).ToArray()));
        _rows.AddRange(rows);
    }

    public void Note(string sentence) => _text.Append("- ").AppendLine(sentence);

    public async Task WriteAsync(string? file)
    {
        Console.WriteLine(_text.ToString());
        if (file is not null)
        {
            var machine = new { processors = Environment.ProcessorCount, runtime = Environment.Version.ToString(), system = Environment.OSVersion.VersionString };
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { command, at = DateTimeOffset.UtcNow, machine, rows = _rows }, Json));
        }
    }

    private static string[] Row(LoadResult r) =>
    [
        r.Name, r.Storage, Cell(r.Connections), Cell(r.EditsPerSecond), Cell(r.DeliveriesPerSecond), $"{Cell(r.Delivered)} of {Cell(r.Expected)}",
        Cell(r.RemoteP50), Cell(r.RemoteP99), Cell(r.RemoteMaximum), Cell(r.AcknowledgedP50), Cell(r.AcknowledgedP99),
        Cell(r.MicrosecondsPerDelivery), Cell(r.MicrosecondsPerEdit), Cell(r.ServerPercent),
        Cell(r.ResidentIdle), Cell(r.ResidentNow), Cell(r.ResidentPeak), Cell(r.MessagesPerSecond), Cell(r.KilobytesPerSecond),
        $"{Cell(r.StateWrong)} of {Cell(r.StateChecked)}", Cell(r.ClientPercent), Cell(r.SlipP99),
    ];

    private static List<string> Doubts(LoadResult r)
    {
        var doubts = new List<string>();
        if (r.ClientWasLimit)
        {
            doubts.Add("the load side was the limit; the row says nothing about the server.");
        }

        if (r.Delivered != r.Expected)
        {
            doubts.Add($"{r.Expected - r.Delivered} edits were not delivered one by one ({r.Resynchronized} resynchronizations by snapshot or ended streams).");
        }

        if (r.Gaps > 0)
        {
            doubts.Add($"{r.Gaps} gaps in the revisions.");
        }

        if (r.Refused > 0)
        {
            doubts.Add($"{r.Refused} edits were refused, the first with '{r.Refusal}'.");
        }

        if (r.StateWrong > 0)
        {
            doubts.Add($"a fresh joiner was shown {r.StateWrong} nodes otherwise than they were stored.");
        }

        return doubts;
    }

    private static string Cell(object? value) => value switch
    {
        null => "",
        double number => number.ToString(Math.Abs(number) < 10 ? "0.00" : Math.Abs(number) < 100 ? "0.0" : "0", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private void Table(IReadOnlyList<string> columns, IEnumerable<string[]> rows)
    {
        _text.AppendLine().Append("| ").AppendJoin(" | ", columns).AppendLine(" |");
        _text.Append('|').AppendJoin('|', columns.Select(_ => "---")).AppendLine("|");
        foreach (var row in rows)
        {
            _text.Append("| ").AppendJoin(" | ", row).AppendLine(" |");
        }

        _text.AppendLine();
    }
}
