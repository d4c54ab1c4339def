using System.IO.Compression;

namespace Actors.Frontend.Tests.Roles;

public sealed partial class Scene
{
    /// <summary>The path of a file with one version.</summary>
    public Task<string> FileAsync() => OnceAsync("file", async () =>
    {
        await AsOwnerAsync("POST", $"/api/v1/projects/{await ProjectAsync()}/files", """{"path":"notes.txt","content":"Hello"}""");
        return "notes.txt";
    });

    /// <summary>A zip archive with one file.</summary>
    public static byte[] Archive()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("docs/readme.txt").Open();
            entry.Write("Hello"u8);
        }

        return bytes.ToArray();
    }
}
