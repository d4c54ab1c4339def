using System.Text.Json;
using Actors.Domain.Designs;

namespace Actors.Domain.Versions;

/// <summary>How one JSON object becomes another: as a merge patch (RFC 7396) and as a list of paths. Null members are absent ones.</summary>
internal static class JsonDifference
{
    /// <summary>Writes the merge patch that turns the one object into the other.</summary>
    public static void WritePatch(Utf8JsonWriter writer, JsonElement before, JsonElement after)
    {
        var gone = Members(before);
        writer.WriteStartObject();
        foreach (var member in after.EnumerateObject())
        {
            if (!gone.Remove(member.Name, out var old))
            {
                member.WriteTo(writer);
            }
            else if (!JsonElement.DeepEquals(old, member.Value))
            {
                WriteMember(writer, member, old);
            }
        }

        foreach (var name in gone.Keys)
        {
            writer.WriteNull(name);
        }

        writer.WriteEndObject();
    }

    /// <summary>Adds a change for each place at which the values differ: within objects member by member, else the place itself.</summary>
    /// <param name="before">Null when there was nothing.</param>
    /// <param name="after">Null when there is nothing.</param>
    public static void AddChanges(List<PropertyChange> changes, string path, JsonElement? before, JsonElement? after)
    {
        if (before is { ValueKind: JsonValueKind.Object } from && after is { ValueKind: JsonValueKind.Object } to)
        {
            var gone = Members(from);
            foreach (var member in to.EnumerateObject())
            {
                var old = gone.Remove(member.Name, out var found) ? found : (JsonElement?)null;
                AddChanges(changes, PropertyPath.Append(path, member.Name), old, member.Value);
            }

            foreach (var (name, old) in gone)
            {
                changes.Add(new PropertyChange(PropertyPath.Append(path, name), old, null));
            }
        }
        else if (!AreEqual(before, after))
        {
            changes.Add(new PropertyChange(path, before, after));
        }
    }

    public static bool AreEqual(JsonElement? before, JsonElement? after) =>
        before is { } one && after is { } other ? JsonElement.DeepEquals(one, other) : before is null && after is null;

    private static void WriteMember(Utf8JsonWriter writer, JsonProperty member, JsonElement old)
    {
        if (old.ValueKind == JsonValueKind.Object && member.Value.ValueKind == JsonValueKind.Object)
        {
            writer.WritePropertyName(member.Name);
            WritePatch(writer, old, member.Value);
        }
        else
        {
            member.WriteTo(writer);
        }
    }

    private static Dictionary<string, JsonElement> Members(JsonElement value)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            members[member.Name] = member.Value;
        }

        return members;
    }
}
