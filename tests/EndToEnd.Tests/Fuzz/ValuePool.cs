using System.Text.Json;
using System.Text.RegularExpressions;

namespace Actors.EndToEnd.Tests.Fuzz;

/// <summary>
/// Values that requests draw from, by what they are: identifiers by their prefix, all else by a name. The first one of a
/// kind belongs to the prepared project and is drawn most often; what answers bring is added, the oldest of it going.
/// </summary>
internal sealed partial class ValuePool
{
    private const int Kept = 40;
    private const double FirstShare = 0.5;

    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public void Add(string kind, params IEnumerable<string> values)
    {
        lock (_lock)
        {
            if (!_values.TryGetValue(kind, out var known))
                _values[kind] = known = [];

            foreach (var value in values.Where(value => !known.Contains(value)))
            {
                known.Add(value);
                if (known.Count > Kept)
                    known.RemoveAt(1);
            }
        }
    }

    public bool Knows(string kind)
    {
        lock (_lock)
        {
            return _values.ContainsKey(kind);
        }
    }

    public string Draw(string kind, Random random)
    {
        lock (_lock)
        {
            var known = _values[kind];
            return random.NextDouble() < FirstShare ? known[0] : known[random.Next(known.Count)];
        }
    }

    /// <summary>One that is not the prepared project's: something that may be destroyed. Null where there is none.</summary>
    public string? DrawVictim(string kind, Random random)
    {
        lock (_lock)
        {
            return _values.TryGetValue(kind, out var known) && known.Count > 1 ? known[random.Next(1, known.Count)] : null;
        }
    }

    /// <summary>Keeps the identifiers of what a request has made, but not of those who made it: accounts are given, for some are needed to the end.</summary>
    public void Learn(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object)
            return;

        foreach (var member in answer.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.String && member.Name == "id" && PrefixOf(member.Value.GetString()!) is { } prefix and not "usr_")
                Add(prefix, member.Value.GetString()!);
            else if (member.Value.ValueKind == JsonValueKind.String && member.Name is "token" or "path" or "accessToken" or "refreshToken")
                Add(member.Name, member.Value.GetString()!);
            else if (member.Value.ValueKind == JsonValueKind.Object && member.Name != "user")
                Learn(member.Value);
        }
    }

    /// <summary>The prefix of one of our identifiers; null for another text.</summary>
    public static string? PrefixOf(string text) => Identifier().Match(text) is { Success: true } match ? match.Groups["prefix"].Value : null;

    [GeneratedRegex("^(?<prefix>[a-z]{3}_)[0-9a-z]{26}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Identifier();
}
