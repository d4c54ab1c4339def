namespace Actors.Components.Services;

/// <summary>
/// Requests to other servers, under the installation's address rules: private, link-local and metadata addresses are
/// refused unless allowed, at each redirect and for the address that is really connected to.
/// </summary>
public interface IOutboundHttp
{
    /// <summary>Sends once, without retries: the node's attempts are the one retry loop.</summary>
    /// <exception cref="ComponentException">The address is refused (<c>address_refused</c>, not retryable), the server cannot be reached, or the answer is too large.</exception>
    ValueTask<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken);
}
