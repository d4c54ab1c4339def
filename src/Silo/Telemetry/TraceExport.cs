using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Orleans;

namespace Actors.Silo.Telemetry;

/// <summary>
/// Exports spans of requests, hub calls and grain calls by OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a collector.
/// Protocol, headers, sampling and attributes of the resource are OpenTelemetry's own variables.
/// </summary>
internal sealed class TraceExport : IHostedService, IDisposable
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ServiceName = "actors";

    private static readonly string[] Sources = ["Microsoft.AspNetCore", "Microsoft.AspNetCore.SignalR.Server", GrainCallTracing.SourceName];

    private TracerProvider? _provider;

    public static void AddTo(WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration[Endpoint]))
            return;

        builder.Services.AddSingleton<IIncomingGrainCallFilter, GrainCallTracing>();
        builder.Services.AddHostedService<TraceExport>();
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var version = typeof(TraceExport).Assembly.GetName().Version?.ToString(3);
        _provider = Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(resource => resource.AddService(ServiceName, serviceVersion: version).AddEnvironmentVariableDetector())
            .AddSource(Sources)
            .AddOtlpExporter()
            .Build();
        return Task.CompletedTask;
    }

    /// <summary>What is not yet exported leaves before the process does.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _provider?.ForceFlush(timeoutMilliseconds: 1_000);
        return Task.CompletedTask;
    }

    public void Dispose() => _provider?.Dispose();
}
