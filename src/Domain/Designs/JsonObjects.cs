using System.Buffers;
using System.Text.Json;

namespace Actors.Domain.Designs;

/// <summary>Writes small JSON objects as values.</summary>
internal static class JsonObjects
{
    /// <summary>An object with the members that <paramref name="members"/> writes.</summary>
    public static JsonElement Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var writer = new Utf8JsonWriter(buffer, MergePatch.WriterOptions))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return MergePatch.Parse(buffer.WrittenSpan);
    }

    /// <summary>The object with one text member set, the rest as it was.</summary>
    public static JsonElement With(JsonElement target, string name, string value) => Write(writer =>
    {
        foreach (var member in target.EnumerateObject())
        {
            if (!member.NameEquals(name))
            {
                member.WriteTo(writer);
            }
        }

        writer.WriteString(name, value);
    });
}
