using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace Actors.Grains.Secrets;

/// <summary>
/// The installation's keys: one seals, all open. From configuration, or from a file in the data folder that only the
/// server's user may read, with a key in base 64 on each line, the sealing one first.
/// </summary>
internal sealed class SecretKeys
{
    public const int KeyBytes = 32;

    private const string FileName = "secrets.key";

    private readonly FrozenDictionary<string, byte[]> _byId;

    private SecretKeys(IReadOnlyList<byte[]> keys)
    {
        CurrentId = IdOf(keys[0]);
        _byId = keys.DistinctBy(IdOf).ToFrozenDictionary(IdOf, StringComparer.Ordinal);
    }

    /// <summary>The key that seals.</summary>
    public string CurrentId { get; }

    public static SecretKeys Load(SecretOptions options, string dataFolder)
    {
        var previous = options.PreviousKeys.Select(key => Decode(key)!);
        if (options.Key.Length > 0)
            return new SecretKeys([Decode(options.Key)!, .. previous]);

        Directory.CreateDirectory(dataFolder);
        var path = Path.Combine(dataFolder, FileName);
        return new SecretKeys([.. File.Exists(path) ? Read(path) : Create(path), .. previous]);
    }

    /// <summary>Null when the text is no key.</summary>
    public static byte[]? Decode(string text)
    {
        var key = new byte[KeyBytes];
        return Convert.TryFromBase64String(text.Trim(), key, out var length) && length == KeyBytes ? key : null;
    }

    public byte[]? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Tells keys apart without telling anything of them.</summary>
    private static string IdOf(byte[] key) => Convert.ToHexStringLower(SHA256.HashData([.. "actors-secrets-key"u8, .. key]).AsSpan(0, 4));

    private static byte[][] Create(string path)
    {
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        var temporary = $"{path}.{Environment.ProcessId}";
        var creation = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            creation.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        using (var file = new FileStream(temporary, creation))
        {
            file.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(key) + "\n"));
            file.Flush(flushToDisk: true);
        }

        try
        {
            // Written aside and moved: a crash leaves no half key, and of two servers that start at once one wins.
            File.Move(temporary, path, overwrite: false);
            return [key];
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary);
            return Read(path);
        }
    }

    private static byte[][] Read(string path)
    {
        var lines = File.ReadAllLines(path).Where(line => line.Trim().Length > 0).ToArray();
        var keys = lines.Select(Decode).OfType<byte[]>().ToArray();
        return keys.Length > 0 && keys.Length == lines.Length
            ? keys
            : throw new InvalidOperationException($"{path} must hold keys of {KeyBytes} bytes in base 64, one on each line. Restore it: without it no secret can be opened.");
    }
}
