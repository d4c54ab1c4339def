using System.Collections.Immutable;
using System.Text.Json;

namespace Actors.Domain.Designs;

/// <summary>A merge patch over the design's own fields, read against what it changes.</summary>
internal readonly record struct HeaderPatch(DesignHeader After, ImmutableArray<string> Paths)
{
    public static Refusal? Read(JsonElement patch, DesignHeader before, out HeaderPatch result)
    {
        result = default;
        if (patch.ValueKind != JsonValueKind.Object)
        {
            return Refusals.Malformed("patch", "must be an object");
        }

        var after = before;
        var paths = new List<string>();
        foreach (var member in patch.EnumerateObject())
        {
            Refusal? refusal;
            if (member.NameEquals("name"u8))
            {
                refusal = JsonFields.ReadText("name", member.Value, out var name);
                after = after with { Name = name };
                paths.Add("name");
            }
            else if (member.NameEquals("description"u8))
            {
                refusal = JsonFields.ReadTextOrNull("description", member.Value, out var description);
                after = after with { Description = description };
                paths.Add("description");
            }
            else if (member.NameEquals("settings"u8))
            {
                refusal = JsonFields.RequireObjectOrNull("settings", member.Value);
                MergePatch.AddPaths(paths, "settings", before.Settings ?? default, member.Value);
                after = after with { Settings = member.Value.ValueKind == JsonValueKind.Object ? MergePatch.Apply(before.Settings ?? default, member.Value) : null };
            }
            else
            {
                refusal = JsonFields.Unknown(member);
            }

            if (refusal is not null)
            {
                return refusal;
            }
        }

        result = new HeaderPatch(after, [.. paths]);
        return null;
    }
}
