using System.Net;

namespace Actors.Silo;

/// <summary>
/// <c>--health</c>: asks a running server whether it is ready, for containers and supervisors that have no HTTP client.
/// The address is that of <c>--urls</c> and the other settings, as the server itself would take it.
/// </summary>
internal static class HealthCommand
{
    public const string Switch = "--health";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <returns>0 when the server is ready, 1 when it is not or cannot be reached.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = SiloHost.CreateBuilder([.. args.Where(arg => arg != Switch)]);
        var address = new Uri(Reachable(builder.WebHost.GetSetting(WebHostDefaults.ServerUrlsKey)!), "/health/ready");
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Timeout };
        try
        {
            using var response = await http.GetAsync(address);
            var text = await response.Content.ReadAsStringAsync();
            await (response.StatusCode == HttpStatusCode.OK ? Console.Out : Console.Error).WriteLineAsync($"{address} {(int)response.StatusCode} {text}");
            return response.StatusCode == HttpStatusCode.OK ? 0 : 1;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync($"{address} cannot be reached: {exception.Message}");
            return 1;
        }
    }

    /// <summary>The first address that is listened on; one that means every interface is asked on this machine.</summary>
    internal static Uri Reachable(string urls)
    {
        var first = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[0];
        var address = BindingAddress.Parse(first);
        var host = address.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "localhost" : address.Host;
        return new UriBuilder(address.Scheme, host, address.Port).Uri;
    }
}
