using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Actors.Frontend.Http;

/// <summary>Versions as entity tags (RFC 9110, 8.8.3): strong, and compared by the core at the moment of the write.</summary>
public static class EntityTags
{
    /// <summary>A version that no resource has: a precondition that cannot hold.</summary>
    private const long Never = -1;

    /// <param name="passing">
    /// What else tells this answer from another of the same version: what comes and goes with time or use, as a lock that
    /// ends. Readers compare it, writers do not.
    /// </param>
    public static string Of(long version, string? passing = null) =>
        passing is null ? string.Create(CultureInfo.InvariantCulture, $"\"v{version}\"") : string.Create(CultureInfo.InvariantCulture, $"\"v{version}-{passing}\"");

    /// <summary>Says the version of the resource that is answered.</summary>
    public static void SetVersion(this HttpResponse response, long version, string? passing = null) => response.Headers.ETag = Of(version, passing);

    /// <summary>The version that a write expects; null when it takes any.</summary>
    public static long? ExpectedVersion(this HttpRequest request)
    {
        var header = request.Headers.IfMatch;
        if (header.Count == 0)
            return null;

        if (!EntityTagHeaderValue.TryParseList(header, out var tags) || tags.Count != 1)
            return Never;

        if (tags[0].Equals(EntityTagHeaderValue.Any))
            return null;

        var text = tags[0].Tag.AsSpan();
        if (tags[0].IsWeak || text.Length <= 3 || text[1] != 'v')
            return Never;

        text = text[2..^1];
        var end = text.IndexOf('-');
        return long.TryParse(end < 0 ? text : text[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
                ? version
                : Never;
    }

    /// <summary>Whether the reader has this version already, so that 304 says it all.</summary>
    public static bool HasVersion(this HttpRequest request, long version, string? passing = null) => request.HasTag(Of(version, passing));

    /// <summary>Whether the reader has what this tag stands for.</summary>
    public static bool HasTag(this HttpRequest request, string tag) =>
        request.Headers.IfNoneMatch.Count > 0
        && EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var tags)
        && tags.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Tag.Equals(tag, StringComparison.Ordinal));
}
