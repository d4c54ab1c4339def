using System.Globalization;
using System.Text.Json.Nodes;
using Actors.Domain;
using Actors.Frontend.Http;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Actors.Frontend.Documentation;

/// <summary>Writes what an endpoint declares (<see cref="EndpointDocumentation"/>) into its operation of the OpenAPI document.</summary>
internal sealed class OperationDocumentation : IOperationFilter
{
    /// <summary>The extension that names the least role; a test reads it.</summary>
    public const string Role = "x-role";

    /// <summary>The extension of a refusing answer that lists its codes.</summary>
    public const string Codes = "x-codes";

    private const string Json = "application/json";

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var documented = new DocumentedOperation(context.ApiDescription);
        operation.Responses ??= [];
        DescribeRole(operation, documented);
        DescribeParameters(operation, documented);
        DescribeRequest(operation, documented, context);
        DescribeSuccess(operation, documented);
        DescribeRefusals(operation, documented, context);
    }

    private static void DescribeRole(OpenApiOperation operation, DocumentedOperation documented)
    {
        if (documented.Role is { } role)
            (operation.Extensions ??= new Dictionary<string, IOpenApiExtension>())[Role] = new JsonNodeExtension(JsonValue.Create(role.Name));

        if (documented.IsAnonymous)
            operation.Security = [];
    }

    private static void DescribeParameters(OpenApiOperation operation, DocumentedOperation documented)
    {
        operation.Parameters ??= [];
        foreach (var name in documented.PathParameters.Where(name => operation.Parameters.All(parameter => parameter.Name != name)))
            operation.Parameters.Add(Text(name, ParameterLocation.Path));

        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>())
        {
            parameter.Description ??= ParameterDescriptions.Of(parameter.Name!, documented.List);
            if (parameter.In == ParameterLocation.Path && IdentifierFilter.PrefixOf(parameter.Name!) is { } prefix)
                parameter.Schema = ParameterDescriptions.IdentifierSchema(prefix);
        }

        foreach (var described in documented.Parameters)
        {
            var parameter = operation.Parameters.OfType<OpenApiParameter>().FirstOrDefault(parameter => parameter.Name == described.Name)
                ?? throw new InvalidOperationException($"{operation.OperationId} describes the parameter '{described.Name}', which its handler does not take.");
            parameter.Description = described.Description;
        }

        if (documented.IsRepeatable)
            operation.Parameters.Add(Text("Idempotency-Key", ParameterLocation.Header, "Makes the request safe to repeat for 24 hours: the same key gets the first answer again."));

        if (documented.IsVersioned && documented.Writes)
            operation.Parameters.Add(Text("If-Match", ParameterLocation.Header, "Write only if the resource still has this entity tag; else 412 `precondition_failed`."));
        else if (documented.IsVersioned)
            operation.Parameters.Add(Text("If-None-Match", ParameterLocation.Header, "The entity tag that you have; 304 if it is still the newest."));
    }

    private static void DescribeRequest(OpenApiOperation operation, DocumentedOperation documented, OperationFilterContext context)
    {
        if (documented.Body is { } body)
        {
            var schema = context.SchemaGenerator.GenerateSchema(body.Body, context.SchemaRepository);
            IReadOnlyList<string> types = body.ContentTypes.Count > 0 ? body.ContentTypes : [Json];
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = types.ToDictionary(type => type, _ => (IOpenApiMediaType)new OpenApiMediaType { Schema = schema }),
            };
        }

        if (documented.RequestExample is { } example && MediaType(operation.RequestBody?.Content) is { } media)
            media.Example = JsonNode.Parse(example);
    }

    private static void DescribeSuccess(OpenApiOperation operation, DocumentedOperation documented)
    {
        foreach (var success in operation.Responses!.Where(response => response.Key.StartsWith('2')).Select(response => response.Value).OfType<OpenApiResponse>().ToList())
            DescribeSuccess(operation, success, documented);
    }

    private static void DescribeSuccess(OpenApiOperation operation, OpenApiResponse success, DocumentedOperation documented)
    {
        if (documented.ResponseExample is { } example && MediaType(success.Content) is { } media)
            media.Example = JsonNode.Parse(example);

        foreach (var type in documented.OtherAnswers)
            (success.Content ??= new Dictionary<string, IOpenApiMediaType>())[type] = new OpenApiMediaType();

        if (documented.IsVersioned)
        {
            (success.Headers ??= new Dictionary<string, IOpenApiHeader>())["ETag"] = new OpenApiHeader
            {
                Description = "The version of what is answered.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            };
            if (!documented.Writes)
                operation.Responses!["304"] = new OpenApiResponse { Description = "Not modified: you have the newest version." };
        }
    }

    private static void DescribeRefusals(OpenApiOperation operation, DocumentedOperation documented, OperationFilterContext context)
    {
        var problem = context.SchemaGenerator.GenerateSchema(typeof(Problem), context.SchemaRepository);
        foreach (var status in operation.Responses!.Keys.Where(status => status[0] is '4' or '5').ToList())
            operation.Responses.Remove(status);

        foreach (var (status, codes) in documented.Refusals())
        {
            operation.Responses[status.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = $"{RefusalStatus.Title(status)}: {string.Join(", ", codes.Select(code => $"[{code}](/docs/errors#{code})"))}",
                Content = new Dictionary<string, IOpenApiMediaType> { [Problem.ContentType] = new OpenApiMediaType { Schema = problem } },
                Headers = codes.Contains(ErrorCodes.RateLimited) ? RetryAfter() : null,
                Extensions = new Dictionary<string, IOpenApiExtension>
                {
                    [Codes] = new JsonNodeExtension(new JsonArray([.. codes.Select(code => (JsonNode)code)])),
                },
            };
        }
    }

    private static Dictionary<string, IOpenApiHeader> RetryAfter() => new()
    {
        ["Retry-After"] = new OpenApiHeader { Description = "Seconds to wait.", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer } },
    };

    private static OpenApiParameter Text(string name, ParameterLocation location, string? description = null) => new()
    {
        Name = name,
        In = location,
        Required = location == ParameterLocation.Path,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private static OpenApiMediaType? MediaType(IDictionary<string, IOpenApiMediaType>? content) =>
        content?.Where(media => media.Key.EndsWith("json", StringComparison.Ordinal)).Select(media => media.Value).FirstOrDefault() as OpenApiMediaType;
}
