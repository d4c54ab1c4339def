using System.Collections.Immutable;
using System.Text.Json;

namespace Actors.Domain.Designs;

/// <summary>A merge patch over a connection's fields, read against the connection that it changes.</summary>
internal readonly record struct ConnectionPatch(Connection After, ImmutableArray<string> Paths, bool Reconnects)
{
    public static Refusal? Read(JsonElement patch, Connection before, out ConnectionPatch result)
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
            if (member.NameEquals("from"u8))
            {
                refusal = ReadEnd("from", member.Value, after.From, out var end);
                after = after with { From = end };
                paths.Add("from");
            }
            else if (member.NameEquals("to"u8))
            {
                refusal = ReadEnd("to", member.Value, after.To, out var end);
                after = after with { To = end };
                paths.Add("to");
            }
            else if (member.NameEquals("props"u8))
            {
                refusal = JsonFields.RequireObjectOrNull("props", member.Value);
                MergePatch.AddPaths(paths, "props", before.Props, member.Value);
                after = after with { Props = member.Value.ValueKind == JsonValueKind.Object ? MergePatch.Apply(before.Props, member.Value) : Node.EmptyObject };
            }
            else
            {
                refusal = member.NameEquals("id"u8) ? Refusals.Immutable("id") : JsonFields.Unknown(member);
            }

            if (refusal is not null)
            {
                return refusal;
            }
        }

        result = new ConnectionPatch(after, [.. paths], after.From != before.From || after.To != before.To);
        return null;
    }

    private static Refusal? ReadEnd(string field, JsonElement patch, Endpoint before, out Endpoint after)
    {
        after = before;
        if (patch.ValueKind != JsonValueKind.Object)
        {
            return Refusals.Invalid(field, "must be an object with node and port");
        }

        foreach (var member in patch.EnumerateObject())
        {
            var isNode = member.NameEquals("node"u8);
            if (!isNode && !member.NameEquals("port"u8))
            {
                return JsonFields.Unknown(member);
            }

            if (JsonFields.ReadText(isNode ? $"{field}.node" : $"{field}.port", member.Value, out var text) is { } refusal)
            {
                return refusal;
            }

            after = isNode ? after with { Node = text } : after with { Port = text };
        }

        return null;
    }
}
