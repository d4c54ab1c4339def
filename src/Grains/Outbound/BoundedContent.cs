using System.Net;
using Actors.Components;
using Actors.Domain;

namespace Actors.Grains.Outbound;

/// <summary>
/// An answer's body that ends with an error when it is longer or slower than it may be, whatever its headers promised.
/// </summary>
internal sealed class BoundedContent : HttpContent
{
    private readonly HttpContent _inner;
    private readonly long _maximum;
    private readonly CancellationTokenSource _deadline;

    /// <param name="inner">Owned from now on.</param>
    /// <param name="deadline">Cancelled when the exchange has taken too long. Owned from now on.</param>
    public BoundedContent(HttpContent inner, long maximum, CancellationTokenSource deadline)
    {
        (_inner, _maximum, _deadline) = (inner, maximum, deadline);
        foreach (var header in inner.Headers.NonValidated)
            Headers.TryAddWithoutValidation(header.Key, header.Value);
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await using var body = await CreateContentReadStreamAsync();
        await body.CopyToAsync(stream);
    }

    protected override async Task<Stream> CreateContentReadStreamAsync() => new BoundedStream(await _inner.ReadAsStreamAsync(_deadline.Token), _maximum, _deadline.Token);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
            _deadline.Dispose();
        }

        base.Dispose(disposing);
    }

    private sealed class BoundedStream(Stream inner, long maximum, CancellationToken deadline) : Stream
    {
        private long _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _read;
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline, cancellationToken);
            try
            {
                var read = await inner.ReadAsync(buffer, both.Token);
                _read += read;
                return _read <= maximum ? read : throw OutboundErrors.TooLarge(maximum);
            }
            catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw OutboundErrors.TimedOut();
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                throw OutboundErrors.Unreachable(exception);
            }
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read it asynchronously.");

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();

            base.Dispose(disposing);
        }
    }
}

/// <summary>How an exchange fails, for the node's attempts and its <c>error</c> port.</summary>
internal static class OutboundErrors
{
    public static ComponentException TooLarge(long maximum) =>
        new(ErrorCodes.ResponseTooLarge, $"The answer has more than {maximum} bytes (Outbound:{nameof(OutboundOptions.MaximumResponseBytes)}).", retryable: false) { OutcomeUnknown = true };

    public static ComponentException TimedOut() => new(ErrorCodes.HttpTimeout, "The server took too long.") { OutcomeUnknown = true };

    /// <summary>Without the exception's text, which may name addresses inside. Where no connection came about nothing was asked.</summary>
    public static ComponentException Unreachable(Exception exception) => new(ErrorCodes.HttpUnreachable, "The server cannot be reached, or broke off.", innerException: exception)
    {
        OutcomeUnknown = exception is not HttpRequestException
        {
            HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError,
        },
    };
}
