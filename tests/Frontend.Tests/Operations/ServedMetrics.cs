using System.Globalization;
using System.Text.RegularExpressions;

namespace Actors.Frontend.Tests.Operations;

/// <summary>A page of metrics, read as strictly as its format allows.</summary>
public sealed partial class ServedMetrics
{
    private readonly Dictionary<string, double> _samples = new(StringComparer.Ordinal);

    public ServedMetrics(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        string? described = null;
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                described = line.Split(' ')[2];
                continue;
            }

            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                var words = line.Split(' ');
                Assert.Equal(described, words[2]);
                Types.Add(words[2], words[3]);
                continue;
            }

            var sample = Sample().Match(line);
            Assert.True(sample.Success, $"This is no sample: {line}");
            Assert.StartsWith(described!, sample.Groups["name"].Value, StringComparison.Ordinal);
            _samples.Add(sample.Groups["name"].Value + sample.Groups["labels"].Value, Number(sample.Groups["value"].Value));
            foreach (Match label in Label().Matches(sample.Groups["labels"].Value))
                Labels.Add((described!, label.Groups["label"].Value));
        }
    }

    public Dictionary<string, string> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>Which labels each metric has been seen with.</summary>
    public HashSet<(string Metric, string Label)> Labels { get; } = [];

    /// <summary>The value of a sample, such as <c>name{label="value"}</c>.</summary>
    public double this[string sample] => _samples.TryGetValue(sample, out var value) ? value : throw new KeyNotFoundException(
        $"There is no {sample}, but {string.Join(", ", _samples.Keys.Where(key => key.StartsWith(sample.Split('{')[0], StringComparison.Ordinal)).Take(20))}");

    /// <summary>The samples whose name and labels begin so.</summary>
    public IEnumerable<(string Name, double Value)> Like(string prefix) =>
        _samples.Where(sample => sample.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(sample => (sample.Key, sample.Value));

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    [GeneratedRegex("""^(?<name>[a-z_:][a-z0-9_:]*)(?<labels>\{[a-z_]+="(?:[^"\\]|\\["\\n])*"(?:,[a-z_]+="(?:[^"\\]|\\["\\n])*")*\})? (?<value>\S+)$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sample();

    [GeneratedRegex("""[{,](?<label>[a-z_]+)=""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Label();
}
