using System.Security.Cryptography;
using System.Text;

namespace Actors.Frontend.Accounts;

/// <summary>The secret that signs access tokens: from configuration, or kept in the data folder, readable by the server's user alone.</summary>
internal static class SigningKey
{
    private const string FileName = "signing.key";
    private const int Bytes = 32;

    public static byte[] Load(TokenOptions options, string dataFolder)
    {
        if (options.SigningKey.Length > 0)
            return Encoding.UTF8.GetBytes(options.SigningKey);

        Directory.CreateDirectory(dataFolder);
        var path = Path.Combine(dataFolder, FileName);
        return File.Exists(path) ? Read(path) : Create(path);
    }

    private static byte[] Create(string path)
    {
        var key = RandomNumberGenerator.GetBytes(Bytes);
        var temporary = $"{path}.{Environment.ProcessId}";
        var creation = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            creation.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        using (var file = new FileStream(temporary, creation))
        {
            file.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(key)));
            file.Flush(flushToDisk: true);
        }

        try
        {
            // Written aside and moved: a crash leaves no half key, and of two servers that start at once one wins.
            File.Move(temporary, path, overwrite: false);
            return key;
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary);
            return Read(path);
        }
    }

    private static byte[] Read(string path)
    {
        var key = new byte[Bytes];
        return Convert.TryFromBase64String(File.ReadAllText(path).Trim(), key, out var length) && length == Bytes
            ? key
            : throw new InvalidOperationException($"{path} holds no key of {Bytes} bytes in base 64. Restore it, or delete it: every session then ends.");
    }
}
