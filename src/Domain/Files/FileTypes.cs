using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace Actors.Domain.Files;

/// <summary>What a file is, by its name and its first bytes, where whoever wrote it does not say.</summary>
public static class FileTypes
{
    public const string Unknown = "application/octet-stream";
    public const string PlainText = "text/plain";
    public const int MaximumContentTypeLength = 255;
    public const int MaximumLanguageLength = 64;

    private const int SniffedBytes = 8_192;

    private static readonly SearchValues<byte> Binary =
        SearchValues.Create([0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 28, 29, 30, 31, 127]);

    private static readonly FrozenDictionary<string, (string ContentType, string? Language)> Extensions =
        new Dictionary<string, (string, string?)>(StringComparer.OrdinalIgnoreCase)
        {
            [".html"] = ("text/html", "html"), [".htm"] = ("text/html", "html"), [".css"] = ("text/css", "css"),
            [".js"] = ("text/javascript", "javascript"), [".mjs"] = ("text/javascript", "javascript"), [".cjs"] = ("text/javascript", "javascript"),
            [".jsx"] = ("text/javascript", "javascriptreact"), [".ts"] = ("text/x-typescript", "typescript"), [".tsx"] = ("text/x-typescript", "typescriptreact"),
            [".json"] = ("application/json", "json"), [".map"] = ("application/json", "json"), [".xml"] = ("application/xml", "xml"),
            [".svg"] = ("image/svg+xml", "xml"), [".md"] = ("text/markdown", "markdown"), [".txt"] = (PlainText, null), [".log"] = (PlainText, null),
            [".csv"] = ("text/csv", null), [".tsv"] = ("text/tab-separated-values", null),
            [".yml"] = ("application/yaml", "yaml"), [".yaml"] = ("application/yaml", "yaml"), [".toml"] = ("application/toml", "toml"), [".ini"] = (PlainText, "ini"),
            [".cs"] = (PlainText, "csharp"), [".fs"] = (PlainText, "fsharp"), [".py"] = (PlainText, "python"), [".java"] = (PlainText, "java"),
            [".kt"] = (PlainText, "kotlin"), [".go"] = (PlainText, "go"), [".rs"] = (PlainText, "rust"), [".rb"] = (PlainText, "ruby"),
            [".php"] = (PlainText, "php"), [".c"] = (PlainText, "c"), [".h"] = (PlainText, "c"), [".cpp"] = (PlainText, "cpp"), [".swift"] = (PlainText, "swift"),
            [".sh"] = (PlainText, "shellscript"), [".ps1"] = (PlainText, "powershell"), [".sql"] = ("application/sql", "sql"),
            [".vue"] = (PlainText, "vue"), [".svelte"] = (PlainText, "svelte"), [".scss"] = (PlainText, "scss"), [".less"] = (PlainText, "less"),
            [".graphql"] = (PlainText, "graphql"), [".dart"] = (PlainText, "dart"),
            [".png"] = ("image/png", null), [".jpg"] = ("image/jpeg", null), [".jpeg"] = ("image/jpeg", null), [".gif"] = ("image/gif", null),
            [".webp"] = ("image/webp", null), [".avif"] = ("image/avif", null), [".ico"] = ("image/x-icon", null), [".bmp"] = ("image/bmp", null),
            [".pdf"] = ("application/pdf", null), [".zip"] = ("application/zip", null), [".gz"] = ("application/gzip", null), [".wasm"] = ("application/wasm", null),
            [".woff"] = ("font/woff", null), [".woff2"] = ("font/woff2", null), [".ttf"] = ("font/ttf", null), [".otf"] = ("font/otf", null),
            [".mp3"] = ("audio/mpeg", null), [".wav"] = ("audio/wav", null), [".ogg"] = ("audio/ogg", null), [".mp4"] = ("video/mp4", null), [".webm"] = ("video/webm", null),
        }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly (byte[] Start, string ContentType)[] Starts =
    [
        ([0x89, (byte)'P', (byte)'N', (byte)'G'], "image/png"), ([0xFF, 0xD8, 0xFF], "image/jpeg"), ("GIF8"u8.ToArray(), "image/gif"),
        ("%PDF-"u8.ToArray(), "application/pdf"), ([(byte)'P', (byte)'K', 3, 4], "application/zip"), ([0x1F, 0x8B], "application/gzip"),
    ];

    /// <summary>The content type by extension, else by content.</summary>
    public static string ContentTypeOf(string name, ReadOnlySpan<byte> content) =>
        Extensions.TryGetValue(Extension(name), out var known) ? known.ContentType : Sniff(content);

    /// <summary>The language that an editor should show a file in; null when there is none.</summary>
    public static string? LanguageOf(string name) =>
        Extensions.TryGetValue(Extension(name), out var known) ? known.Language
            : name.Equals("Dockerfile", StringComparison.OrdinalIgnoreCase) ? "dockerfile"
            : name.Equals("Makefile", StringComparison.OrdinalIgnoreCase) ? "makefile"
            : null;

    /// <summary>What the first bytes look like: a known binary format, text, or neither.</summary>
    public static string Sniff(ReadOnlySpan<byte> content)
    {
        foreach (var (start, contentType) in Starts)
        {
            if (content.StartsWith(start))
            {
                return contentType;
            }
        }

        return IsText(content) ? PlainText : Unknown;
    }

    /// <summary>Whether the first bytes are UTF-8 without control characters that text does not have.</summary>
    public static bool IsText(ReadOnlySpan<byte> content)
    {
        var start = content[..Math.Min(content.Length, SniffedBytes)];
        if (start.IndexOfAny(Binary) >= 0)
        {
            return false;
        }

        while (start.Length > 0)
        {
            var status = Rune.DecodeFromUtf8(start, out _, out var consumed);
            if (status != OperationStatus.Done)
            {
                // Only where the sniffed part cuts a character in two.
                return status == OperationStatus.NeedMoreData && content.Length > SniffedBytes;
            }

            start = start[consumed..];
        }

        return true;
    }

    private static string Extension(string name)
    {
        var dot = name.LastIndexOf('.');
        return dot < 0 ? "" : name[dot..];
    }
}
