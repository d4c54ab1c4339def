using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.Frontend.Http;

/// <summary>A field of a merge patch (RFC 7396): absent keeps the value, null removes it.</summary>
[JsonConverter(typeof(PatchedConverterFactory))]
public readonly record struct Patched<T>(bool IsSet, T? Value);

internal sealed class PatchedConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Patched<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class Converter<T> : JsonConverter<Patched<T>>
    {
        public override bool HandleNull => true;

        public override Patched<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(true, JsonSerializer.Deserialize<T>(ref reader, options));

        public override void Write(Utf8JsonWriter writer, Patched<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Value, options);
    }
}
