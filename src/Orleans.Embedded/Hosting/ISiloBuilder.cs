using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.Hosting
{
    public interface ISiloBuilder
    {
        IServiceCollection Services { get; }

        IConfiguration Configuration { get; }
    }

    public interface IClientBuilder
    {
        IServiceCollection Services { get; }

        IConfiguration Configuration { get; }
    }
}

namespace Orleans.Runtime
{
    /// <summary>Runs once the silo can be called, before the host has started.</summary>
    public interface IStartupTask
    {
        Task Execute(CancellationToken cancellationToken);
    }

    public interface ILocalSiloDetails
    {
        string Name { get; }

        string ClusterId { get; }

        string DnsHostName { get; }

        SiloAddress SiloAddress { get; }

        SiloAddress GatewayAddress { get; }
    }
}

namespace Orleans.Embedded
{
    internal sealed record SiloBuilder(IServiceCollection Services, IConfiguration Configuration) : ISiloBuilder, IClientBuilder;

    internal sealed record LocalSiloDetails(string Name, SiloAddress SiloAddress) : ILocalSiloDetails
    {
        public string ClusterId => "embedded";

        public string DnsHostName => "localhost";

        public SiloAddress GatewayAddress => SiloAddress;
    }
}
