namespace Actors.Storage;

/// <summary>
/// Rules that every dialect needs kept, checked before an append is queued so that one bad append cannot fail the group it would be part of:
/// PostgreSQL stores no NUL and no half of a surrogate pair, and indexes no text beyond about 2.7 kB.
/// </summary>
internal static class AppendRules
{
    /// <summary>Longest identifier, kind, key or stream name, in UTF-16 units.</summary>
    public const int MaximumIdentifierLength = 512;

    public static void Check(JournalAppend append)
    {
        ArgumentNullException.ThrowIfNull(append);
        if (append.Revision < 1)
            throw new ArgumentException($"The revision of an append is {append.Revision}; the first is 1.", nameof(append));
        if (append.BatchId == Guid.Empty)
            throw new ArgumentException("The batch id of an append must not be empty.", nameof(append));
        Identifier(append.Stream, "stream", mayBeEmpty: false);
        Identifier(append.Author, "author", mayBeEmpty: true);
        if (append.Catalog.IsDefaultOrEmpty)
            return;
        foreach (var write in append.Catalog)
            Check(write);
    }

    private static void Check(CatalogWrite write)
    {
        switch (write)
        {
            case CatalogWrite.PutEntry(var entry):
                Identifier(entry.Kind, "kind", mayBeEmpty: false);
                Identifier(entry.Id, "id", mayBeEmpty: false);
                Identifier(entry.Scope, "scope", mayBeEmpty: true);
                Identifier(entry.Status, "status", mayBeEmpty: true);
                Text(entry.Name, "name");
                break;
            case CatalogWrite.RemoveEntry(var kind, var id):
                Identifier(kind, "kind", mayBeEmpty: false);
                Identifier(id, "id", mayBeEmpty: false);
                break;
            case CatalogWrite.PutLink(var link):
                Link(link.Kind, link.From, link.To);
                break;
            case CatalogWrite.RemoveLink(var kind, var from, var to):
                Link(kind, from, to);
                break;
            case CatalogWrite.ClaimKey(var kind, var value, var id):
                Link(kind, value, id);
                break;
            case CatalogWrite.ReleaseKey(var kind, var value, var id):
                Link(kind, value, id);
                break;
        }
    }

    private static void Link(string kind, string one, string other)
    {
        Identifier(kind, "kind", mayBeEmpty: false);
        Identifier(one, "value", mayBeEmpty: false);
        Identifier(other, "id", mayBeEmpty: false);
    }

    private static void Identifier(string value, string name, bool mayBeEmpty)
    {
        Text(value, name);
        if (value.Length > MaximumIdentifierLength)
            throw new ArgumentException($"The {name} of an append has {value.Length} characters; at most {MaximumIdentifierLength} are allowed.", name);
        if (value.Length == 0 && !mayBeEmpty)
            throw new ArgumentException($"The {name} of an append must not be empty.", name);
    }

    private static void Text(string value, string name)
    {
        ArgumentNullException.ThrowIfNull(value, name);
        if (value.Contains('\0'))
            throw new ArgumentException($"The {name} of an append must not contain a NUL character.", name);
        if (value.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0 && HasLoneSurrogate(value))
            throw new ArgumentException($"The {name} of an append must be well-formed Unicode.", name);
    }

    private static bool HasLoneSurrogate(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (!char.IsSurrogate(value[i]))
                continue;
            if (i + 1 >= value.Length || !char.IsSurrogatePair(value[i], value[i + 1]))
                return true;
            i++;
        }

        return false;
    }
}
