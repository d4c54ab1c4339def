using Microsoft.AspNetCore.Http;

namespace Actors.Frontend.Http.Idempotency;

/// <summary>
/// Holds an answer back until it is kept. One that grows too large, or that is a stream of events, goes out as it comes and
/// is not kept.
/// </summary>
internal sealed class HeldBody(HttpResponse response, Stream client, int maximum) : Stream
{
    private readonly MemoryStream _held = new();

    /// <summary>It goes out as it comes.</summary>
    public bool IsPassing { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public byte[] ToArray() => _held.ToArray();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!IsPassing && (_held.Length + buffer.Length > maximum || IsEvents()))
            await PassAsync(cancellationToken);

        if (IsPassing)
            await client.WriteAsync(buffer, cancellationToken);
        else
            _held.Write(buffer.Span);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (!IsPassing && IsEvents())
            await PassAsync(cancellationToken);

        if (IsPassing)
            await client.FlushAsync(cancellationToken);
    }

    public override void Flush()
    {
        // What is held goes out when it is kept; what passes is flushed asynchronously.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Answers are written asynchronously.");

    private bool IsEvents() => response.ContentType?.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) == true;

    private async Task PassAsync(CancellationToken cancellationToken)
    {
        IsPassing = true;
        await client.WriteAsync(_held.ToArray(), cancellationToken);
        _held.SetLength(0);
    }
}
