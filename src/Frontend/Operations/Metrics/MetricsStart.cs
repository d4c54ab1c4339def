using Microsoft.Extensions.Hosting;

namespace Actors.Frontend.Operations.Metrics;

/// <summary>Measures from the start of the host on, which is when the settings have been found right.</summary>
internal sealed class MetricsStart(MetricsExporter exporter, ProcessInstruments process) : IHostedService
{
    /// <summary>Their meter lives as long as they do.</summary>
    public ProcessInstruments Process => process;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        exporter.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
