namespace Actors.Domain.Interchange.Html;

/// <summary>Pictures that a design holds within addresses, as files of their own.</summary>
/// <param name="folder">Where the page finds them, with a slash at its end.</param>
internal sealed class Assets(string folder)
{
    private readonly Dictionary<string, string> _paths = new(StringComparer.Ordinal);
    private readonly List<(string Path, byte[] Content)> _files = [];

    /// <summary>Lets every picture of a page name a file instead of holding its content.</summary>
    public void TakeFrom(Element element)
    {
        for (var i = 0; element.Tag == "img" && i < element.Attributes.Count; i++)
        {
            if (element.Attributes[i] is ("src", { } source) && PathOf(source) is { } path)
            {
                element.Attributes[i] = ("src", path);
            }
        }

        foreach (var child in element.Children)
        {
            if (child is Element inner)
            {
                TakeFrom(inner);
            }
        }
    }

    public void AddTo(Archive archive, string under = "") => _files.ForEach(file => archive.Add(under + file.Path, file.Content));

    private string? PathOf(string source)
    {
        if (_paths.TryGetValue(source, out var known))
        {
            return known;
        }

        if (Extension(source) is not { } extension || Content(source) is not { } content)
        {
            return null;
        }

        var path = $"{folder}image-{Escaping.Digits(_files.Count + 1)}.{extension}";
        _paths.Add(source, path);
        _files.Add((path, content));
        return path;
    }

    private static string? Extension(string source) => source.Split(';', ',')[0] switch
    {
        "data:image/png" => "png",
        "data:image/jpeg" => "jpg",
        "data:image/gif" => "gif",
        "data:image/webp" => "webp",
        "data:image/avif" => "avif",
        _ => null,
    };

    private static byte[]? Content(string source)
    {
        const string Marker = ";base64,";
        var at = source.IndexOf(Marker, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var buffer = new byte[source.Length];
        return Convert.TryFromBase64String(source[(at + Marker.Length)..], buffer, out var length) ? buffer[..length] : null;
    }
}
