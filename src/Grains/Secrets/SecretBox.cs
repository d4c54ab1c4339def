using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Actors.Grains.Secrets;

/// <summary>
/// Seals short texts with AES-256-GCM. A sealed text is <c>v1.{key id}.{base64url of nonce, tag and cipher text}</c>. It
/// opens only for the context that it was sealed for, so that a sealed value which is moved to another project or name
/// does not open there.
/// </summary>
internal sealed class SecretBox(SecretKeys keys)
{
    private const string Version = "v1";
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>Whether the key that seals now sealed this.</summary>
    public bool IsCurrent(string sealedText) => sealedText.StartsWith($"{Version}.{keys.CurrentId}.", StringComparison.Ordinal);

    /// <param name="context">What the text belongs to; the same is needed to open it.</param>
    public string Seal(string context, string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var envelope = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = envelope.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(keys.Find(keys.CurrentId)!, TagBytes);
        cipher.Encrypt(nonce, plain, envelope.AsSpan(NonceBytes + TagBytes), envelope.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(context));
        CryptographicOperations.ZeroMemory(plain);
        return $"{Version}.{keys.CurrentId}.{Base64Url.EncodeToString(envelope)}";
    }

    /// <exception cref="SecretKeyMissingException">The installation has not the key (any more) that sealed it, or it was sealed for another context or changed.</exception>
    public string Open(string context, string sealedText)
    {
        var parts = sealedText.Split('.');
        if (parts.Length != 3 || parts[0] != Version || keys.Find(parts[1]) is not { } key)
            throw new SecretKeyMissingException();

        try
        {
            var envelope = Base64Url.DecodeFromChars(parts[2]);
            var plain = new byte[envelope.Length - NonceBytes - TagBytes];
            using var cipher = new AesGcm(key, TagBytes);
            cipher.Decrypt(
                envelope.AsSpan(0, NonceBytes),
                envelope.AsSpan(NonceBytes + TagBytes),
                envelope.AsSpan(NonceBytes, TagBytes),
                plain,
                Encoding.UTF8.GetBytes(context));
            return Encoding.UTF8.GetString(plain);
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or OverflowException)
        {
            throw new SecretKeyMissingException(exception);
        }
    }
}

/// <summary>A sealed text cannot be opened: its key is not among the installation's keys, or it is not what was sealed.</summary>
public sealed class SecretKeyMissingException : Exception
{
    private const string Text = "A secret cannot be opened: the key that sealed it is not among the installation's keys (Secrets:Key, Secrets:PreviousKeys or secrets.key).";

    public SecretKeyMissingException()
        : base(Text)
    {
    }

    public SecretKeyMissingException(string message)
        : base(message)
    {
    }

    public SecretKeyMissingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public SecretKeyMissingException(Exception innerException)
        : base(Text, innerException)
    {
    }
}
