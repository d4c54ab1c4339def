using System.Collections.Frozen;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using Actors.Components;
using Actors.Components.Services;
using Actors.Domain;

namespace Actors.Grains.Outbound;

/// <inheritdoc cref="IOutboundHttp"/>
/// <remarks>
/// What always holds: no byte is sent to an address that the rules did not let pass, by whatever name or redirect it was
/// reached; nothing of the process's own surroundings (proxies, cookies, credentials, trace headers) leaves with a
/// request; and what was sent to one origin is not sent to another but for a few harmless headers.
/// </remarks>
internal sealed class OutboundHttp : IOutboundHttp, IDisposable
{
    /// <summary>Any other header may be a credential, whatever it is called.</summary>
    private static readonly FrozenSet<string> Harmless = new[] { "Accept", "Accept-Language", "User-Agent", "Idempotency-Key" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private readonly OutboundOptions _options;
    private readonly HttpMessageInvoker _invoker;

    public OutboundHttp(OutboundOptions options, IHostResolver resolver)
    {
        _options = options;
        _invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = new CheckedConnector(new TargetRules(options), resolver).ConnectAsync,
            ConnectTimeout = options.ConnectTimeout,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false,
            Credentials = null,
            ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
            MaxConnectionsPerServer = 64,
            MaxResponseHeadersLength = 64,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        });
    }

    public async ValueTask<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = await BufferAsync(request, cancellationToken);
        var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(_options.Timeout);
        try
        {
            var response = await FollowAsync(request, body, deadline.Token);
            response.Content = Bound(response.Content, deadline);
            return response;
        }
        catch (Exception exception)
        {
            var late = deadline.IsCancellationRequested;
            deadline.Dispose();
            throw exception switch
            {
                _ when FindRefusal(exception) is { } refusal => refusal,

                // The handler wraps what ended it while it connected, so the tokens say more than the exception's type.
                _ when cancellationToken.IsCancellationRequested => new OperationCanceledException(exception.Message, exception, cancellationToken),
                _ when late => OutboundErrors.TimedOut(),
                _ => OutboundErrors.Unreachable(exception),
            };
        }
    }

    public void Dispose() => _invoker.Dispose();

    private async Task<HttpResponseMessage> FollowAsync(HttpRequestMessage request, byte[]? body, CancellationToken cancellationToken)
    {
        var (uri, method, sameOrigin) = (request.RequestUri, request.Method, true);
        for (var redirects = 0; ; redirects++)
        {
            TargetRules.CheckRequest(uri);
            using var hop = Copy(request, uri!, method, body, sameOrigin);
            var response = await _invoker.SendAsync(hop, cancellationToken);
            if (Redirection(response, uri!) is not { } target)
                return response;

            var status = response.StatusCode;
            response.Dispose();
            if (redirects == _options.MaximumRedirects)
                throw new ComponentException(ErrorCodes.TooManyRedirects, $"The server redirects more than {_options.MaximumRedirects} times.", retryable: false);

            if (uri!.Scheme == Uri.UriSchemeHttps && target.Scheme != Uri.UriSchemeHttps)
                throw new ComponentException(ErrorCodes.AddressRefused, "The server redirects from https to http.", retryable: false);

            // As browsers do: a 303, and a POST that meets a 301 or 302, go on as a GET without body.
            if ((status == HttpStatusCode.SeeOther && method != HttpMethod.Head)
                || (status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found && method == HttpMethod.Post))
            {
                (method, body) = (HttpMethod.Get, null);
            }

            sameOrigin = sameOrigin && IsSameOrigin(uri, target);
            uri = target;
        }
    }

    private static Uri? Redirection(HttpResponseMessage response, Uri from) =>
        response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
        && response.Headers.Location is { } location
            ? new Uri(from, location)
            : null;

    private static bool IsSameOrigin(Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Port == other.Port && string.Equals(one.IdnHost, other.IdnHost, StringComparison.OrdinalIgnoreCase);

    private static HttpRequestMessage Copy(HttpRequestMessage request, Uri uri, HttpMethod method, byte[]? body, bool sameOrigin)
    {
        // HTTP/3 would not go through the connector, so it is not to be asked for.
        var copy = new HttpRequestMessage(method, uri) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        foreach (var header in request.Headers.NonValidated)
        {
            if (!IsHop(header.Key) && (sameOrigin || Harmless.Contains(header.Key)))
                copy.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        if (body is null)
            return copy;

        copy.Content = new ByteArrayContent(body);
        foreach (var header in request.Content!.Headers.NonValidated)
        {
            if (!header.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
                copy.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        return copy;
    }

    /// <summary>Headers that belong to the connection or say where the request goes: they follow from the address alone.</summary>
    private static bool IsHop(string name) =>
        name.Equals("Host", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Connection", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Upgrade", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("Proxy-", StringComparison.OrdinalIgnoreCase);

    private async Task<byte[]?> BufferAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is null)
            return null;

        try
        {
            await request.Content.LoadIntoBufferAsync(_options.MaximumRequestBytes, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new ComponentException(
                ErrorCodes.RequestTooLarge, $"The request has more than {_options.MaximumRequestBytes} bytes (Outbound:{nameof(OutboundOptions.MaximumRequestBytes)}).", retryable: false, exception);
        }

        return await request.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    private BoundedContent Bound(HttpContent content, CancellationTokenSource deadline)
    {
        if (content.Headers.ContentLength > _options.MaximumResponseBytes)
        {
            content.Dispose();
            throw OutboundErrors.TooLarge(_options.MaximumResponseBytes);
        }

        return new BoundedContent(content, _options.MaximumResponseBytes, deadline);
    }

    /// <summary>The connector's refusal, which the handler wraps.</summary>
    private static ComponentException? FindRefusal(Exception? exception)
    {
        while (exception is not null and not ComponentException)
            exception = exception.InnerException;

        return exception as ComponentException;
    }
}
