using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Actors.Frontend.Documentation;

/// <summary>The OpenAPI document at <c>/openapi/v1.json</c> and its page at <c>/docs</c>.</summary>
internal static class DocumentationRegistration
{
    private const string Version = "v1";
    private const string Bearer = "bearer";

    public static IServiceCollection AddActorsDocumentation(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(options =>
        {
            options.SwaggerDoc(Version, new OpenApiInfo
            {
                Title = "Actors",
                Version = Version,
                Description = "Designs that many edit live, and nothing acknowledged is ever lost. "
                    + "Everything live is at the SignalR hub /hubs/collaboration; errors are problem documents (RFC 9457) with a stable code.",
            });
            options.AddSecurityDefinition(Bearer, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = Bearer,
                BearerFormat = "JWT",
                Description = "The accessToken of register or login.",
            });
            options.AddSecurityRequirement(document => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] });
            options.CustomSchemaIds(type => type.FullName!.Replace("Actors.", "", StringComparison.Ordinal).Replace('+', '.'));
            options.SupportNonNullableReferenceTypes();
        });
        return services;
    }

    public static void UseActorsDocumentation(this WebApplication app)
    {
        app.UseSwagger(options => options.RouteTemplate = "openapi/{documentName}.json");
        app.UseSwaggerUI(options =>
        {
            options.RoutePrefix = "docs";
            options.DocumentTitle = "Actors API";
            options.SwaggerEndpoint($"/openapi/{Version}.json", "Actors v1");
        });
    }
}
