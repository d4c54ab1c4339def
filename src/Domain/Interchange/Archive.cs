using System.IO.Compression;
using System.Text;

namespace Actors.Domain.Interchange;

/// <summary>A zip that is the same for the same files: no clock, no machine.</summary>
internal sealed class Archive
{
    /// <summary>The first day that a zip can name.</summary>
    private static readonly DateTimeOffset Time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A plain file that its owner may write and everybody may read.</summary>
    private const int Mode = 0x81A4 << 16;

    private readonly List<(string Path, byte[] Content)> _files = [];

    public void Add(string path, string text) => Add(path, Encoding.UTF8.GetBytes(text));

    public void Add(string path, byte[] content) => _files.Add((path, content));

    public byte[] ToBytes()
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in _files.OrderBy(file => file.Path, StringComparer.Ordinal))
            {
                var entry = zip.CreateEntry(path, CompressionLevel.Optimal);
                entry.LastWriteTime = Time;
                entry.ExternalAttributes = Mode;
                using var stream = entry.Open();
                stream.Write(content);
            }
        }

        return buffer.ToArray();
    }
}
