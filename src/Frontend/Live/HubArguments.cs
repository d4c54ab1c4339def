using System.Collections.Immutable;
using System.Text.Json;
using Actors.Domain;
using Actors.Domain.Designs;
using Actors.Domain.Identity;
using Actors.Grains.Interfaces.Rooms;

namespace Actors.Frontend.Live;

/// <summary>
/// Reads what clients send to the hub. Arguments come as raw JSON, because a value that does not fit must be refused
/// with a reason and the hub's own binding would only close the call.
/// </summary>
internal static class HubArguments
{
    private const int MaximumSelection = 1_000;

    public static Refusal? ReadId(string prefix, JsonElement json, string field, out string id)
    {
        id = json.ValueKind == JsonValueKind.String ? json.GetString()! : "";
        return Identifier.Check(prefix, id, field);
    }

    public static Refusal? ReadPosition(JsonElement? json, out DesignPosition? position)
    {
        position = null;
        if (json is not { ValueKind: not JsonValueKind.Null and not JsonValueKind.Undefined } given)
        {
            return null;
        }

        if (given.ValueKind != JsonValueKind.Object
            || !given.TryGetProperty("epoch", out var epoch) || epoch.ValueKind != JsonValueKind.String
            || !given.TryGetProperty("revision", out var revision) || revision.ValueKind != JsonValueKind.Number || !revision.TryGetInt64(out var number))
        {
            return Refusal.Field("position", "must be null or an object with 'epoch' (text) and 'revision' (integer)");
        }

        position = new DesignPosition(epoch.GetString()!, number);
        return null;
    }

    public static Refusal? ReadSequence(JsonElement? json, out long? sequence)
    {
        sequence = null;
        if (json is not { ValueKind: not JsonValueKind.Null and not JsonValueKind.Undefined } given)
        {
            return null;
        }

        if (given.ValueKind != JsonValueKind.Number || !given.TryGetInt64(out var number) || number < 0)
        {
            return Refusal.Field("afterSequence", "must be null or a non-negative integer");
        }

        sequence = number;
        return null;
    }

    /// <summary>Null for a cursor that says nothing useful; the call has no answer, so it is dropped.</summary>
    public static Cursor? ReadCursor(string participantId, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object
            || !json.TryGetProperty("designId", out var designId) || designId.ValueKind != JsonValueKind.String
            || !Identifier.IsValid(Identifier.Design, designId.GetString())
            || !TryNumber(json, "x", out var x) || !TryNumber(json, "y", out var y))
        {
            return null;
        }

        var selection = ImmutableArray<string>.Empty;
        if (json.TryGetProperty("selection", out var selected) && selected.ValueKind == JsonValueKind.Array)
        {
            if (selected.GetArrayLength() > MaximumSelection)
            {
                return null;
            }

            selection = [.. selected.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)];
        }

        return new Cursor(participantId, designId.GetString()!, x, y, selection);
    }

    private static bool TryNumber(JsonElement json, string name, out double value)
    {
        value = 0;
        return json.TryGetProperty(name, out var number) && number.ValueKind == JsonValueKind.Number
            && number.TryGetDouble(out value) && double.IsFinite(value);
    }
}
