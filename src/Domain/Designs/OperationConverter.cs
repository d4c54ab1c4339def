using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.Domain.Designs;

public sealed class OperationConverter : JsonConverter<Operation>
{
    public override Operation Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, Operation value, JsonSerializerOptions options) => throw new NotSupportedException();
}
