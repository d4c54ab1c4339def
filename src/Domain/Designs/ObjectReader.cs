using System.Text.Json;

namespace Actors.Domain.Designs;

/// <summary>
/// Reads the fields of one JSON object, of which <see cref="JsonShape"/> thought well, and keeps the first thing that is
/// wrong. Reading goes on with empty values, so that the caller writes down the fields and nothing else.
/// </summary>
internal ref struct ObjectReader
{
    private readonly JsonElement _json;
    private readonly string _place;
    private readonly List<string> _known = [];

    public ObjectReader(JsonElement json, string place = "")
    {
        _json = json;
        _place = place;
    }

    public Refusal? Refusal { get; private set; }

    public string Text(string name)
    {
        if (Find(name) is { } value && JsonShape.TryGetText(value, out var text))
        {
            return text;
        }

        Refuse(name, "must be a text");
        return "";
    }

    public string? OptionalText(string name) => Find(name) is null or { ValueKind: JsonValueKind.Null } ? null : Text(name);

    public double Number(string name)
    {
        if (Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) && double.IsFinite(number))
        {
            return number;
        }

        Refuse(name, "must be a finite number");
        return 0;
    }

    public double? OptionalNumber(string name) => Find(name) is null or { ValueKind: JsonValueKind.Null } ? null : Number(name);

    /// <summary>An object, detached from a document that its owner may return to a pool.</summary>
    public JsonElement Object(string name)
    {
        if (Find(name) is { ValueKind: JsonValueKind.Object } value)
        {
            return value.Clone();
        }

        Refuse(name, "must be an object");
        return Node.EmptyObject;
    }

    public JsonElement? OptionalObject(string name) => Find(name) is null or { ValueKind: JsonValueKind.Null } ? null : Object(name);

    public ObjectReader Inner(string name)
    {
        if (Find(name) is { ValueKind: JsonValueKind.Object } value)
        {
            return new ObjectReader(value, _place + name + ".");
        }

        Refuse(name, "must be an object");
        return new ObjectReader(Node.EmptyObject, _place + name + ".");
    }

    /// <summary>Takes over what an inner object found wrong.</summary>
    public void Join(ObjectReader inner) => Refusal ??= inner.Finish();

    /// <summary>The first thing wrong, an unknown field being the last to be told.</summary>
    public readonly Refusal? Finish()
    {
        if (Refusal is not null)
        {
            return Refusal;
        }

        foreach (var member in _json.EnumerateObject())
        {
            if (!IsKnown(member))
            {
                return Refusals.UnknownField(_place + member.Name);
            }
        }

        return null;
    }

    private readonly JsonElement? Find(string name)
    {
        _known.Add(name);
        return _json.TryGetProperty(name, out var value) ? value : null;
    }

    private void Refuse(string name, string rule) => Refusal ??= Refusals.Malformed(_place + name, rule);

    private readonly bool IsKnown(JsonProperty member)
    {
        foreach (var name in _known)
        {
            if (member.NameEquals(name))
            {
                return true;
            }
        }

        return false;
    }
}
