namespace Actors.Grains.Outbound;

/// <summary>Section <c>Outbound</c>: what requests to other servers may reach, and how much they may take.</summary>
public sealed class OutboundOptions
{
    public const string Section = "Outbound";

    /// <summary>
    /// What may be reached beside public addresses: addresses and networks (<c>10.1.0.0/16</c>, <c>127.0.0.1:5090</c>,
    /// <c>[::1]:5090</c>) and host names (<c>files.internal</c>, <c>localhost:8080</c>), on every port or on one. A host
    /// name that is allowed may lead anywhere. Default none.
    /// </summary>
    public IReadOnlyList<string> Allow { get; set; } = [];

    /// <summary>Ports of public addresses that may be reached: numbers and ranges. Default <c>80,443,1024-65535</c>.</summary>
    public string Ports { get; set; } = "80,443,1024-65535";

    /// <summary>The most bytes of a request's body. Default 10 MiB.</summary>
    public long MaximumRequestBytes { get; set; } = 10L * 1024 * 1024;

    /// <summary>The most bytes of an answer's body. Default 10 MiB.</summary>
    public long MaximumResponseBytes { get; set; } = 10L * 1024 * 1024;

    /// <summary>Redirects that are followed. Default 5.</summary>
    public int MaximumRedirects { get; set; } = 5;

    /// <summary>Resolving a name and connecting. Default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The whole exchange, redirects and the answer's body included. Default 100 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>The rules that are broken, each naming the option and its value.</summary>
    public IEnumerable<string> Validate()
    {
        foreach (var entry in Allow)
        {
            if (!AllowedTarget.TryParse(entry, out _))
                yield return $"{Section}:{nameof(Allow)} has '{entry}'; it must be an address, a network or a host name, with or without a port.";
        }

        if (!PortSet.TryParse(Ports, out _))
            yield return $"{Section}:{nameof(Ports)} is '{Ports}'; it must be ports and ranges from 1 to 65535, separated by commas.";

        if (MaximumRequestBytes is < 0 or > 1L << 30)
            yield return $"{Section}:{nameof(MaximumRequestBytes)} is {MaximumRequestBytes}; it must be from 0 to {1L << 30}.";

        if (MaximumResponseBytes is < 1024 or > 1L << 30)
            yield return $"{Section}:{nameof(MaximumResponseBytes)} is {MaximumResponseBytes}; it must be from 1024 to {1L << 30}.";

        if (MaximumRedirects is < 0 or > 20)
            yield return $"{Section}:{nameof(MaximumRedirects)} is {MaximumRedirects}; it must be from 0 to 20.";

        if (ConnectTimeout < TimeSpan.FromMilliseconds(10) || ConnectTimeout > TimeSpan.FromMinutes(5))
            yield return $"{Section}:{nameof(ConnectTimeout)} is {ConnectTimeout}; it must be from 10 ms to 5 minutes.";

        if (Timeout < TimeSpan.FromMilliseconds(10) || Timeout > TimeSpan.FromHours(1))
            yield return $"{Section}:{nameof(Timeout)} is {Timeout}; it must be from 10 ms to 1 hour.";
    }
}
