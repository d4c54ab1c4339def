namespace Actors.Storage;

/// <summary>How names are sorted and searched: in lower case, by their first <see cref="KeyLength"/> characters.</summary>
internal static class CatalogNames
{
    public const int KeyLength = 256;

    public static string Key(string name)
    {
        var length = Math.Min(name.Length, KeyLength);
        if (length < name.Length && char.IsHighSurrogate(name[length - 1]))
            length--;
        return name[..length].ToLowerInvariant();
    }
}
