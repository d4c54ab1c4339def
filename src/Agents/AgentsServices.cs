using Actors.Agents.Local;
using Actors.Components.Services;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Actors.Agents;

/// <summary>Registers models.</summary>
public static class AgentsServices
{
    /// <summary>The local provider and what runs ask. A host that has other providers replaces <see cref="IChatClient"/>.</summary>
    public static IServiceCollection AddActorsAgents(this IServiceCollection services)
    {
        services.TryAddSingleton<IChatClient, LocalChatClient>();
        services.TryAddSingleton<ModelUsage>();
        services.TryAddSingleton<IRunModels, RunModels>();
        return services;
    }
}
