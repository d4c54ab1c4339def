using Actors.Grains.EventSourcing;
using Actors.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;
using Orleans.TestingHost;

namespace Actors.Grains.Tests.Infrastructure;

/// <summary>The grains on one silo, over SQLite in a folder of their own, behind a journal that fails on demand.</summary>
internal sealed class TestSilo : IAsyncDisposable
{
    private readonly string _folder;
    private readonly InProcessTestCluster _cluster;

    private TestSilo(string folder, FaultyJournal journal, Action<IServiceCollection>? configure, (string Key, string Value)[] settings)
    {
        _folder = folder;
        Journal = journal;
        var builder = new InProcessTestClusterBuilder(1);
        builder.UseMessages();
        builder.ConfigureSiloHost((_, host) =>
        {
            host.Configuration.AddInMemoryCollection(
            [
                new("Storage:DataFolder", folder),
                new("Journal:MaximumFlushDelay", "0:00:00"),
                new("Accounts:PasswordIterations", "1000"),
                .. settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)),
            ]);
            host.Services.AddActorsStorage(host.Configuration);
            host.Services.AddActorsGrains(host.Configuration);
            var stored = host.Services.Last(service => service.ServiceType == typeof(IJournal));
            host.Services.AddSingleton<IJournal>(provider => journal.Over((IJournal)stored.ImplementationFactory!(provider)));
            configure?.Invoke(host.Services);
        });
        _cluster = builder.Build();
    }

    public FaultyJournal Journal { get; }

    public IGrainFactory Grains => _cluster.Client;

    public IServiceProvider Services => _cluster.GetSiloServiceProvider();

    public ICatalog Catalog => Services.GetRequiredService<ICatalog>();

    public static Task<TestSilo> StartAsync(params (string Key, string Value)[] settings) => StartAsync((Action<IServiceCollection>?)null, settings);

    /// <param name="time">The clock of the grains and their timers.</param>
    public static Task<TestSilo> StartAsync(TimeProvider time, params (string Key, string Value)[] settings) =>
        StartAsync(services => services.AddSingleton(time), settings);

    public async Task RestartAsync()
    {
        await _cluster.RestartSiloAsync(_cluster.Silos[0]);
    }

    /// <summary>Ends the silo as a killed process would, and starts another one over the same data.</summary>
    public async Task KillAsync()
    {
        await _cluster.KillSiloAsync(_cluster.Silos[0]);
        await _cluster.StartAdditionalSiloAsync();
    }

    /// <summary>Completes when the activation that was there has ended.</summary>
    public Task DeactivateAsync(IAddressable grain) => _cluster.DeactivateAsync(grain.GetGrainId());

    public Task WaitForDeactivationAsync(IAddressable grain) => _cluster.WaitForDeactivationAsync(grain.GetGrainId());

    public async ValueTask DisposeAsync()
    {
        Journal.Heal();
        await _cluster.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <param name="configure">Adds to the silo's services, or replaces them.</param>
    public static async Task<TestSilo> StartAsync(Action<IServiceCollection>? configure, params (string Key, string Value)[] settings)
    {
        var silo = new TestSilo(Directory.CreateTempSubdirectory("actors-grains-").FullName, new FaultyJournal(), configure, settings);
        await silo._cluster.DeployAsync();
        return silo;
    }
}
