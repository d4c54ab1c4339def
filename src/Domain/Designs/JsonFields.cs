using System.Text.Json;

namespace Actors.Domain.Designs;

/// <summary>Reads members of a patch; a refusal says what is wrong with which.</summary>
internal static class JsonFields
{
    public static Refusal? RequireObjectOrNull(string field, JsonElement value) =>
        value.ValueKind is JsonValueKind.Object or JsonValueKind.Null ? null : Refusals.Invalid(field, "must be an object or null");

    public static Refusal? ReadText(string field, JsonElement value, out string text) =>
        JsonShape.TryGetText(value, out text) ? null : Refusals.Invalid(field, "must be a text");

    public static Refusal? ReadTextOrNull(string field, JsonElement value, out string? text)
    {
        text = null;
        if (value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var refusal = JsonShape.TryGetText(value, out var read) ? null : Refusals.Invalid(field, "must be a text or null");
        text = read;
        return refusal;
    }

    public static Refusal Unknown(JsonProperty member) => JsonShape.TryGetName(member, out var name)
        ? Refusals.UnknownField(name)
        : Refusals.Malformed("patch", "holds a name that is not valid Unicode");
}
