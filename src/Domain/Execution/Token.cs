using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.Domain.Components;

namespace Actors.Domain.Execution;

/// <summary>
/// An immutable JSON value on its way through a network, held as UTF-8. Passing one on costs a reference; the text is
/// parsed when somebody asks for it, once.
/// </summary>
/// <remarks>Two threads may both parse a token that they share; either result will do.</remarks>
[JsonConverter(typeof(TokenConverter))]
public sealed class Token : IEquatable<Token>
{
    private static readonly JsonReaderOptions Reading = new() { MaxDepth = MaximumDepth };
    private ReadOnlyMemory<byte> _utf8;
    private Parsed? _parsed;

    private Token(ReadOnlyMemory<byte> utf8)
    {
        _utf8 = utf8;
        Size = utf8.Length;
    }

    private Token(string blobId, int size)
    {
        BlobId = blobId;
        Size = size;
    }

    /// <summary>The deepest nesting of objects and arrays in a token.</summary>
    public const int MaximumDepth = 64;

    public static Token Null { get; } = new("null"u8.ToArray());

    public static Token True { get; } = new("true"u8.ToArray());

    public static Token False { get; } = new("false"u8.ToArray());

    /// <summary>An object without members; what a signal carries.</summary>
    public static Token Empty { get; } = new("{}"u8.ToArray());

    /// <summary>The value as JSON text.</summary>
    public ReadOnlyMemory<byte> Utf8 => IsLoaded ? _utf8 : throw new InvalidOperationException($"The token {BlobId} is not loaded.");

    /// <summary>Bytes of the JSON text.</summary>
    public int Size { get; }

    /// <summary>The blob in which a large token is kept: journals and snapshots name it instead of the text. Null while it has none.</summary>
    public string? BlobId { get; private set; }

    /// <summary>False for a token that was read from a journal by its blob's name.</summary>
    public bool IsLoaded => _utf8.Length == Size;

    /// <summary>The value, parsed.</summary>
    public JsonElement Json
    {
        get
        {
            if (_parsed is not { } parsed)
            {
                _parsed = parsed = new Parsed(Parse(Utf8));
            }

            return parsed.Value;
        }
    }

    public static Token Of(bool value) => value ? True : False;

    public static Token Of(string value) => new(JsonSerializer.SerializeToUtf8Bytes(value, TokenJson.Default.String));

    public static Token Of(long value)
    {
        Span<byte> text = stackalloc byte[20];
        Utf8Formatter.TryFormat(value, text, out var written);
        return new Token(text[..written].ToArray());
    }

    /// <summary>A number; one that JSON has no text for (NaN, infinity) becomes <c>null</c>.</summary>
    public static Token Of(double value)
    {
        if (!double.IsFinite(value))
        {
            return Null;
        }

        return value == Math.Truncate(value) && Math.Abs(value) < 1e15
            ? Of((long)value)
            : new Token(Encoding.ASCII.GetBytes(value.ToString("R", CultureInfo.InvariantCulture)));
    }

    public static Token Of(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            return Null;
        }

        return new Token(JsonMarshal.GetRawUtf8Value(value).ToArray());
    }

    /// <summary>What <paramref name="write"/> writes: exactly one JSON value.</summary>
    public static Token Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return new Token(buffer.WrittenMemory);
    }

    /// <summary>A JSON array of tokens.</summary>
    public static Token List(IReadOnlyList<Token> items)
    {
        var length = Math.Max(2, items.Count + 1);
        foreach (var item in items)
        {
            length += item.Size;
        }

        var text = new byte[length];
        text[0] = (byte)'[';
        var position = 1;
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
            {
                text[position++] = (byte)',';
            }

            items[i].Utf8.Span.CopyTo(text.AsSpan(position));
            position += items[i].Size;
        }

        text[position] = (byte)']';
        return new Token(text);
    }

    /// <summary>Text that is known to be one JSON value, because this process wrote it or parsed it before. Not copied.</summary>
    public static Token Trusted(ReadOnlyMemory<byte> utf8) => new(utf8);

    /// <summary>A token by the name of its blob; <see cref="Load"/> must follow before anybody reads it.</summary>
    public static Token Stored(string blobId, int size) => new(blobId, size);

    /// <summary>Reads text from outside; false when it is no JSON value, or nested too deep.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> utf8, [NotNullWhen(true)] out Token? token)
    {
        try
        {
            var value = Parse(utf8);
            token = JsonText.IsReadable(value) ? new Token(utf8) { _parsed = new Parsed(value) } : null;
            return token is not null;
        }
        catch (JsonException)
        {
            token = null;
            return false;
        }
    }

    /// <summary>Whether two tokens have the same text; where one is not loaded, whether both have the same blob.</summary>
    public static bool SameText(Token one, Token other) => ReferenceEquals(one, other)
        || (one.Size == other.Size && (one.IsLoaded && other.IsLoaded ? one.Equals(other) : one.BlobId is not null && one.BlobId == other.BlobId));

    /// <summary>Gives a stored token its text.</summary>
    public void Load(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length != Size)
        {
            throw new ArgumentException($"The blob {BlobId} has {utf8.Length} bytes; the token has {Size}.", nameof(utf8));
        }

        _utf8 = utf8;
    }

    /// <summary>Forgets in which blob a loaded token is kept: whoever keeps it next stores it anew.</summary>
    public void Disown()
    {
        if (IsLoaded)
        {
            BlobId = null;
        }
    }

    /// <summary>The name of the blob in which this token is to be kept: a function of its text, so that equal ones share it.</summary>
    public string NameBlob() => BlobId ??= "token/" + Convert.ToHexStringLower(SHA256.HashData(Utf8.Span));

    /// <summary>The value's beginning for people: at most so many bytes of valid UTF-8, with an ellipsis when there is more.</summary>
    public string Preview(int maximumBytes = 256)
    {
        const string ellipsis = "…";
        if (Size <= maximumBytes)
        {
            return Encoding.UTF8.GetString(Utf8.Span);
        }

        var end = Math.Max(0, maximumBytes - Encoding.UTF8.GetByteCount(ellipsis));
        while (end > 0 && (Utf8.Span[end] & 0xC0) == 0x80)
        {
            end--;
        }

        return Encoding.UTF8.GetString(Utf8.Span[..end]) + ellipsis;
    }

    /// <summary>The same text. Equal values may be written differently: compare <see cref="Json"/> for that.</summary>
    public bool Equals(Token? other) => other is not null && (ReferenceEquals(this, other) || Utf8.Span.SequenceEqual(other.Utf8.Span));

    public override bool Equals(object? obj) => Equals(obj as Token);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Utf8.Span);
        return hash.ToHashCode();
    }

    public override string ToString() => Preview();

    private static JsonElement Parse(ReadOnlyMemory<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8.Span, Reading);
        var value = JsonElement.ParseValue(ref reader);
        return reader.Read() ? throw new JsonException("More than one value.") : value;
    }

    private sealed record Parsed(JsonElement Value);
}
