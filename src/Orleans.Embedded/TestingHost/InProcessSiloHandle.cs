using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Embedded;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>One silo of a test cluster.</summary>
public sealed class InProcessSiloHandle : IAsyncDisposable
{
    internal InProcessSiloHandle(string name, short instanceNumber, IHost host)
    {
        Name = name;
        InstanceNumber = instanceNumber;
        SiloHost = host;
        Engine = host.Services.GetRequiredService<EmbeddedEngine>();
    }

    public string Name { get; }

    public short InstanceNumber { get; }

    public IHost SiloHost { get; }

    public IServiceProvider ServiceProvider => SiloHost.Services;

    public SiloAddress SiloAddress => Engine.SiloAddress;

    public bool IsActive { get; private set; } = true;

    internal EmbeddedEngine Engine { get; }

    /// <summary>Ends the silo: gracefully, or as a killed process would, without a last word to any grain.</summary>
    public async Task StopSiloAsync(bool stopGracefully)
    {
        if (!IsActive)
            return;
        IsActive = false;
        if (!stopGracefully)
            Engine.Kill();
        try
        {
            await SiloHost.StopAsync(stopGracefully ? CancellationToken.None : new CancellationToken(canceled: true));
        }
        catch (OperationCanceledException) when (!stopGracefully)
        {
            // Services that would have ended in order were not given the time, as when a process is killed.
        }

        await ((IAsyncDisposable)SiloHost).DisposeAsync();
    }

    public async ValueTask DisposeAsync() => await StopSiloAsync(stopGracefully: true);

    public override string ToString() => Name;
}
