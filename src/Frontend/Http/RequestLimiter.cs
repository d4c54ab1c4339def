using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Actors.Frontend.Accounts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Http;

/// <summary>
/// One bucket per account or address for the whole interface, and a smaller one per address, whoever asks, for whatever
/// takes a password or makes an account; documentation and probes are free.
/// </summary>
internal sealed class RequestLimiter : IDisposable
{
    /// <summary>Tokens come in small steps, so that a bucket that ran dry admits the next request soon and not a minute later.</summary>
    private const int StepsPerMinute = 60;

    private static readonly string[] CredentialPaths = ["/auth/login", "/auth/register", "/auth/password/reset"];

    private readonly RateLimits _limits;
    private readonly PartitionedRateLimiter<HttpContext> _requests;
    private readonly PartitionedRateLimiter<HttpContext> _credentials;

    public RequestLimiter(IOptions<RateLimits> limits)
    {
        _limits = limits.Value;
        _requests = PartitionedRateLimiter.Create<HttpContext, string>(Requests);
        _credentials = PartitionedRateLimiter.Create<HttpContext, string>(Credentials);
        All = PartitionedRateLimiter.CreateChained(_credentials, _requests);
    }

    /// <summary>Every limit of a request; the first that has run dry refuses it.</summary>
    public PartitionedRateLimiter<HttpContext> All { get; }

    /// <summary>Tells the caller the limit that is nearest, as the IETF's draft of RateLimit headers names things.</summary>
    public void WriteHeaders(HttpContext context)
    {
        if (!IsLimited(context))
            return;

        var perMinute = context.User.TryGetCaller() is null ? _limits.AnonymousPerMinute : _limits.AuthenticatedPerMinute;
        var left = _requests.GetStatistics(context)?.CurrentAvailablePermits ?? perMinute;
        if (TakesCredentials(context.Request) && _credentials.GetStatistics(context)?.CurrentAvailablePermits is { } attempts && attempts <= left)
            (perMinute, left) = (_limits.CredentialsPerMinute, attempts);

        var reset = (long)Math.Ceiling((perMinute - left) * 60.0 / perMinute);
        var headers = context.Response.Headers;
        headers["RateLimit-Limit"] = perMinute.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Remaining"] = left.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Reset"] = reset.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Policy"] = $"{perMinute.ToString(CultureInfo.InvariantCulture)};w=60";
    }

    public void Dispose()
    {
        All.Dispose();
        _requests.Dispose();
        _credentials.Dispose();
    }

    private RateLimitPartition<string> Requests(HttpContext context)
    {
        if (!IsLimited(context))
            return RateLimitPartition.GetNoLimiter("");

        return context.User.TryGetCaller() is { } caller
            ? RateLimitPartition.GetTokenBucketLimiter(caller.AccountId, _ => Bucket(_limits.AuthenticatedPerMinute))
            : RateLimitPartition.GetTokenBucketLimiter(Network(context.Connection.RemoteIpAddress), _ => Bucket(_limits.AnonymousPerMinute));
    }

    private RateLimitPartition<string> Credentials(HttpContext context) => IsLimited(context) && TakesCredentials(context.Request)
        ? RateLimitPartition.GetTokenBucketLimiter(Network(context.Connection.RemoteIpAddress), _ => Bucket(_limits.CredentialsPerMinute))
        : RateLimitPartition.GetNoLimiter("");

    private bool IsLimited(HttpContext context) =>
        _limits.Enabled
        && (ApiPaths.IsApi(context.Request.Path) || ApiPaths.IsLinkPage(context.Request.Path))
        && !ApiPaths.IsHealth(context.Request.Path);

    private static bool TakesCredentials(HttpRequest request) =>
        HttpMethods.IsPost(request.Method)
        && (ApiPaths.IsLinkPage(request.Path)
            || (request.Path.StartsWithSegments(ApiPaths.Root, out var rest) && CredentialPaths.Any(path => rest.Equals(path, StringComparison.OrdinalIgnoreCase))));

    private static TokenBucketRateLimiterOptions Bucket(int perMinute)
    {
        var step = Math.Max(1, perMinute / StepsPerMinute);
        return new TokenBucketRateLimiterOptions
        {
            TokenLimit = perMinute,
            TokensPerPeriod = step,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1) * step / perMinute,
            QueueLimit = 0,
            AutoReplenishment = true,
        };
    }

    /// <summary>Whoever has one IPv6 address has a whole /64 of them.</summary>
    private static string Network(IPAddress? address)
    {
        if (address is null)
            return "unknown";

        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4().ToString();

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }
}
