using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Embedded;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>A silo and a client in this process. The client and its references outlive the silo's restarts.</summary>
public sealed class InProcessTestCluster : IAsyncDisposable, IDisposable
{
    private readonly ClientRuntime _clientRuntime;
    private readonly List<InProcessSiloHandle> _silos = [];
    private IHost? _clientHost;
    private IClusterClient? _client;
    private short _started;

    internal InProcessTestCluster(InProcessTestClusterOptions options)
    {
        Options = options;
        _clientRuntime = new ClientRuntime(() => _silos is [var silo] ? silo.Engine : null);
    }

    public InProcessTestClusterOptions Options { get; }

    public IClusterClient Client => _client ?? throw new InvalidOperationException("The client is there after DeployAsync.");

    public ReadOnlyCollection<InProcessSiloHandle> Silos => _silos.AsReadOnly();

    public async Task DeployAsync()
    {
        if (Options.InitialSilosCount != 1)
            throw OneSiloOnly();
        await StartAsync(instanceNumber: 0);
        if (Options.InitializeClientOnDeploy)
            await InitializeClientAsync();
    }

    public async Task InitializeClientAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "client" });
        foreach (var configure in Options.ClientHostConfigurationDelegates)
            configure(builder);
        builder.Services.AddSingleton<IGrainFactory>(_ => _clientRuntime.Factory);
        builder.Services.AddSingleton<IClusterClient>(services => new EmbeddedClusterClient(_clientRuntime.Factory, services));
        _clientHost = builder.Build();
        _clientRuntime.Use(_clientHost.Services.GetServices<IOutgoingGrainCallFilter>());
        await _clientHost.StartAsync();
        _client = _clientHost.Services.GetRequiredService<IClusterClient>();
    }

    public IServiceProvider GetSiloServiceProvider(SiloAddress? silo = null) =>
        (silo is null ? _silos.FirstOrDefault() : _silos.Find(s => s.SiloAddress == silo))?.ServiceProvider
        ?? throw new ArgumentException($"There is no silo {silo}.", nameof(silo));

    public bool TryGetGrainContext(GrainId grainId, [NotNullWhen(true)] out IGrainContext? grainContext)
    {
        grainContext = _silos.SelectMany(s => s.Engine.Activations).FirstOrDefault(a => a.GrainId == grainId);
        return grainContext is not null;
    }

    /// <summary>Completes when the grain has no activation that was there when it was called.</summary>
    public Task WaitForDeactivationAsync(GrainId grainId) => TryGetGrainContext(grainId, out var context) ? context.Deactivated : Task.CompletedTask;

    public Task WaitForDeactivationAsync(IAddressable grain) => WaitForDeactivationAsync(grain.GetGrainId());

    public async Task DeactivateAsync(GrainId grainId)
    {
        if (!TryGetGrainContext(grainId, out var context))
            return;
        context.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "The test asked for it."));
        await context.Deactivated;
    }

    public Task DeactivateAsync(IAddressable grain) => DeactivateAsync(grain.GetGrainId());

    /// <exception cref="NotSupportedException">A silo is running: the embedded engine has no second one.</exception>
    public async Task<InProcessSiloHandle> StartAdditionalSiloAsync()
    {
        if (_silos.Count > 0)
            throw OneSiloOnly();
        return await StartAsync(_started);
    }

    public async Task StopSiloAsync(InProcessSiloHandle instance)
    {
        await instance.StopSiloAsync(stopGracefully: true);
        _silos.Remove(instance);
    }

    /// <summary>Ends the silo as a killed process would: no grain is told, and calls in flight fail.</summary>
    public async Task KillSiloAsync(InProcessSiloHandle instance)
    {
        await instance.StopSiloAsync(stopGracefully: false);
        _silos.Remove(instance);
    }

    public async Task<InProcessSiloHandle?> RestartSiloAsync(InProcessSiloHandle instance)
    {
        await StopSiloAsync(instance);
        return await StartAsync(instance.InstanceNumber);
    }

    public async Task StopAllSilosAsync()
    {
        foreach (var silo in _silos.ToArray())
            await StopSiloAsync(silo);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAllSilosAsync();
        if (_clientHost is null)
            return;
        await _clientHost.StopAsync();
        await ((IAsyncDisposable)_clientHost).DisposeAsync();
        _clientHost = null;
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static NotSupportedException OneSiloOnly() => new("The embedded engine runs one silo. Tests with more of them need the Orleans engine (-p:Engine=Orleans).");

    private async Task<InProcessSiloHandle> StartAsync(short instanceNumber)
    {
        var name = instanceNumber == 0 ? "Primary" : $"Secondary_{instanceNumber}";
        var specific = new InProcessTestSiloSpecificOptions { SiloName = name, SiloPort = 11_111 + instanceNumber, GatewayPort = 30_000 + instanceNumber };
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = name });
        var address = SiloAddress.New(IPAddress.Loopback, specific.SiloPort, ++_started);
        builder.Services.AddSingleton<ILocalSiloDetails>(new LocalSiloDetails(name, address));
        builder.UseOrleans(silo => silo.Services.Configure<EmbeddedEngineOptions>(o => o.VerifyMessages = true));
        foreach (var configure in Options.SiloHostConfigurationDelegates)
            configure(specific, builder);
        var host = builder.Build();
        var handle = new InProcessSiloHandle(name, instanceNumber, host);
        _silos.Add(handle);
        try
        {
            await host.StartAsync();
        }
        catch
        {
            _silos.Remove(handle);
            host.Dispose();
            throw;
        }

        return handle;
    }
}
