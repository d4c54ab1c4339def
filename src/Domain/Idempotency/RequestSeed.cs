using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Actors.Domain.Idempotency;

/// <summary>
/// What makes a repeated request the same request: everything that it would otherwise draw at random or from the clock
/// is a function of this. Secret, since secrets may be drawn from it.
/// </summary>
/// <param name="Secret">32 bytes.</param>
/// <param name="At">When the request first came; identifiers made from the seed carry this time.</param>
public sealed record RequestSeed(byte[] Secret, DateTimeOffset At)
{
    /// <summary>The key under which a seed travels with grain calls.</summary>
    public const string ContextKey = "RequestSeed";

    /// <summary>Bytes that are the same for the same purpose, and otherwise have nothing in common.</summary>
    public void Fill(string purpose, Span<byte> bytes) =>
        HKDF.Expand(HashAlgorithmName.SHA256, Secret, bytes, Encoding.UTF8.GetBytes(purpose));

    /// <summary>A version 7 UUID (RFC 9562) that is the same for the same purpose.</summary>
    public Guid CreateGuid(string purpose)
    {
        Span<byte> bytes = stackalloc byte[16];
        Fill(purpose, bytes);
        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, At.ToUnixTimeMilliseconds());
        time[2..].CopyTo(bytes);
        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The form in which a seed travels. A seed of its own: what a grain draws never equals what the edge drew.</summary>
    public string ForGrains()
    {
        Span<byte> secret = stackalloc byte[32];
        Fill("grains", secret);
        return string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexString(secret)}@{At.ToUnixTimeMilliseconds()}");
    }

    /// <summary>Null when the text is no seed.</summary>
    public static RequestSeed? Parse(string? text) =>
        text?.Split('@') is [{ Length: 64 } secret, var at]
        && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            ? new RequestSeed(Convert.FromHexString(secret), DateTimeOffset.FromUnixTimeMilliseconds(milliseconds))
            : null;
}
