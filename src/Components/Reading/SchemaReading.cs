using Actors.Domain.Json.Schema;

namespace Actors.Components.Reading;

/// <summary>Reads a JSON Schema from a node's properties.</summary>
internal static class SchemaReading
{
    public static JsonSchema Required(ProcessSettings settings, string name)
    {
        if (settings.Find(name) is not { } text)
        {
            throw PropertyReading.Invalid(name, "is required");
        }

        return JsonSchema.TryCompile(text, out var schema, out var problem)
            ? schema
            : throw PropertyReading.Invalid(name + problem.Pointer.Replace('/', '.'), $"{problem.Message} ({problem.Code})");
    }
}
