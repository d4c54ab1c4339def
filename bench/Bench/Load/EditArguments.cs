using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Actors.Bench.Load;

/// <summary>Writes the arguments of <c>Submit</c> for one edit, into a buffer that is used again.</summary>
internal sealed class EditArguments(string designId)
{
    private readonly ArrayBufferWriter<byte> _buffer = new(512);
    private readonly byte[] _head = Encoding.UTF8.GetBytes($"[\"{designId}\",{{\"batchId\":\"");

    public ReadOnlySpan<byte> Write(int node, double x, double y)
    {
        _buffer.ResetWrittenCount();
        _buffer.Write(_head);
        Guid.NewGuid().TryFormat(_buffer.GetSpan(36), out var written);
        _buffer.Advance(written);
        _buffer.Write("\",\"baseRevision\":0,\"operations\":[{\"op\":\"node.set\",\"id\":\"n"u8);
        Number(node);
        _buffer.Write("\",\"patch\":{\"x\":"u8);
        Number((long)x);
        _buffer.Write(",\"y\":"u8);
        Number((long)y);
        _buffer.Write("}}]}]"u8);
        return _buffer.WrittenSpan;
    }

    private void Number(long value)
    {
        value.TryFormat(_buffer.GetSpan(20), out var written);
        _buffer.Advance(written);
    }
}
