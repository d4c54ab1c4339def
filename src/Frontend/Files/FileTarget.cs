using System.Diagnostics.CodeAnalysis;
using Actors.Domain;
using Actors.Domain.Files;
using Actors.Frontend.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Actors.Frontend.Files;

/// <summary>
/// The path of a file as the client sent it. The server's own view of an address has dot segments taken out and escapes
/// decoded, which would turn a hostile path into a harmless one of another file; so it is read from the raw target.
/// </summary>
internal static class FileTarget
{
    private const string Projects = $"{ApiPaths.Root}/projects/";
    private const string Files = "/files/";

    /// <summary>What follows <c>/projects/{id}/files/</c> in the raw target; null for every other address.</summary>
    public static string? Raw(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var scheme = target.IndexOf("://", StringComparison.Ordinal);
        if (scheme > 0 && !target.StartsWith('/'))
        {
            // The absolute form, which proxies use.
            var start = target.IndexOf('/', scheme + 3);
            target = start < 0 ? "/" : target[start..];
        }

        var query = target.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? target : target[..query];
        if (!path.StartsWith(Projects, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var files = path.IndexOf('/', Projects.Length);
        return files > 0 && path.AsSpan(files).StartsWith(Files, StringComparison.OrdinalIgnoreCase) ? path[(files + Files.Length)..] : null;
    }

    /// <summary>The path that a request to <c>files/{*path}</c> names.</summary>
    public static bool TryRead(HttpContext context, FileLimits limits, [NotNullWhen(true)] out FilePath? path, [NotNullWhen(false)] out Refusal? refusal)
    {
        if (Raw(context) is { } raw)
        {
            return FilePath.TryParseTarget(raw, limits, out path, out refusal);
        }

        path = null;
        refusal = Refusal.Field("path", "must follow '/files/' spelled without escapes", ErrorCodes.PathEncoded);
        return false;
    }

    /// <summary>The address of a file.</summary>
    public static string Location(string projectId, string path) =>
        $"{Projects}{projectId}{Files}{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}";
}
