namespace Actors.Domain.Designs;

/// <summary>
/// The place of a value in a node, a connection or the design: <c>x</c>, <c>props/style/color</c>; the empty path is
/// the whole. In a name <c>~</c> is written <c>~0</c> and <c>/</c> is written <c>~1</c>, as in RFC 6901.
/// </summary>
internal static class PropertyPath
{
    public const string Whole = "";

    public static string Append(string path, string name)
    {
        if (name.AsSpan().ContainsAny('~', '/'))
        {
            name = name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
        }

        return $"{path}/{name}";
    }

    /// <summary>The field of the node, connection or design in which the path lies.</summary>
    public static ReadOnlySpan<char> Field(ReadOnlySpan<char> path) => path.IndexOf('/') is >= 0 and var end ? path[..end] : path;

    public static bool IsAtOrBelow(string path, string ancestor) =>
        ancestor.Length == 0
        || (path.StartsWith(ancestor, StringComparison.Ordinal) && (path.Length == ancestor.Length || path[ancestor.Length] == '/'));
}
