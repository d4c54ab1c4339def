using System.Diagnostics.CodeAnalysis;

namespace Actors.Domain.Designs;

/// <summary>Identifiers that clashed within a batch: later operations of the same batch mean the thing that was renamed.</summary>
internal sealed class Renames
{
    private Dictionary<string, string>? _names;

    public bool IsEmpty => _names is null;

    [return: NotNullIfNotNull(nameof(id))]
    public string? Current(string? id) => id is not null && _names is not null && _names.TryGetValue(id, out var name) ? name : id;

    /// <summary>The wanted id if it is free, else <c>id-2</c>, <c>id-3</c> and so on, cut so that it stays within the length.</summary>
    public string Free(string wanted, int length, Func<string, bool> isTaken)
    {
        if (!isTaken(wanted))
        {
            _names?.Remove(wanted);
            return wanted;
        }

        // Gallop, then halve: whoever adds the same id ten thousand times must not make us count ten thousand times.
        var (taken, free) = (1, 2);
        while (isTaken(Numbered(wanted, free, length)))
        {
            (taken, free) = (free, free * 2);
        }

        while (free - taken > 1)
        {
            var middle = (taken + free) / 2;
            (taken, free) = isTaken(Numbered(wanted, middle, length)) ? (middle, free) : (taken, middle);
        }

        var name = Numbered(wanted, free, length);
        (_names ??= new(StringComparer.Ordinal))[wanted] = name;
        return name;
    }

    private static string Numbered(string id, int number, int length)
    {
        var suffix = $"-{number}";
        var kept = Math.Min(id.Length, length - suffix.Length);
        if (kept < id.Length && kept > 0 && char.IsHighSurrogate(id[kept - 1]))
        {
            kept--;
        }

        return string.Concat(id.AsSpan(0, kept), suffix);
    }
}
