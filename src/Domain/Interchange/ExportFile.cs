using Actors.Domain.Interchange.Html;

namespace Actors.Domain.Interchange;

/// <summary>What an exported file is called.</summary>
public static class ExportFile
{
    /// <summary>The design's name in ASCII letters, digits and hyphens, with the extension; <c>design</c> when nothing is left of it.</summary>
    public static string Name(string design, string extension) => $"{(Escaping.Slug(design) is { Length: > 0 } slug ? slug : "design")}.{extension}";
}
