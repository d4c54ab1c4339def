using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Actors.Grains.Outbound;

/// <summary>
/// Which addresses lie on the public internet. Everything else is somebody's inside: this machine, its network, its
/// cloud's metadata. From the IANA registries of special-purpose addresses (RFC 6890).
/// </summary>
internal static class PublicAddresses
{
    private static readonly ImmutableArray<(IPNetwork Network, string What)> Special4 =
    [
        (IPNetwork.Parse("0.0.0.0/8"), "this network"),
        (IPNetwork.Parse("10.0.0.0/8"), "private"),
        (IPNetwork.Parse("100.64.0.0/10"), "shared by a carrier"),
        (IPNetwork.Parse("127.0.0.0/8"), "loopback"),
        (IPNetwork.Parse("169.254.0.0/16"), "link-local"),
        (IPNetwork.Parse("172.16.0.0/12"), "private"),
        (IPNetwork.Parse("192.0.0.0/24"), "for protocols"),
        (IPNetwork.Parse("192.0.2.0/24"), "for documentation"),
        (IPNetwork.Parse("192.88.99.0/24"), "a relay"),
        (IPNetwork.Parse("192.168.0.0/16"), "private"),
        (IPNetwork.Parse("198.18.0.0/15"), "for benchmarks"),
        (IPNetwork.Parse("198.51.100.0/24"), "for documentation"),
        (IPNetwork.Parse("203.0.113.0/24"), "for documentation"),
        (IPNetwork.Parse("224.0.0.0/4"), "multicast"),
        (IPNetwork.Parse("240.0.0.0/4"), "reserved or broadcast"),

        // A public address by its number, but answered by the cloud's host with the machine's configuration.
        (IPNetwork.Parse("168.63.129.16/32"), "cloud metadata"),
    ];

    private static readonly ImmutableArray<(IPNetwork Network, string What)> Special6 =
    [
        (IPNetwork.Parse("2001::/23"), "for protocols"),
        (IPNetwork.Parse("2001:db8::/32"), "for documentation"),
        (IPNetwork.Parse("3fff::/20"), "for documentation"),
    ];

    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork Unique6 = IPNetwork.Parse("fc00::/7");
    private static readonly IPNetwork Translated6 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    /// <summary>Why an address is not public; null when it is.</summary>
    public static string? Refuse(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return Find(Special4, address);

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return "of an unknown kind";

        // An address that carries another one is as public as the one that it carries.
        if (Embedded(address) is { } inner)
            return Find(Special4, inner) is { } what ? $"{what}, by {inner}" : null;

        return Global6.Contains(address) ? Find(Special6, address)
            : IPAddress.IsLoopback(address) ? "loopback"
            : address.IsIPv6LinkLocal ? "link-local"
            : address.IsIPv6Multicast ? "multicast"
            : Unique6.Contains(address) ? "unique-local"
            : "not of the public internet";
    }

    /// <summary>The IPv4 address that a mapped, NAT64 or 6to4 address leads to.</summary>
    private static IPAddress? Embedded(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();

        if (Translated6.Contains(address))
            return new IPAddress(address.GetAddressBytes().AsSpan(12, 4));

        return SixToFour.Contains(address) ? new IPAddress(address.GetAddressBytes().AsSpan(2, 4)) : null;
    }

    private static string? Find(ImmutableArray<(IPNetwork Network, string What)> special, IPAddress address)
    {
        foreach (var (network, what) in special)
        {
            if (network.Contains(address))
                return what;
        }

        return null;
    }
}
