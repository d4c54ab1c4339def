using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Orleans.Embedded;

/// <summary>Starts and stops the engine with its host.</summary>
internal sealed class SiloHostedService(EmbeddedEngine engine, ReminderService reminders, IEnumerable<StartupRegistration> startup, IServiceProvider services) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        engine.Start();
        engine.Instruments.Observe(() => engine.Activations);
        engine.Log.Started(engine.Catalog.Count);
        await reminders.StartAsync(cancellationToken);
        foreach (var registration in startup.OrderBy(s => s.Stage))
            await registration.Create(services).Execute(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        reminders.Stop();
        await engine.StopAsync(cancellationToken);
    }
}
