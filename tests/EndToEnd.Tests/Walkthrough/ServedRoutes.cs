using System.Globalization;
using System.Text.RegularExpressions;
using Actors.TestKit.Server;

namespace Actors.EndToEnd.Tests.Walkthrough;

/// <summary>What a server has answered since its start, by its own metrics, which leave out probes and the metrics themselves.</summary>
internal sealed partial class ServedRoutes
{
    private readonly List<(string Operation, int Status, long Count)> _answers;

    private ServedRoutes(string metrics) => _answers =
    [
        .. Answer().Matches(metrics).Select(match => (
            Key(match.Groups["method"].Value, match.Groups["route"].Value),
            int.Parse(match.Groups["status"].ValueSpan, CultureInfo.InvariantCulture),
            long.Parse(match.Groups["count"].ValueSpan, CultureInfo.InvariantCulture))),
    ];

    /// <summary>Answers that refuse.</summary>
    public long Refusals => _answers.Where(answer => answer.Status >= 400).Sum(answer => answer.Count);

    public static async Task<ServedRoutes> ReadAsync(ServerProcess server)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        return new ServedRoutes(await http.GetStringAsync(new Uri(server.Address, "/metrics")));
    }

    /// <summary>Operations of the document that were never answered with success; those of probes and metrics are not known.</summary>
    public IEnumerable<ApiOperation> Untouched(ApiDocument document)
    {
        var touched = _answers.Where(answer => answer.Status < 300).Select(answer => answer.Operation).ToHashSet(StringComparer.Ordinal);
        return document.Operations.Where(operation => IsMeasured(operation) && !touched.Contains(Key(operation.Method, operation.Path)));
    }

    public static bool IsMeasured(ApiOperation operation) => operation.Tag != "Operations" || operation.Id == "HealthDetailed";

    /// <summary>Routes and documented paths write the same with and without an ending slash, and a rest of the path with and without its star.</summary>
    private static string Key(string method, string path) => $"{method} {path.TrimEnd('/').Replace("{*", "{", StringComparison.Ordinal)}";

    [GeneratedRegex("""^actors_http_request_duration_seconds_count\{method="(?<method>[^"]*)",route="(?<route>[^"]*)",status="(?<status>\d+)"\} (?<count>\d+)$""", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Answer();
}
