using System.Globalization;

namespace Actors.Bench;

/// <summary>The command line: a scenario's name and <c>--name value</c> pairs. An option that nobody asked for is an error.</summary>
internal sealed class Options
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public Options(IReadOnlyList<string> arguments)
    {
        Scenario = arguments.Count > 0 ? arguments[0] : "";
        for (var i = 1; i < arguments.Count; i += 2)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal) || i + 1 == arguments.Count)
            {
                throw new UsageException($"'{arguments[i]}' is not an option with a value.");
            }

            _values[arguments[i][2..]] = arguments[i + 1];
        }
    }

    public string Scenario { get; }

    public string? Text(string name)
    {
        _known.Add(name);
        return _values.GetValueOrDefault(name);
    }

    public int Number(string name, int otherwise) => (int)Number(name, (double)otherwise);

    public double Number(string name, double otherwise)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        return double.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= 0
            ? value
            : throw new UsageException($"--{name} must be a number that is not negative, and is '{text}'.");
    }

    public int[] Numbers(string name, params int[] otherwise)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        try
        {
            return [.. text.Split(',').Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
        }
        catch (FormatException)
        {
            throw new UsageException($"--{name} must be whole numbers with commas between, and is '{text}'.");
        }
    }

    public string Choice(string name, params string[] choices)
    {
        var value = Text(name) ?? choices[0];
        return choices.Contains(value)
            ? value
            : throw new UsageException($"--{name} must be one of {string.Join(", ", choices)}, and is '{value}'.");
    }

    /// <summary>Refuses what no scenario has asked for: a typo must not silently measure something else.</summary>
    public void Check()
    {
        if (_values.Keys.FirstOrDefault(name => !_known.Contains(name)) is { } unknown)
        {
            throw new UsageException($"'{Scenario}' has no option --{unknown}.");
        }
    }
}

/// <summary>The command line cannot be understood; the message is for the person who wrote it.</summary>
internal sealed class UsageException(string message) : Exception(message);
