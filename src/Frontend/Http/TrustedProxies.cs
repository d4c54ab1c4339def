using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Configuration;

namespace Actors.Frontend.Http;

/// <summary>
/// Whose word is taken for where a request came from: only proxies that are configured. Everybody else's
/// <c>X-Forwarded-For</c> is what a client made up, and would let it choose the address that limits count by.
/// </summary>
internal static class TrustedProxies
{
    /// <summary>Comes before everything that looks at an address. What is no address is left to the check at start, which names it.</summary>
    public static void UseTrustedProxies(this WebApplication app)
    {
        var proxies = (app.Configuration.GetSection(HttpLimits.Section).Get<HttpLimits>()?.TrustedProxies ?? []).Where(IsOne).ToList();
        if (proxies.Count == 0)
            return;

        // Every proxy on the way is named, so all of them are walked past, and the first that is not is the client.
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            if (IPAddress.TryParse(proxy, out var address))
                options.KnownProxies.Add(address);
            else
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
        }

        app.UseForwardedHeaders(options);
    }

    /// <summary>An address, or a network such as <c>10.0.0.0/8</c>.</summary>
    public static bool IsOne(string text) => IPAddress.TryParse(text, out _) || System.Net.IPNetwork.TryParse(text, out _);
}
