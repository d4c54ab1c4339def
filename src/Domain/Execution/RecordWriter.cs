using System.Buffers.Binary;
using System.Text;

namespace Actors.Domain.Execution;

/// <summary>Numbers, texts and tokens as bytes: numbers in groups of seven bits, texts and tokens with their length before them.</summary>
public sealed class RecordWriter
{
    /// <summary>Bytes from which a token is kept as a blob of its own.</summary>
    public const int LargeToken = 32 * 1024;

    private byte[] _buffer = new byte[256];

    public int Length { get; private set; }

    /// <summary>Tokens that are named by their blobs in what was written, and that must be stored before it is.</summary>
    public List<Token> Large { get; } = [];

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    public byte[] Take()
    {
        var taken = _buffer.AsSpan(0, Length).ToArray();
        Length = 0;
        return taken;
    }

    public void Byte(byte value)
    {
        Reserve(1);
        _buffer[Length++] = value;
    }

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void Number(long value)
    {
        Reserve(10);
        var rest = (ulong)value;
        while (rest >= 0x80)
        {
            _buffer[Length++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        _buffer[Length++] = (byte)rest;
    }

    public void Fixed(long value)
    {
        Reserve(8);
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.AsSpan(Length), value);
        Length += 8;
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Number(value.Length);
        Reserve(value.Length);
        value.CopyTo(_buffer.AsSpan(Length));
        Length += value.Length;
    }

    public void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Number(length);
        Reserve(length);
        Length += Encoding.UTF8.GetBytes(value, _buffer.AsSpan(Length));
    }

    /// <summary>A token by its text, or by its blob when it is large. The first number is the length and one bit for which.</summary>
    public void Token(Token token)
    {
        if (token.Size > LargeToken || !token.IsLoaded)
        {
            if (token.BlobId is null)
            {
                token.NameBlob();
                Large.Add(token);
            }

            Number(((long)token.Size << 1) | 1);
            Text(token.BlobId!);
            return;
        }

        Number((long)token.Size << 1);
        Reserve(token.Size);
        token.Utf8.Span.CopyTo(_buffer.AsSpan(Length));
        Length += token.Size;
    }

    private void Reserve(int more)
    {
        if (_buffer.Length - Length < more)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + more));
        }
    }
}

/// <summary>Reads what <see cref="RecordWriter"/> wrote. Broken bytes throw <see cref="InvalidDataException"/>.</summary>
public ref struct RecordReader(ReadOnlyMemory<byte> source)
{
    private readonly ReadOnlyMemory<byte> _source = source;
    private int _position;

    public readonly bool IsAtEnd => _position >= _source.Length;

    public byte Byte()
    {
        var value = Take(1).Span[0];
        return value;
    }

    public bool Flag() => Byte() != 0;

    public long Number()
    {
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return (long)value;
            }
        }

        throw new InvalidDataException("A number of a run's journal does not end.");
    }

    public int Count()
    {
        var count = Number();
        return count is >= 0 and <= int.MaxValue ? (int)count : throw new InvalidDataException($"A run's journal has a count of {count}.");
    }

    public long Fixed() => BinaryPrimitives.ReadInt64LittleEndian(Take(8).Span);

    public ReadOnlyMemory<byte> Bytes() => Take(Count());

    public string Text() => Encoding.UTF8.GetString(Take(Count()).Span);

    public Token Token()
    {
        var head = Number();
        var size = (int)(head >> 1);
        return (head & 1) != 0 ? Execution.Token.Stored(Text(), size) : Execution.Token.Trusted(Take(size).ToArray());
    }

    private ReadOnlyMemory<byte> Take(int length)
    {
        if (length < 0 || length > _source.Length - _position)
        {
            throw new InvalidDataException("A run's journal ends in the middle of a record.");
        }

        var taken = _source.Slice(_position, length);
        _position += length;
        return taken;
    }
}
