using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Projects;

internal static class ProjectGrainsRegistration
{
    /// <summary>What the project grains need from the silo.</summary>
    public static IServiceCollection AddProjectGrains(this IServiceCollection services) => services
        .AddSingleton<InvitationLists>()
        .AddSingleton<EnabledComponents>();
}
