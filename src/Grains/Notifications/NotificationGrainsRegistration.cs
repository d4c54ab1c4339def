using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Notifications;

/// <summary>What the notification grains, and those who notify, need from the silo.</summary>
public static class NotificationGrainsRegistration
{
    /// <summary>Options from section <c>Notifications</c>, validated at start, and the notifier.</summary>
    public static IServiceCollection AddNotificationGrains(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidated<NotificationOptions>(configuration.GetSection(NotificationOptions.Section), options => options.Validate());
        services.AddSingleton<INotifier, Notifier>();
        return services;
    }
}
