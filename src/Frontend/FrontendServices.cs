using Actors.Frontend.Accounts;
using Actors.Frontend.Agents;
using Actors.Frontend.Audit;
using Actors.Frontend.Administration;
using Actors.Frontend.Comments;
using Actors.Frontend.Components;
using Actors.Frontend.Designs;
using Actors.Frontend.Documentation;
using Actors.Frontend.Files;
using Actors.Frontend.Http;
using Actors.Frontend.Live;
using Actors.Frontend.Notifications;
using Actors.Frontend.Operations;
using Actors.Frontend.Pages;
using Actors.Frontend.Projects;
using Actors.Frontend.Templates;
using Actors.Frontend.UiComponents;
using Actors.Frontend.Secrets;
using Actors.Frontend.Triggers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Frontend;

/// <summary>The front end: REST, the hub, authentication, documentation. Every call ends in a grain.</summary>
public static class FrontendServices
{
    public static IServiceCollection AddActorsFrontend(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddActorsHttp(configuration);
        services.AddSingleton<Runs.RunGate>();
        services.AddActorsAuthentication(configuration);
        services.AddActorsAudit(configuration);
        services.AddActorsLive(configuration);
        services.AddSingleton<DesignGate>();
        services.AddSingleton<PageLinks>();
        services.AddSingleton<EventStreams>();
        services.AddSingleton<ChangeStream>();
        services.AddSingleton<Runs.RunStream>();
        services.AddSingleton<ValidationFeeds>();
        services.AddActorsOperations(configuration);
        services.AddActorsDocumentation();
        return services;
    }

    public static void UseActorsFrontend(this WebApplication app)
    {
        app.Use(LeaveSocketThread);
        app.UseActorsHttp();
        app.UseActorsDocumentation();
    }

    /// <summary>
    /// Sockets complete inline, which is what live connections want. A request does work of any length, so it goes on
    /// in the thread pool and never holds up the thread that serves all sockets.
    /// </summary>
    private static async Task LeaveSocketThread(HttpContext context, RequestDelegate next)
    {
        await Task.Yield();
        await next(context);
    }

    public static void MapActorsFrontend(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapApi();
        Runs.RunEndpoints.MapRuns(api);
        api.MapAccounts();
        api.MapAccountAdministration();
        api.MapLiveAdministration();
        api.MapProjects();
        api.MapFiles();
        api.MapDesigns();
        api.MapComponents();
        api.MapAgents();
        api.MapUiComponents();
        api.MapNotifications();
        api.MapAudit();
        api.MapComments();
        api.MapTemplates();
        api.MapSecrets();
        api.MapTriggers();
        var pages = endpoints.MapGroup("").AllowAnonymous().ExcludeFromDescription();
        pages.MapInvitationPage();
        pages.MapResetPasswordPage();
        endpoints.MapOperations();
        endpoints.MapActorsLive();
    }
}
