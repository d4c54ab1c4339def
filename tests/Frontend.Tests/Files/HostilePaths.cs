using System.Text;

namespace Actors.Frontend.Tests.Files;

/// <summary>Paths that try to get out, hide or break something, as they stand in a request's target. The seed makes them the same every time.</summary>
internal static class HostilePaths
{
    private static readonly string[] Traversals =
    [
        "..", ".", "%2e%2e", "%2E%2e", ".%2e", "%2e.", "%252e%252e", "%25252e%25252e", "%c0%ae%c0%ae", "%e0%80%ae%e0%80%ae", "%f0%80%80%ae", "..%2f..",
        "..%5c..", "..\\..", "%u002e%u002e", "%ef%bc%8e%ef%bc%8e", "%e2%80%a5", "...", "..;", "%2e%2e%2f", "..%252f..", "%5c..%5c", ".%20", "%2e%20",
    ];

    private static readonly string[] Segments =
    [
        "CON", "con.txt", "NUL", "nul.tar.gz", "COM1", "com9.log", "LPT1", "lpt%C2%B9", "PRN.md", "aux", "CONIN%24", "a%0d%0aSet-Cookie:x", "a%09b", "a%7f", "a%C2%85",
        "a%E2%80%AEtxt.exe", "a%E2%80%8Bb", "%EF%BB%BFa", "a%E2%81%A6b", "a%E3%85%A4", "a%3Cb", "a%3Eb", "a%3Ab", "a%22b", "a%7Cb", "a%3Fb", "a%2Ab", "a%E2%88%95b", "a.", "a%20", "a...",
        "a%C2%A0", "C%3A", "%ED%A0%80", "%FF", "%C3", "a%", "a%g1", "%EF%BF%BE", "a%2541", "%252e", "a%E2%80%A8b", "a%5Cb",
    ];

    private static readonly string[] Known =
    [
        "/etc/passwd",
        "C:/Windows/x",
        "c%3a/x",
        "//host/share/x",
        "%5c%5chost%5cshare",
        "a//b",
        "a/",
        new string('a', 256),
        string.Join('/', Enumerable.Repeat("abc", 33)),
        string.Join('/', Enumerable.Repeat(new string('x', 200), 6)),
        string.Concat(Enumerable.Repeat("%F0%9F%98%80", 64)),
        new string('a', 4000),
    ];

    /// <summary>So many paths, each of them another.</summary>
    public static IReadOnlyCollection<string> Generate(int count)
    {
        var paths = new HashSet<string>(Known, StringComparer.Ordinal);
        var random = new Random(20261120);
        while (paths.Count < count)
            paths.Add(Draw(random));

        return paths;
    }

    private static string Draw(Random random)
    {
        var path = new StringBuilder();
        var depth = random.Next(5);
        var hostile = random.Next(depth + 1);
        for (var at = 0; at <= depth; at++)
        {
            if (at > 0)
            {
                path.Append('/');
            }

            path.Append(at == hostile ? Hostile(random) : random.Next(4) switch { 0 => "docs", 1 => "%C3%A9t%C3%A9", 2 => "Plan%202.md", _ => "e%CC%81.txt" });
        }

        return path.ToString();
    }

    private static string Hostile(Random random) => random.Next(3) switch
    {
        0 => Segments[random.Next(Segments.Length)],
        1 => Traversals[random.Next(Traversals.Length)],
        _ => string.Join('/', Enumerable.Range(0, random.Next(1, 6)).Select(_ => Traversals[random.Next(Traversals.Length)])) + "/etc/passwd",
    };
}
