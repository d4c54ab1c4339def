using System.Collections.Immutable;
using System.Net;
using Actors.Components;
using Actors.Domain;

namespace Actors.Grains.Outbound;

/// <summary>What requests may reach: decided for the address in the request, and again for each address that is connected to.</summary>
internal sealed class TargetRules
{
    private readonly ImmutableArray<AllowedTarget> _allowed;
    private readonly PortSet _ports;

    /// <param name="options">Validated.</param>
    public TargetRules(OutboundOptions options)
    {
        _allowed = [.. options.Allow.Select(entry => AllowedTarget.TryParse(entry, out var target) ? target : throw new ArgumentException($"'{entry}' is no target.", nameof(options)))];
        _ports = PortSet.TryParse(options.Ports, out var ports) ? ports : throw new ArgumentException($"'{options.Ports}' are no ports.", nameof(options));
    }

    /// <summary>Refuses what no address behind the name could make right.</summary>
    /// <exception cref="ComponentException"><c>address_refused</c>.</exception>
    public static void CheckRequest(Uri? uri)
    {
        if (uri is not { IsAbsoluteUri: true } || uri.HostNameType is UriHostNameType.Unknown or UriHostNameType.Basic || uri.IdnHost.Length == 0)
            throw Refused("The address must be absolute, with a host.");

        if (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            throw Refused($"Only http and https are allowed, not {uri.Scheme}.");

        if (uri.UserInfo.Length > 0)
            throw Refused("The address must not contain a user name or password: send them in a header.");
    }

    /// <summary>
    /// Refuses a name of which any address is refused: whoever answers with one public and one private address wants the
    /// private one to be reached.
    /// </summary>
    /// <exception cref="ComponentException"><c>address_refused</c>.</exception>
    public void CheckAddresses(string host, int port, IReadOnlyCollection<IPAddress> addresses)
    {
        var name = AllowedTarget.Normalize(host);
        if (_allowed.Any(target => target.Allows(name, port)))
            return;

        foreach (var address in addresses)
        {
            if (_allowed.Any(target => target.Allows(address, port)))
                continue;

            if (PublicAddresses.Refuse(address) is { } what)
                throw Refused($"The address {address} is {what}, so it is not reached.");

            if (!_ports.Contains(port))
                throw Refused($"Port {port} is not reached.");
        }
    }

    private static ComponentException Refused(string message) => new(ErrorCodes.AddressRefused, message, retryable: false);
}
