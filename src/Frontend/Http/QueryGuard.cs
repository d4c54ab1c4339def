using System.Collections.Frozen;
using System.Reflection;
using Actors.Domain;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Actors.Frontend.Http;

/// <summary>
/// Refuses query parameters that the address does not take, and those given twice: a typo must not be silently dropped.
/// What an address takes is what its handler declares.
/// </summary>
internal static class QueryGuard
{
    public static EndpointFilterDelegate Create(EndpointFilterFactoryContext context, EndpointFilterDelegate next)
    {
        if (context.MethodInfo.IsDefined(typeof(TakesAnyQueryAttribute)))
            return next;

        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var parameter in context.MethodInfo.GetParameters())
            Collect(parameter, known);

        var names = known.ToFrozenSet(StringComparer.Ordinal);
        return invocation => Refuse(invocation.HttpContext.Request, names) is { } refusal
            ? ValueTask.FromResult<object?>(refusal.ToResult())
            : next(invocation);
    }

    private static Refusal? Refuse(HttpRequest request, FrozenSet<string> names)
    {
        if (!request.QueryString.HasValue)
            return null;

        foreach (var (name, values) in request.Query)
        {
            if (!names.Contains(name) || request.RouteValues.ContainsKey(name))
                return Refusal.Field(name, names.Count == 0 ? "is not a known parameter; this address takes none" : $"is not a known parameter; this address takes {string.Join(", ", names.Order(StringComparer.Ordinal))}");

            if (values.Count > 1)
                return Refusal.Field(name, "is given twice");
        }

        return null;
    }

    private static void Collect(ParameterInfo declared, HashSet<string> known)
    {
        var type = declared.ParameterType;
        var attributes = declared.GetCustomAttributes(inherit: true);
        if (attributes.OfType<IFromQueryMetadata>().FirstOrDefault() is { } query)
        {
            known.Add(query.Name ?? declared.Name!);
        }
        else if (attributes.OfType<AsParametersAttribute>().Any())
        {
            foreach (var inner in type.GetConstructors().SelectMany(constructor => constructor.GetParameters()))
                Collect(inner, known);

            foreach (var property in type.GetProperties().Where(property => property.SetMethod is not null))
            {
                if (property.GetCustomAttributes(inherit: true).OfType<IFromQueryMetadata>().FirstOrDefault() is { } named)
                    known.Add(named.Name ?? property.Name);
            }
        }
        else if (IsSimple(type) && !attributes.Any(attribute => attribute is IFromRouteMetadata or IFromHeaderMetadata or IFromBodyMetadata or IFromServiceMetadata))
        {
            // Bound from the query unless the path names it, which is looked up when a request comes.
            known.Add(declared.Name!);
        }
    }

    private static bool IsSimple(Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        return bare == typeof(string) || bare.IsPrimitive || bare.IsEnum || bare == typeof(Guid) || bare == typeof(DateTimeOffset);
    }
}

/// <summary>A handler to whose address others choose the query: none of it is refused.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TakesAnyQueryAttribute : Attribute;
