using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Actors.Frontend.Documentation;

/// <summary>
/// The OpenAPI document at <c>/openapi/v1.json</c>, its pages at <c>/docs</c> and <c>/redoc</c>, and what error codes mean
/// at <c>/docs/errors</c>. All of it is served from here: nothing needs another server.
/// </summary>
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
            options.CustomSchemaIds(new SchemaNames().Of);
            options.SupportNonNullableReferenceTypes();
            options.SchemaFilter<SchemaShapes>();
            options.OperationFilter<OperationDocumentation>();
        });
        return services;
    }

    public static void UseActorsDocumentation(this WebApplication app)
    {
        app.UseSwagger(options =>
        {
            options.RouteTemplate = "openapi/{documentName}.json";
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        });
        app.UseSwaggerUI(options =>
        {
            options.RoutePrefix = "docs";
            options.DocumentTitle = "Actors API";
            options.SwaggerEndpoint($"/openapi/{Version}.json", "Actors v1");
        });
        app.UseReDoc(options =>
        {
            options.RoutePrefix = "redoc";
            options.DocumentTitle = "Actors API";
            options.SpecUrl = $"/openapi/{Version}.json";

            // The page that comes with it asks a foreign server for fonts.
            options.IndexStream = () => EmbeddedFiles.Open("redoc.html");
        });
        app.MapGet(ErrorPage.Path, ErrorPage.Get).ExcludeFromDescription();
    }
}
