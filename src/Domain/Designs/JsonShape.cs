using System.Runtime.InteropServices;
using System.Text.Json;

namespace Actors.Domain.Designs;

/// <summary>What any JSON value must keep to before we look at what it means: depth, unique names, readable text.</summary>
internal static class JsonShape
{
    private const int FewNames = 8;

    /// <param name="depth">Levels of objects and arrays allowed, the value itself included.</param>
    public static Refusal? Check(JsonElement value, string field, int depth)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object or JsonValueKind.Array when depth == 0:
                return Refusals.Limit("propertyDepth", $"{field} is nested too deeply");
            case JsonValueKind.Object:
                return CheckMembers(value, field, depth - 1);
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    if (Check(item, field, depth - 1) is { } refusal)
                    {
                        return refusal;
                    }
                }

                return null;
            case JsonValueKind.String:
                return IsReadable(value) ? null : Unreadable(field);
            default:
                return null;
        }
    }

    /// <summary>The text of a JSON string; false for anything else and for escapes that are no Unicode text.</summary>
    public static bool TryGetText(JsonElement value, out string text)
    {
        text = "";
        if (value.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        try
        {
            text = value.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            // The one way in which the framework tells of half a surrogate pair.
            return false;
        }
    }

    private static Refusal? CheckMembers(JsonElement value, string field, int depth)
    {
        if (value.GetPropertyCount() > FewNames || HasEscapedName(value))
        {
            if (CheckNames(value, field) is { } wrong)
            {
                return wrong;
            }
        }
        else if (HasTwins(value))
        {
            return Twice(field);
        }

        foreach (var member in value.EnumerateObject())
        {
            if (Check(member.Value, field, depth) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    private static bool HasEscapedName(JsonElement value)
    {
        foreach (var member in value.EnumerateObject())
        {
            if (JsonMarshal.GetRawUtf8PropertyName(member).Contains((byte)'\\'))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>For few and plain names comparing each with each is cheapest: no name becomes a string.</summary>
    private static bool HasTwins(JsonElement value)
    {
        var rest = value.EnumerateObject();
        foreach (var member in value.EnumerateObject())
        {
            rest.MoveNext();
            var name = JsonMarshal.GetRawUtf8PropertyName(member);
            for (var others = rest; others.MoveNext();)
            {
                if (name.SequenceEqual(JsonMarshal.GetRawUtf8PropertyName(others.Current)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static Refusal? CheckNames(JsonElement value, string field)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            if (!TryGetName(member, out var name))
            {
                return Unreadable(field);
            }

            if (!names.Add(name))
            {
                return Twice(field);
            }
        }

        return null;
    }

    public static bool TryGetName(JsonProperty member, out string name)
    {
        try
        {
            name = member.Name;
            return true;
        }
        catch (InvalidOperationException)
        {
            name = "";
            return false;
        }
    }

    /// <summary>Without an escape there is nothing that could be wrong: the document was valid UTF-8.</summary>
    private static bool IsReadable(JsonElement text) => !JsonMarshal.GetRawUtf8Value(text).Contains((byte)'\\') || TryGetText(text, out _);

    private static Refusal Twice(string field) => new(ErrorCodes.OperationMalformed, $"{field}: a name occurs twice in one object");

    private static Refusal Unreadable(string field) => new(ErrorCodes.OperationMalformed, $"{field}: holds text that is not valid Unicode");
}
