using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Execution;
using Actors.Frontend.Http;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Actors.Frontend.Documentation;

/// <summary>
/// Schemas as the JSON really is: which members are always there, which can be null, and the families whose JSON their
/// types do not show.
/// </summary>
internal sealed class SchemaShapes : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema shape)
            return;

        if (context.Type == typeof(PortType))
            Text(shape, "`any`, `text`, `number`, `boolean`, `json`, `file`, `signal` or `list<T>`.");
        else if (context.Type == typeof(Token))
            Anything(shape, "Any JSON value.");
        else if (context.Type == typeof(Operation))
            OperationSchema.Write(shape, type => context.SchemaGenerator.GenerateSchema(type, context.SchemaRepository));
        else if (context.Type == typeof(SubmitResult))
            OperationSchema.WriteResult(shape, type => context.SchemaGenerator.GenerateSchema(type, context.SchemaRepository));
        else if (shape.Properties is { Count: > 0 })
            Members(shape, context);
    }

    private static void Members(OpenApiSchema shape, SchemaFilterContext context)
    {
        var nullability = new NullabilityInfoContext();
        var required = RequiredMembers(context.Type, nullability);
        foreach (var member in context.Type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var name = member.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(member.Name);
            if (!shape.Properties!.TryGetValue(name, out var property))
                continue;

            if (IsPatched(member.PropertyType))
                shape.Properties[name] = Patched(member.PropertyType, context);
            else if (property is OpenApiSchemaReference && member.GetCustomAttribute<RequiredAttribute>() is null && nullability.Create(member).ReadState == NullabilityState.Nullable)
                shape.Properties[name] = new OpenApiSchema { AnyOf = [property, new OpenApiSchema { Type = JsonSchemaType.Null }] };

            var isAlwaysWritten = member.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: JsonIgnoreCondition.Never };
            if (required.Contains(member.Name) || isAlwaysWritten)
                (shape.Required ??= new HashSet<string>(StringComparer.Ordinal)).Add(name);
        }
    }

    /// <summary>What a constructor needs and cannot be null is always there; <c>required</c> members are found by the generator.</summary>
    private static HashSet<string> RequiredMembers(Type type, NullabilityInfoContext nullability)
    {
        var constructor = type.GetConstructors()
            .Where(constructor => constructor.GetParameters() is not [{ ParameterType: var only }] || only != type)
            .MaxBy(constructor => constructor.GetParameters().Length);
        return constructor is null
            ? []
            : [.. constructor.GetParameters()
                .Where(parameter => !parameter.HasDefaultValue && !IsPatched(parameter.ParameterType) && nullability.Create(parameter).WriteState != NullabilityState.Nullable)
                .Select(parameter => parameter.Name!)];
    }

    private static bool IsPatched(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Patched<>);

    private static OpenApiSchema Patched(Type patched, SchemaFilterContext context)
    {
        context.SchemaRepository.Schemas.Remove(context.SchemaRepository.TryLookupByType(patched, out var reference) ? reference.Reference.Id! : "");
        return context.SchemaGenerator.GenerateSchema(patched.GetGenericArguments()[0], context.SchemaRepository) switch
        {
            OpenApiSchema inline => new OpenApiSchema { Type = inline.Type | JsonSchemaType.Null, Format = inline.Format, Items = inline.Items },
            var other => new OpenApiSchema { AnyOf = [other, new OpenApiSchema { Type = JsonSchemaType.Null }] },
        };
    }

    private static void Anything(OpenApiSchema shape, string description)
    {
        Text(shape, description);
        shape.Type = null;
    }

    private static void Text(OpenApiSchema shape, string description)
    {
        shape.Type = JsonSchemaType.String;
        shape.Properties = null;
        shape.Required = null;
        shape.AdditionalPropertiesAllowed = true;
        shape.Description = description;
    }
}
