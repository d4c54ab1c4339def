using Actors.Domain.Files;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Files;

/// <summary>What the grains of files need from the silo.</summary>
public static class FileGrainsRegistration
{
    /// <summary>Sections <c>Files</c> and <c>Files:Limits</c>, validated at start, and the sweep.</summary>
    public static IServiceCollection AddFileGrains(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidated<FilesOptions>(configuration.GetSection(FilesOptions.Section), options => options.Validate());
        services.AddValidated<FileLimits>(configuration.GetSection(FileLimits.Section), limits => limits.Validate());
        services.AddHostedService<FileSweeper>();
        return services;
    }
}
