namespace Actors.Frontend.Http;

/// <summary>Section <c>Http</c>.</summary>
public sealed class HttpLimits
{
    public const string Section = "Http";

    /// <summary>Largest body in bytes, unless an address says otherwise. Default 1 MiB.</summary>
    public long MaximumBodyBytes { get; set; } = 1024 * 1024;

    /// <summary>Deepest nesting of JSON in a body. Default 64.</summary>
    public int MaximumJsonDepth { get; set; } = 64;

    /// <summary>The rules that are broken, each naming the option and its value.</summary>
    public IEnumerable<string> Validate()
    {
        if (MaximumBodyBytes is < 1024 or > 1L << 30)
            yield return $"{Section}:{nameof(MaximumBodyBytes)} is {MaximumBodyBytes}; it must be from 1024 to {1L << 30}.";

        if (MaximumJsonDepth is < 8 or > 1000)
            yield return $"{Section}:{nameof(MaximumJsonDepth)} is {MaximumJsonDepth}; it must be from 8 to 1000.";
    }
}

/// <summary>Section <c>RateLimits</c>: token buckets, one per account and, for those who are not logged in, one per address.</summary>
public sealed class RateLimits
{
    public const string Section = "RateLimits";

    /// <summary>False for load tests. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Requests a minute from one address (IPv6: one /64) without a valid token. Default 60.</summary>
    public int AnonymousPerMinute { get; set; } = 60;

    /// <summary>Requests a minute from one account. Default 600.</summary>
    public int AuthenticatedPerMinute { get; set; } = 600;

    /// <summary>The rules that are broken, each naming the option and its value.</summary>
    public IEnumerable<string> Validate()
    {
        if (AnonymousPerMinute is < 1 or > 1_000_000)
            yield return $"{Section}:{nameof(AnonymousPerMinute)} is {AnonymousPerMinute}; it must be from 1 to 1000000.";

        if (AuthenticatedPerMinute is < 1 or > 1_000_000)
            yield return $"{Section}:{nameof(AuthenticatedPerMinute)} is {AuthenticatedPerMinute}; it must be from 1 to 1000000.";
    }
}
