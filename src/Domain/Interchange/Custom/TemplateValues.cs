using System.Text.Json;
using Actors.Domain.Components;
using Actors.Domain.Interchange.Svg;

namespace Actors.Domain.Interchange.Custom;

/// <summary>
/// What stands for the names of a template in one node: its properties, with their defaults where they are absent;
/// <c>label</c>, which is the node's own where no property is called so; and within a repetition <c>item</c>.
/// </summary>
/// <remarks>
/// A small template could repeat a large property many times; so what one node may take is bounded, and beyond it nothing is shown.
/// </remarks>
internal sealed class TemplateValues(SvgNode node)
{
    public const string Label = "label";
    public const string Item = "item";

    /// <summary>Entries of a list that are shown.</summary>
    private const int Entries = 100;

    private int _parts = 500;
    private int _letters = 20_000;
    private JsonElement? _item;

    public string Text(string name)
    {
        var text = Value(name) is { } value ? SvgNode.Caption(value) ?? "" : name == Label ? node.Node.Label ?? "" : "";
        var shown = _letters == 0 ? "" : text.Cut(_letters);
        _letters -= shown.Length;
        return shown;
    }

    /// <summary>Whether there is something to show: not false, not 0, not empty.</summary>
    public bool Has(string name) => Value(name) is { } value
        ? value.ValueKind switch
        {
            JsonValueKind.True or JsonValueKind.Object => true,
            JsonValueKind.String => !value.ValueEquals(""),
            JsonValueKind.Number => value.AsNumber() is not 0,
            JsonValueKind.Array => value.GetArrayLength() > 0,
            _ => false,
        }
        : name == Label && node.Node.Label is { Length: > 0 };

    /// <summary>Whether one more part may be shown.</summary>
    public bool Take() => --_parts >= 0;

    /// <summary>Does something once for each entry of a list, with the entry as <c>item</c>.</summary>
    public void ForEach(string list, Action<int> show)
    {
        if (Value(list) is not { ValueKind: JsonValueKind.Array } entries)
            return;

        var index = 0;
        foreach (var entry in entries.EnumerateArray().Take(Entries))
        {
            _item = entry;
            show(index++);
        }

        _item = null;
    }

    private JsonElement? Value(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot >= 0 ? _item?.Get(name[(dot + 1)..])
            : name == Item ? _item
            : node.Props.Get(name) ?? node.Component?.Properties.Find(name)?.Default;
    }
}
