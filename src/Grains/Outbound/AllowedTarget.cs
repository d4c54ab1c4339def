using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Actors.Grains.Outbound;

/// <summary>An entry of <see cref="OutboundOptions.Allow"/>: a network or a host name, on every port or on one.</summary>
internal sealed record AllowedTarget(IPNetwork? Network, string? Host, int? Port)
{
    public static bool TryParse(string? text, [NotNullWhen(true)] out AllowedTarget? target)
    {
        target = null;
        if (string.IsNullOrWhiteSpace(text) || !TrySplitPort(text.Trim(), out var name, out var port))
            return false;

        if (IPNetwork.TryParse(name, out var network))
            target = new AllowedTarget(network, null, port);
        else if (IPAddress.TryParse(name, out var address))
            target = new AllowedTarget(new IPNetwork(address, address.GetAddressBytes().Length * 8), null, port);
        else if (Uri.CheckHostName(name) == UriHostNameType.Dns)
            target = new AllowedTarget(null, Normalize(name), port);

        return target is not null;
    }

    /// <summary>A host name as it is compared: without the dot that ends a full name, in lower case.</summary>
    public static string Normalize(string host) => host.TrimEnd('.').ToLowerInvariant();

    /// <param name="host">Normalized.</param>
    public bool Allows(string host, int port) => Host is not null && Host == host && (Port is null || Port == port);

    public bool Allows(IPAddress address, int port) =>
        Network is { } network
        && (Port is null || Port == port)
        && (network.Contains(address) || (address.IsIPv4MappedToIPv6 && network.Contains(address.MapToIPv4())));

    private static bool TrySplitPort(string text, out string name, out int? port)
    {
        (name, port) = (text, null);
        if (text[0] == '[')
        {
            var end = text.IndexOf(']', StringComparison.Ordinal);
            if (end < 0)
                return false;

            name = text[1..end];
            return end == text.Length - 1 || (text[end + 1] == ':' && TryPort(text[(end + 2)..], out port));
        }

        // More than one colon is an IPv6 address, which has a port only in brackets.
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || text.LastIndexOf(':') != colon)
            return true;

        name = text[..colon];
        return TryPort(text[(colon + 1)..], out port);
    }

    private static bool TryPort(string text, out int? port)
    {
        var valid = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= ushort.MaxValue;
        port = valid ? number : null;
        return valid;
    }
}

/// <summary>Ports as a list of numbers and ranges.</summary>
internal sealed class PortSet
{
    private readonly (int First, int Last)[] _ranges;

    private PortSet((int First, int Last)[] ranges) => _ranges = ranges;

    public static bool TryParse(string? text, [NotNullWhen(true)] out PortSet? ports)
    {
        ports = null;
        var ranges = new List<(int, int)>();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.TrimEntries))
        {
            var ends = part.Split('-', 2);
            if (!int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
                || !int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
                || first < 1 || last < first || last > ushort.MaxValue)
            {
                return false;
            }

            ranges.Add((first, last));
        }

        ports = new PortSet([.. ranges]);
        return true;
    }

    public bool Contains(int port) => Array.Exists(_ranges, range => port >= range.First && port <= range.Last);
}
