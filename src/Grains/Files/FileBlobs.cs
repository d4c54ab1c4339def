using Actors.Domain.Files;
using Actors.Domain.Identity;

namespace Actors.Grains.Files;

/// <summary>
/// Names of contents in the blob store: <c>file/{project}/{sha256}/{put}</c>. Each putting has a name of its own that is
/// never used again, so that deleting what was let go of can never hit what came later, whoever deletes and however late.
/// </summary>
internal static class FileBlobs
{
    public const string Prefix = "file/";

    private const string Digits = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int TimeDigits = 10;

    public static string Of(string projectId) => $"{Prefix}{projectId}/";

    public static string Name(string projectId, StoredContent content) => Name(projectId, content.Sha256, content.Put);

    public static string Name(string projectId, string sha256, string put) => $"{Of(projectId)}{sha256}/{put}";

    public static (string ProjectId, string Sha256, string Put) Parse(string name) =>
        name.Split('/') is [_, var projectId, var sha256, var put]
            ? (projectId, sha256, put)
            : throw new FormatException($"'{name}' is not the name of a file's content.");

    /// <summary>When a content was put, as its time-ordered id says.</summary>
    public static DateTimeOffset PutAt(string put)
    {
        long milliseconds = 0;
        foreach (var digit in put.AsSpan(Identifier.File.Length, TimeDigits))
        {
            milliseconds = (milliseconds << 5) | (long)Digits.IndexOf(digit, StringComparison.Ordinal);
        }

        return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
    }
}
