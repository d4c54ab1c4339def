using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Frontend.Tests.Operations;

/// <summary>Takes the spans that a server exports by OTLP over HTTP.</summary>
internal sealed class SpanCollector : IAsyncDisposable
{
    private readonly WebApplication _collector;
    private readonly ConcurrentQueue<string> _received = new();

    private SpanCollector(WebApplication collector) => _collector = collector;

    /// <summary>Settings of a server that exports here.</summary>
    public Dictionary<string, string> Settings => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _collector.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
    };

    /// <summary>What has come; texts stand in it as they are.</summary>
    public IEnumerable<string> Received => _received;

    public static async Task<SpanCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        var collector = new SpanCollector(builder.Build());
        collector._collector.MapPost("/v1/traces", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            collector._received.Enqueue(Encoding.Latin1.GetString(body.ToArray()));
        });
        await collector._collector.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _collector.DisposeAsync();
}
