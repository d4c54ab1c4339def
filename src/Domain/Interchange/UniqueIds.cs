using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Actors.Domain.Interchange;

/// <summary>
/// Turns foreign identifiers into ones that a design takes: 1 to so many characters, and unique. The same sequence of
/// identifiers always becomes the same sequence.
/// </summary>
internal sealed class UniqueIds(int maximumLength)
{
    private const int Spare = 20;

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _next = new(StringComparer.Ordinal);

    /// <summary>The identifier itself when it is free; else with ~2, ~3, ... at its end.</summary>
    public string Take(string wanted)
    {
        var id = Shorten(wanted, maximumLength);
        if (_taken.Add(id))
        {
            return id;
        }

        var stem = id.Cut(maximumLength - Spare);
        for (var n = _next.GetValueOrDefault(stem, 2); ; n++)
        {
            var numbered = string.Create(CultureInfo.InvariantCulture, $"{stem}~{n}");
            if (_taken.Add(numbered))
            {
                _next[stem] = n + 1;
                return numbered;
            }
        }
    }

    /// <summary>Whether <paramref name="id"/> is what <see cref="Take"/> may have made of <paramref name="original"/>.</summary>
    public static bool IsMadeFrom(string id, string original, int maximumLength)
    {
        var shortened = Shorten(original, maximumLength);
        if (id == shortened)
        {
            return true;
        }

        var stem = shortened.Cut(maximumLength - Spare);
        return id.Length > stem.Length + 1
            && id.StartsWith(stem, StringComparison.Ordinal)
            && id[stem.Length] == '~'
            && id.AsSpan(stem.Length + 1).IndexOfAnyExceptInRange('0', '9') < 0;
    }

    /// <summary>A long identifier keeps its beginning and gets a digest of the whole.</summary>
    private static string Shorten(string id, int maximumLength)
    {
        if (id.Length <= maximumLength)
        {
            return id;
        }

        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 8));
        return $"{id.Cut(maximumLength - digest.Length - 1)}-{digest}";
    }
}
