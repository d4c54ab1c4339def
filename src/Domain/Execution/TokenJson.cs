using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.Domain.Execution;

/// <summary>A token is its value on the wire.</summary>
public sealed class TokenConverter : JsonConverter<Token>
{
    public override bool HandleNull => true;

    public override Token Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Token.Of(JsonElement.ParseValue(ref reader));

    public override void Write(Utf8JsonWriter writer, Token value, JsonSerializerOptions options) => writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
}

[JsonSourceGenerationOptions]
[JsonSerializable(typeof(string))]
internal sealed partial class TokenJson : JsonSerializerContext;
