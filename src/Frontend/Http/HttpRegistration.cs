using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.Frontend.Audit;
using Actors.Frontend.Http.Idempotency;
using Actors.Frontend.Files;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Http;

/// <summary>The conventions that every address keeps: errors, ids, limits, headers, JSON.</summary>
public static class HttpRegistration
{
    private static readonly TimeSpan PreflightAge = TimeSpan.FromMinutes(10);

    /// <summary>Sections <c>Http</c>, <c>RateLimits</c> and <c>Cors</c>, validated at start.</summary>
    public static IServiceCollection AddActorsHttp(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddScoped<Identifiers>();
        services.AddSingleton<ExceptionTranslation>();
        services.AddValidated<HttpLimits>(configuration, HttpLimits.Section, options => options.Validate());
        services.AddValidated<RateLimits>(configuration, RateLimits.Section, options => options.Validate());
        services.AddValidated<CorsSettings>(configuration, CorsSettings.Section, options => options.Validate());

        // A handler that throws on a bad request lets one place describe what was wrong with it.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<HttpLimits>>((kestrel, limits) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = limits.Value.MaximumBodyBytes;
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(limits.Value.MinimumBodyBytesPerSecond, limits.Value.BodyGracePeriod);
        });
        services.AddOptions<JsonOptions>().Configure<IOptions<HttpLimits>>((json, limits) => ConfigureJson(json.SerializerOptions, limits.Value));

        services.AddRequestLimits();
        services.AddRequestTime();

        services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins([.. (configuration.GetSection(CorsSettings.Section).Get<CorsSettings>() ?? new CorsSettings()).Origins.Where(CorsSettings.IsOrigin)])
            .SetPreflightMaxAge(PreflightAge)
            .AllowAnyHeader()
            .AllowAnyMethod()
            .AllowCredentials()
            .WithExposedHeaders("ETag", "Location", "Retry-After", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "RateLimit-Policy", IdempotencyMiddleware.ReplayedHeader, RequestIdMiddleware.Header)));
        return services;
    }

    /// <summary>The middleware of all requests, in their one right order. Comes before every map.</summary>
    public static WebApplication UseActorsHttp(this WebApplication app)
    {
        app.UseTrustedProxies();
        app.UseMiddleware<RequestIdMiddleware>();
        app.UseMiddleware<SecurityHeadersMiddleware>();
        app.UseMiddleware<HttpsMiddleware>();
        app.UseMiddleware<ErrorMiddleware>();
        app.UseMiddleware<FilePathGuard>();
        app.UseRouting();
        app.UseCors();
        app.UseRequestTimeouts();
        app.UseMiddleware<BodyTimeMiddleware>();
        app.UseAuthentication();
        app.UseMiddleware<AccountIdMiddleware>();
        app.UseRequestLimits();
        app.UseMiddleware<AcceptMiddleware>();
        app.UseMiddleware<AuditMiddleware>();
        app.UseAuthorization();
        app.UseMiddleware<BodySizeMiddleware>();
        app.UseMiddleware<BodyCharsetMiddleware>();
        app.UseMiddleware<IdempotencyMiddleware>();
        return app;
    }

    /// <summary>The group of all resources: <c>/api/v1</c>, with identifiers and query parameters checked.</summary>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(ApiPaths.Root);
        group.AddEndpointFilter<IdentifierFilter>();
        group.AddEndpointFilterFactory(QueryGuard.Create);
        return group;
    }

    private static void ConfigureJson(JsonSerializerOptions json, HttpLimits limits)
    {
        json.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        json.PropertyNameCaseInsensitive = false;
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.AllowDuplicateProperties = false;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.MaxDepth = limits.MaximumJsonDepth;
    }

    /// <summary>Binds a section and checks its rules at start.</summary>
    internal static void AddValidated<TOptions>(this IServiceCollection services, IConfiguration configuration, string section, Func<TOptions, IEnumerable<string>> validate)
        where TOptions : class
    {
        services.AddOptions<TOptions>().Bind(configuration.GetSection(section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TOptions>>(new RuleValidator<TOptions>(validate));
    }
}

/// <summary>Stops the start with every broken rule of an options class.</summary>
internal sealed class RuleValidator<TOptions>(Func<TOptions, IEnumerable<string>> validate) : IValidateOptions<TOptions>
    where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var broken = validate(options).ToList();
        return broken.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(broken);
    }
}
