using Actors.Frontend.Pages;
using Microsoft.AspNetCore.Http;

namespace Actors.Frontend.Http;

/// <summary>
/// Addresses that hold a secret: an invitation's, a password reset's and a webhook's. Whoever reads what is written down of a request, in
/// traces, logs and the audit log, must not be able to use them.
/// </summary>
internal static class SecretPaths
{
    private const string Hidden = "/***";

    /// <summary>What a secret follows.</summary>
    private static readonly PathString[] Before = [$"{ApiPaths.Root}/invitations", $"{ApiPaths.Root}/hooks", PageLinks.Invitations, PageLinks.ResetPassword];

    private static readonly string[] Parameters = ["token", "hookToken"];

    /// <summary>Whether this parameter of a route is a secret.</summary>
    public static bool IsSecret(string parameter) => Parameters.Contains(parameter, StringComparer.Ordinal);

    /// <summary>The path without the secret.</summary>
    public static string Redact(PathString path)
    {
        foreach (var prefix in Before)
        {
            if (path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase, out var matched, out var rest) && rest.Value is { Length: > 1 } secret)
            {
                var end = secret.IndexOf('/', 1);
                return matched + Hidden + (end < 0 ? "" : secret[end..]);
            }
        }

        return path.Value ?? "";
    }
}
