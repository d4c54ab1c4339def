using Actors.Components;
using Actors.Components.Services;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Actors.Grains.Secrets;

internal static class SecretGrainsRegistration
{
    private const string DataFolder = "Actors:DataFolder";
    private const string StorageFolder = "Storage:DataFolder";

    /// <summary>Options from section <c>Secrets</c>, validated at start; keys, the redactor, and what runs find secrets by.</summary>
    public static IServiceCollection AddSecretGrains(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidated<SecretOptions>(configuration.GetSection(SecretOptions.Section), options => options.Validate());
        services.AddSingleton(provider => new SecretBox(SecretKeys.Load(
            provider.GetRequiredService<SecretOptions>(), configuration[DataFolder] ?? configuration[StorageFolder] ?? "data")));
        services.AddSingleton<SecretRedactor>();
        services.AddSingleton<Func<IExecutionContext, IRunSecrets>>(provider => context => new RunSecrets(
            context.ProjectId,
            provider.GetRequiredService<IGrainFactory>(),
            provider.GetRequiredService<SecretBox>(),
            provider.GetRequiredService<SecretRedactor>()));
        return services;
    }
}
