using System.Text.Json;
using Actors.Domain.Json;
using Actors.Frontend.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Live;

/// <summary>Registers the hub and what it shares.</summary>
public static class LiveRegistration
{
    private const string Path = "/hubs/collaboration";

    /// <summary>Nesting that the hub's reader accepts; deeper arguments are refused by the design's own, lower limit.</summary>
    private const int MessageDepth = 512;

    /// <summary>How long a stop waits for streams to end, and for their last frames to leave.</summary>
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(1);

    public static IServiceCollection AddActorsLive(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidated<LiveOptions>(configuration, LiveOptions.Section, options => options.Validate());
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<LiveOptions>>().Value);
        services.AddSingleton<LiveInstruments>();
        services.AddSingleton<LiveServices>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveServices>());
        var live = configuration.GetSection(LiveOptions.Section).Get<LiveOptions>() ?? new LiveOptions();
        services
            .AddSignalR(options =>
            {
                options.MaximumReceiveMessageSize = live.MaximumMessageBytes;
                options.MaximumParallelInvocationsPerClient = live.ParallelCalls;
                options.StreamBufferCapacity = 1;
                options.ClientTimeoutInterval = TimeSpan.FromSeconds(30);
                options.KeepAliveInterval = TimeSpan.FromSeconds(10);
            })
            .AddJsonProtocol(options =>
            {
                options.PayloadSerializerOptions = new JsonSerializerOptions(DomainJson.Options)
                {
                    TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver(),
                    MaxDepth = MessageDepth,
                };
            });
        services.RemoveAll<IHubProtocol>();
        services.AddSingleton<IHubProtocol>(provider => new LiveHubProtocol(
            new JsonHubProtocol(provider.GetRequiredService<IOptions<JsonHubProtocolOptions>>()),
            provider.GetRequiredService<LiveInstruments>()));
        return services;
    }

    public static void MapActorsLive(this IEndpointRouteBuilder endpoints) => endpoints
        .MapHub<CollaborationHub>(Path, options =>
        {
            options.Transports = HttpTransportType.WebSockets;
            options.CloseOnAuthenticationExpiration = false;
        })
        .RequireAuthorization()
        .DisableHttpMetrics()
        .DisableRequestTimeout()
        .Add(endpoint =>
        {
            var live = endpoints.ServiceProvider.GetRequiredService<LiveServices>();
            var hub = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = context => live.ServeAsync(context, hub);
        });

    /// <summary>When the process is told to stop, streams end with <c>shutting_down</c> before connections are closed.</summary>
    public static void DrainLiveStreamsOnStop(this WebApplication app)
    {
        var live = app.Services.GetRequiredService<LiveServices>();
        app.Lifetime.ApplicationStopping.Register(() => live.Drain(DrainTimeout));
    }
}
