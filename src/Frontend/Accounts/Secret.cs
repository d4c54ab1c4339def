using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Actors.Frontend.Http;

namespace Actors.Frontend.Accounts;

/// <summary>Secrets that are shown once: made here, and known to the server's side by their hashes only.</summary>
internal static class Secret
{
    /// <summary>Characters of a secret of the usual size.</summary>
    public const int Length = 43;

    /// <summary>More than any secret has.</summary>
    public const int MaximumLength = 256;

    private const int Bytes = 32;

    /// <summary>A new secret, base64url.</summary>
    public static string Create(int bytes = Bytes) => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes));

    /// <summary>A new secret that a repeat of the request under its <c>Idempotency-Key</c> draws again.</summary>
    public static string Create(Identifiers identifiers)
    {
        var bytes = new byte[Bytes];
        identifiers.Fill(bytes);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>SHA-256, base64url. Secrets are long and random, so a fast hash is enough to make a stolen database useless.</summary>
    public static string Hash(string secret) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
