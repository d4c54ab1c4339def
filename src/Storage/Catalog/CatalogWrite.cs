namespace Actors.Storage;

/// <summary>A change of the catalog that is committed together with a journal entry. A closed family.</summary>
public abstract record CatalogWrite
{
    private CatalogWrite()
    {
    }

    /// <summary>Adds or replaces an entry.</summary>
    public sealed record PutEntry(CatalogEntry Entry) : CatalogWrite;

    /// <summary>Removes an entry; removing what is absent changes nothing.</summary>
    public sealed record RemoveEntry(string Kind, string Id) : CatalogWrite;

    /// <summary>Adds or replaces a link.</summary>
    public sealed record PutLink(CatalogLink Link) : CatalogWrite;

    /// <summary>Removes a link; removing what is absent changes nothing.</summary>
    public sealed record RemoveLink(string Kind, string From, string To) : CatalogWrite;

    /// <summary>
    /// Claims a value that is unique within its kind, such as an e-mail address. Held by another id, it rejects the append with
    /// <see cref="AppendStatus.KeyTaken"/>; held by the same id already, it changes nothing. Values are compared byte by byte: normalize first.
    /// </summary>
    public sealed record ClaimKey(string Kind, string Value, string Id) : CatalogWrite;

    /// <summary>Gives a value back if this id holds it.</summary>
    public sealed record ReleaseKey(string Kind, string Value, string Id) : CatalogWrite;
}
