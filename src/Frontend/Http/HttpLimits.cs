namespace Actors.Frontend.Http;

/// <summary>Section <c>Http</c>.</summary>
public sealed class HttpLimits
{
    public const string Section = "Http";

    /// <summary>Largest body in bytes, unless an address says otherwise. Default 1 MiB.</summary>
    public long MaximumBodyBytes { get; set; } = 1024 * 1024;

    /// <summary>Deepest nesting of JSON in a body. Default 64.</summary>
    public int MaximumJsonDepth { get; set; } = 64;

    /// <summary>A body that comes more slowly, after <see cref="BodyGracePeriod"/>, is refused as <c>body_too_slow</c>. 1 to 1 000 000, default 240.</summary>
    public double MinimumBodyBytesPerSecond { get; set; } = 240;

    /// <summary>So long a body may come as slowly as it likes. Above 1 s, up to 5 min, default 5 s.</summary>
    public TimeSpan BodyGracePeriod { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A request that takes longer, its body included, is cancelled as <c>timed_out</c>; streams and files may take longer. 1 s to 1 h, default 2 min.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Addresses and networks of the proxies whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed. Default none.</summary>
    public string[] TrustedProxies { get; set; } = [];

    /// <summary>Where people reach this server, for links that are sent to them, such as <c>https://app.example.com</c>. Default the address that a caller used.</summary>
    public string? PublicAddress { get; set; }

    /// <summary>Requests in the clear are sent to HTTPS, and browsers told to stay there for a year. Default false.</summary>
    public bool RequireHttps { get; set; }

    /// <summary>Where HTTPS is reached from outside. Default 443.</summary>
    public int HttpsPort { get; set; } = 443;

    /// <summary>The rules that are broken, each naming the option and its value.</summary>
    public IEnumerable<string> Validate()
    {
        if (MaximumBodyBytes is < 1024 or > 1L << 30)
            yield return $"{Section}:{nameof(MaximumBodyBytes)} is {MaximumBodyBytes}; it must be from 1024 to {1L << 30}.";

        if (MaximumJsonDepth is < 8 or > 1000)
            yield return $"{Section}:{nameof(MaximumJsonDepth)} is {MaximumJsonDepth}; it must be from 8 to 1000.";

        if (MinimumBodyBytesPerSecond is not (>= 1 and <= 1_000_000))
            yield return $"{Section}:{nameof(MinimumBodyBytesPerSecond)} is {MinimumBodyBytesPerSecond}; it must be from 1 to 1000000.";

        if (BodyGracePeriod <= TimeSpan.FromSeconds(1) || BodyGracePeriod > TimeSpan.FromMinutes(5))
            yield return $"{Section}:{nameof(BodyGracePeriod)} is {BodyGracePeriod}; it must be above 1 s and up to 5 min.";

        if (RequestTimeout < TimeSpan.FromSeconds(1) || RequestTimeout > TimeSpan.FromHours(1))
            yield return $"{Section}:{nameof(RequestTimeout)} is {RequestTimeout}; it must be from 1 s to 1 h.";

        foreach (var proxy in TrustedProxies.Where(proxy => !Http.TrustedProxies.IsOne(proxy)))
            yield return $"{Section}:{nameof(TrustedProxies)} has '{proxy}'; it must be an address, or a network such as 10.0.0.0/8.";

        if (PublicAddress is not null && !IsPublic(PublicAddress))
            yield return $"{Section}:{nameof(PublicAddress)} is '{PublicAddress}'; it must be an http or https address without query and fragment.";

        if (HttpsPort is < 1 or > 65_535)
            yield return $"{Section}:{nameof(HttpsPort)} is {HttpsPort}; it must be from 1 to 65535.";
    }

    private static bool IsPublic(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        && address.Query.Length == 0
        && address.Fragment.Length == 0;
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

    /// <summary>Logins, registrations and password resets a minute from one address, whoever asks. Default 20.</summary>
    public int CredentialsPerMinute { get; set; } = 20;

    /// <summary>The rules that are broken, each naming the option and its value.</summary>
    public IEnumerable<string> Validate()
    {
        if (AnonymousPerMinute is < 1 or > 1_000_000)
            yield return $"{Section}:{nameof(AnonymousPerMinute)} is {AnonymousPerMinute}; it must be from 1 to 1000000.";

        if (AuthenticatedPerMinute is < 1 or > 1_000_000)
            yield return $"{Section}:{nameof(AuthenticatedPerMinute)} is {AuthenticatedPerMinute}; it must be from 1 to 1000000.";

        if (CredentialsPerMinute is < 1 or > 1_000_000)
            yield return $"{Section}:{nameof(CredentialsPerMinute)} is {CredentialsPerMinute}; it must be from 1 to 1000000.";
    }
}
