using System.Text.Json;
using System.Text.RegularExpressions;

namespace Actors.EndToEnd.Tests.Fuzz;

/// <summary>
/// Values that requests draw from, by what they are: identifiers by their prefix, all else by a name. Those that are kept
/// belong to the prepared project and are drawn half of the time; what answers bring is added, the oldest of it going.
/// </summary>
internal sealed partial class ValuePool
{
    private const int Most = 40;
    private const double KeptShare = 0.5;

    private readonly Dictionary<string, (List<string> Values, int Kept)> _kinds = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Adds values that stay.</summary>
    public void Keep(string kind, params IEnumerable<string> values)
    {
        lock (_lock)
        {
            var (known, kept) = _kinds.GetValueOrDefault(kind, ([], 0));
            var added = values.Where(value => !known.Contains(value)).ToList();
            known.InsertRange(kept, added);
            _kinds[kind] = (known, kept + added.Count);
        }
    }

    public void Add(string kind, params IEnumerable<string> values)
    {
        lock (_lock)
        {
            if (!_kinds.TryGetValue(kind, out var known))
                _kinds[kind] = known = ([], 0);

            foreach (var value in values.Where(value => !known.Values.Contains(value)))
            {
                known.Values.Add(value);
                if (known.Values.Count > Most)
                    known.Values.RemoveAt(known.Kept);
            }
        }
    }

    public bool Knows(string kind)
    {
        lock (_lock)
        {
            return _kinds.ContainsKey(kind);
        }
    }

    public string Draw(string kind, Random random)
    {
        lock (_lock)
        {
            var (values, kept) = _kinds[kind];
            return values[random.Next(kept > 0 && random.NextDouble() < KeptShare ? kept : values.Count)];
        }
    }

    /// <summary>One that is not the prepared project's: something that may be destroyed. Null where there is none.</summary>
    public string? DrawVictim(string kind, Random random)
    {
        lock (_lock)
        {
            return _kinds.TryGetValue(kind, out var known) && known.Values.Count > known.Kept ? known.Values[random.Next(known.Kept, known.Values.Count)] : null;
        }
    }

    /// <summary>Keeps the identifiers of what a request has made, but not of those who made it: accounts are given, for some are needed to the end.</summary>
    public void Learn(JsonElement answer, bool keep = false)
    {
        Action<string, IEnumerable<string>> add = keep ? Keep : Add;
        if (answer.ValueKind != JsonValueKind.Object)
            return;

        foreach (var member in answer.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.String && member.Name == "id" && PrefixOf(member.Value.GetString()!) is { } prefix and not "usr_")
                add(prefix, [member.Value.GetString()!]);
            else if (member.Value.ValueKind == JsonValueKind.String && member.Name is "token" or "path" or "accessToken" or "refreshToken")
                add(member.Name, [member.Value.GetString()!]);
            else if (member.Value.ValueKind == JsonValueKind.Object && member.Name != "user")
                Learn(member.Value, keep);
        }
    }

    /// <summary>The prefix of one of our identifiers; null for another text.</summary>
    public static string? PrefixOf(string text) => Identifier().Match(text) is { Success: true } match ? match.Groups["prefix"].Value : null;

    [GeneratedRegex("^(?<prefix>[a-z]{3}_)[0-9a-z]{26}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Identifier();
}
