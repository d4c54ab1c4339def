using System.Security.Cryptography;
using System.Text;
using Actors.Domain.Idempotency;

namespace Actors.Frontend.Http.Idempotency;

/// <summary>
/// An <c>Idempotency-Key</c> and what follows from it. The key itself is never stored: what is stored under it can be read,
/// or told from another request, only by whoever brings it again.
/// </summary>
internal sealed class ClientKey(string accountId, string text)
{
    public const int MaximumLength = 255;
    public const int NonceBytes = 32;

    private const int TagBytes = 16;
    private const int IvBytes = 12;

    private readonly byte[] _secret = HKDF.Extract(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(accountId));

    /// <summary>Names the key where it is stored.</summary>
    public string Hash { get; } = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{accountId}\n{text}")));

    /// <summary>Visible characters of ASCII, so that the same key is the same bytes wherever it passes.</summary>
    public static bool IsValid(string text) => text.Length is > 0 and <= MaximumLength && !text.AsSpan().ContainsAnyExceptInRange('!', '~');

    /// <summary>Tells the request from any other, and tells nothing of its body to who does not have the key.</summary>
    public async Task<byte[]> FingerprintAsync(string head, Stream body, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Derive("fingerprint", []));
        hash.AppendData(Encoding.UTF8.GetBytes(head));
        hash.AppendData([0]);
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0)
            hash.AppendData(buffer, 0, read);

        return hash.GetHashAndReset();
    }

    public RequestSeed Seed(byte[] nonce, DateTimeOffset at) => new(Derive("seed", nonce), at);

    public byte[] Seal(byte[] nonce, byte[] answer)
    {
        var result = new byte[IvBytes + TagBytes + answer.Length];
        RandomNumberGenerator.Fill(result.AsSpan(0, IvBytes));
        using var cipher = new AesGcm(Derive("answer", nonce), TagBytes);
        cipher.Encrypt(result.AsSpan(0, IvBytes), answer, result.AsSpan(IvBytes + TagBytes), result.AsSpan(IvBytes, TagBytes));
        return result;
    }

    public byte[] Open(byte[] nonce, byte[] answer)
    {
        var result = new byte[answer.Length - IvBytes - TagBytes];
        using var cipher = new AesGcm(Derive("answer", nonce), TagBytes);
        cipher.Decrypt(answer.AsSpan(0, IvBytes), answer.AsSpan(IvBytes + TagBytes), answer.AsSpan(IvBytes, TagBytes), result);
        return result;
    }

    private byte[] Derive(string purpose, byte[] nonce) =>
        HKDF.Expand(HashAlgorithmName.SHA256, _secret, 32, [.. Encoding.UTF8.GetBytes(purpose), 0, .. nonce]);
}
