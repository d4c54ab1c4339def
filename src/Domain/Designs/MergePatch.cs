using System.Buffers;
using System.Text.Json;

namespace Actors.Domain.Designs;

/// <summary>JSON merge patch, RFC 7396: members are merged, <c>null</c> removes, anything else replaces.</summary>
public static class MergePatch
{
    public static JsonElement Apply(JsonElement target, JsonElement patch)
    {
        if (patch.ValueKind != JsonValueKind.Object)
        {
            return patch;
        }

        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            WriteMerged(writer, target, patch);
        }

        return Parse(buffer.WrittenSpan);
    }

    /// <summary>
    /// The paths that the patch changes in the target, in the patch's order: where both sides are objects the paths of
    /// the members, else the place itself. Removing what is not there changes nothing.
    /// </summary>
    internal static void AddPaths(List<string> paths, string path, JsonElement target, JsonElement patch)
    {
        if (patch.ValueKind != JsonValueKind.Object || target.ValueKind != JsonValueKind.Object)
        {
            if (patch.ValueKind != JsonValueKind.Null || target.ValueKind != JsonValueKind.Undefined)
            {
                paths.Add(path);
            }

            return;
        }

        foreach (var member in patch.EnumerateObject())
        {
            target.TryGetProperty(member.Name, out var current);
            AddPaths(paths, PropertyPath.Append(path, member.Name), current, member.Value);
        }
    }

    /// <summary>Our JSON is read by programs, and escapes only what JSON demands.</summary>
    internal static JsonWriterOptions WriterOptions { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    internal static JsonElement Parse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 1_000 });
        return JsonElement.ParseValue(ref reader);
    }

    private static void WriteMerged(Utf8JsonWriter writer, JsonElement target, JsonElement patch)
    {
        if (patch.ValueKind != JsonValueKind.Object)
        {
            patch.WriteTo(writer);
            return;
        }

        var changes = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in patch.EnumerateObject())
        {
            changes[member.Name] = member.Value;
        }

        writer.WriteStartObject();
        if (target.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in target.EnumerateObject())
            {
                if (changes.Remove(member.Name, out var change))
                {
                    WriteMember(writer, member.Name, member.Value, change);
                }
                else
                {
                    member.WriteTo(writer);
                }
            }
        }

        foreach (var (name, change) in changes)
        {
            WriteMember(writer, name, default, change);
        }

        writer.WriteEndObject();
    }

    private static void WriteMember(Utf8JsonWriter writer, string name, JsonElement target, JsonElement change)
    {
        if (change.ValueKind != JsonValueKind.Null)
        {
            writer.WritePropertyName(name);
            WriteMerged(writer, target, change);
        }
    }
}
