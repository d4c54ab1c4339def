using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Actors.Domain;
using Actors.Frontend.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace Actors.Frontend.Http;

/// <summary>One bucket per account or address for the whole interface; pages, documentation and probes are free.</summary>
internal static class RateLimiting
{
    /// <summary>Tokens come in small steps, so that a bucket that ran dry admits the next request soon and not a minute later.</summary>
    private const int StepsPerMinute = 60;

    public static void Configure(RateLimiterOptions options, RateLimits limits)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = static async (rejected, _) =>
        {
            var retryAfter = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1);
            await Problem.WriteAsync(
                rejected.HttpContext,
                new Refusal(ErrorCodes.RateLimited, "too many requests: wait for the time in Retry-After", Retryable: true),
                retryAfter);
        };
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => Partition(context, limits));
    }

    private static RateLimitPartition<string> Partition(HttpContext context, RateLimits limits)
    {
        if (!limits.Enabled || !ApiPaths.IsApi(context.Request.Path) || ApiPaths.IsHealth(context.Request.Path))
            return RateLimitPartition.GetNoLimiter("");

        return context.User.TryGetCaller() is { } caller
            ? RateLimitPartition.GetTokenBucketLimiter(caller.AccountId, _ => Bucket(limits.AuthenticatedPerMinute))
            : RateLimitPartition.GetTokenBucketLimiter(Network(context.Connection.RemoteIpAddress), _ => Bucket(limits.AnonymousPerMinute));
    }

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
