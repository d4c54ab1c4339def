using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Grains.Accounts;
using Actors.Grains.Comments;
using Actors.Grains.EventSourcing;
using Actors.Grains.Idempotency;
using Actors.Grains.Files;
using Actors.Grains.Identity;
using Actors.Grains.Notifications;
using Actors.Grains.Outbound;
using Actors.Grains.Projects;
using Actors.Grains.Rooms;
using Actors.Grains.Secrets;
using Actors.Grains.Triggers;
using Actors.Grains.UiComponents;
using Actors.Grains.Versions;
using Actors.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Grains;

/// <summary>Registers what the grains need, whichever engine runs them.</summary>
public static class GrainsServices
{
    public static IServiceCollection AddActorsGrains(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IIdentifierSource, IdentifierSource>();
        services.AddIdempotencyGrains(configuration);
        services.AddValidated<EventSourcingOptions>(configuration.GetSection(EventSourcingOptions.Section), options => options.Validate());
        services.AddValidated<RoomOptions>(configuration.GetSection(RoomOptions.Section), options => options.Validate());
        services.AddValidated<DesignLimits>(configuration.GetSection(DesignLimits.Section), limits => limits.Validate());
        services.TryAddSingleton<IComponentCatalog>(ComponentCatalog.BuiltIn);
        services.AddSingleton<ProjectCatalogs>();
        services.AddSingleton<SnapshotWriter>();
        Runs.RunRegistration.AddRunGrains(services, configuration);
        services.AddHostedService(provider => provider.GetRequiredService<SnapshotWriter>());
        services.AddSingleton(provider => new EventSourcingServices(
            provider.GetRequiredService<IJournal>(),
            provider.GetRequiredService<ISnapshotStore>(),
            provider.GetRequiredService<SnapshotWriter>(),
            provider.GetRequiredService<IIdentifierSource>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<EventSourcingOptions>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddAccountGrains(configuration);
        services.AddFileGrains(configuration);
        services.AddVersionGrains(configuration);
        services.AddNotificationGrains(configuration);
        services.AddCommentGrains(configuration);
        services.AddProjectGrains();
        services.AddOutbound(configuration);
        services.AddSecretGrains(configuration);
        services.AddTriggerGrains(configuration);
        return services;
    }

    /// <summary>Binds a section, checks its rules at start, and hands out the options themselves.</summary>
    internal static void AddValidated<TOptions>(this IServiceCollection services, IConfiguration section, Func<TOptions, IEnumerable<string>> validate)
        where TOptions : class
    {
        services.AddOptions<TOptions>().Bind(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TOptions>>(new RulesValidator<TOptions>(validate));
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<TOptions>>().Value);
    }

    private sealed class RulesValidator<TOptions>(Func<TOptions, IEnumerable<string>> validate) : IValidateOptions<TOptions>
        where TOptions : class
    {
        public ValidateOptionsResult Validate(string? name, TOptions options)
        {
            var failures = validate(options).ToArray();
            return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
        }
    }
}
