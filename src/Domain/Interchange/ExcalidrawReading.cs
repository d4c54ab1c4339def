using System.Text.Json;
using Actors.Domain.Components;
using Actors.Domain.Components.BuiltIn;
using Actors.Domain.Designs;

namespace Actors.Domain.Interchange;

/// <summary>The nodes of one Excalidraw file while it is read.</summary>
internal sealed class ExcalidrawReading(IComponentCatalog components, DesignLimits limits)
{
    private const double Padding = 24;
    private const double Gap = 80;

    private readonly UniqueIds _ids = new(limits.IdentifierLength);
    private readonly List<Node> _nodes = [];

    public IReadOnlyCollection<Node> Nodes => _nodes;

    public List<ImportWarning> Warnings { get; } = [];

    /// <summary>Node id to its place in the file.</summary>
    public Dictionary<string, string> Pointers { get; } = new(StringComparer.Ordinal);

    public ImportResult.Refused? ReadScene(JsonElement elements) => ReadElements(elements, "/elements", parent: null);

    public ImportResult.Refused? ReadLibrary(JsonElement items, string pointer)
    {
        var frames = new List<(int Frame, int End)>();
        var index = 0;
        foreach (var item in items.EnumerateArray())
        {
            var place = FormattableString.Invariant($"{pointer}/{index++}");
            var elements = item.ValueKind == JsonValueKind.Array ? item : item.GetList("elements");
            if (elements is not { } list)
            {
                return ImportResult.Invalid(place, "must be a list of elements, or an object with one");
            }

            var id = Take(item.GetText("id") is { Length: > 0 } given ? given : FormattableString.Invariant($"item-{index}"), place);
            var frame = _nodes.Count;
            _nodes.Add(new Node { Id = id, Type = "frame" });
            if (ReadElements(list, item.ValueKind == JsonValueKind.Array ? place : place + "/elements", id) is { } refused)
            {
                return refused;
            }

            var name = (item.GetText("name") is { Length: > 0 } named ? named : Heading(frame + 1) ?? FormattableString.Invariant($"Item {index}")).Cut(limits.NameLength);
            _nodes[frame] = _nodes[frame] with { Label = name, Order = OrderSequence.Key(frame), Props = FrameProps(item, name) };
            frames.Add((frame, _nodes.Count));
        }

        LayOut(frames);
        return null;
    }

    private ImportResult.Refused? ReadElements(JsonElement elements, string pointer, string? parent)
    {
        if (ImportGate.TooMany(pointer, _nodes.Count + elements.GetArrayLength(), limits.Nodes, "nodes") is { } tooMany)
        {
            return tooMany;
        }

        var read = new List<(JsonElement Element, string Id, string Pointer)>();
        var byOriginal = new Dictionary<string, (string Id, string Type)>(StringComparer.Ordinal);
        var index = 0;
        foreach (var element in elements.EnumerateArray())
        {
            var place = FormattableString.Invariant($"{pointer}/{index++}");
            if (element.ValueKind != JsonValueKind.Object)
            {
                return ImportResult.Invalid(place, "must be an object");
            }

            if (element.GetFlag("isDeleted"))
            {
                continue;
            }

            var original = element.GetText("id");
            var id = Take(original is { Length: > 0 } ? original : FormattableString.Invariant($"element-{index}"), place);
            if (original is not null)
            {
                byOriginal.TryAdd(original, (id, TypeOf(element)));
            }

            read.Add((element, id, place));
        }

        foreach (var (element, id, place) in read)
        {
            // Frames hold elements, never other frames.
            var container = TypeOf(element) != "frame" && element.GetText("frameId") is { } frame && byOriginal.TryGetValue(frame, out var found) && found.Type == "frame" ? found.Id : null;
            var bound = element.GetText("containerId") is { } shape && byOriginal.TryGetValue(shape, out var target) ? target.Id : null;
            _nodes.Add(ReadElement(element, id, container ?? parent, bound, place));
        }

        return null;
    }

    private Node ReadElement(JsonElement element, string id, string? parent, string? boundTo, string pointer)
    {
        var type = TypeOf(element);
        var props = ExcalidrawProps.Of(element, type, boundTo);
        if (type != ForeignComponent.Id && components.Find(type)?.Properties.Check(props) is { } refusal)
        {
            Warnings.Add(new ImportWarning(pointer, $"The element does not fit '{type}' and was kept as a foreign one: {refusal.Detail}."));
            type = ForeignComponent.Id;
            props = ExcalidrawProps.Of(element, type, boundTo);
        }

        if (element.GetNumber("x") is null || element.GetNumber("y") is null)
        {
            Warnings.Add(new ImportWarning(pointer, "The element has no position and was put at the origin."));
        }

        return new Node
        {
            Id = id,
            Type = type,
            Parent = parent,
            X = element.GetNumber("x") ?? 0,
            Y = element.GetNumber("y") ?? 0,
            Width = Math.Abs(element.GetNumber("width") ?? 0),
            Height = Math.Abs(element.GetNumber("height") ?? 0),
            Order = OrderSequence.Key(_nodes.Count),
            Label = type == "frame" && element.GetText("name") is { Length: > 0 } name ? name.Cut(limits.NameLength) : null,
            Props = props,
        };
    }

    private static string TypeOf(JsonElement element) => element.GetText("type") switch
    {
        "rectangle" => "shape.rectangle",
        "ellipse" => "shape.ellipse",
        "diamond" => "shape.diamond",
        "line" or "arrow" => "shape.line",
        "draw" or "freedraw" => "shape.path",
        "text" => "text",
        "image" => "image",
        "frame" or "magicframe" => "frame",
        _ => ForeignComponent.Id,
    };

    private string Take(string wanted, string pointer)
    {
        var id = _ids.Take(wanted);
        Pointers.Add(id, pointer);
        return id;
    }

    private static JsonElement FrameProps(JsonElement item, string name) => JsonBuild.Object(writer =>
    {
        writer.WriteString("title", name);
        if (item.ValueKind == JsonValueKind.Object)
        {
            writer.WriteString(Rules.SourceFormat, ExcalidrawImport.FormatName);
            writer.Property(Rules.Source, JsonBuild.Without(item, "elements"));
        }
    });

    /// <summary>The largest text of an unnamed item is most often its heading.</summary>
    private string? Heading(int first) => _nodes
        .Skip(first)
        .Where(node => node.Type == "text")
        .MaxBy(node => node.Props.GetNumber("fontSize") ?? 0)?
        .Props.GetText("text")?.Split('\n')[0].Trim() is { Length: > 0 } text ? text : null;

    /// <summary>Rows of frames side by side, which together are a little wider than high.</summary>
    private void LayOut(List<(int Frame, int End)> frames)
    {
        const double Stretch = 1.3;
        var boxes = frames.ConvertAll(frame => Box.Around(_nodes.Skip(frame.Frame + 1).Take(frame.End - frame.Frame - 1).Select(ExcalidrawProps.Bounds)));
        var area = boxes.Sum(box => (box.Width + (2 * Padding) + Gap) * (box.Height + (2 * Padding) + Gap));
        var (x, y, height, room) = (0.0, 0.0, 0.0, Stretch * Math.Sqrt(area));
        for (var i = 0; i < frames.Count; i++)
        {
            var width = boxes[i].Width + (2 * Padding);
            if (x > 0 && x + width > room)
            {
                (x, y, height) = (0, y + height + Gap, 0);
            }

            Place(frames[i], boxes[i], x, y);
            height = Math.Max(height, boxes[i].Height + (2 * Padding));
            x += width + Gap;
        }
    }

    private void Place((int Frame, int End) frame, Box box, double x, double y)
    {
        _nodes[frame.Frame] = _nodes[frame.Frame] with { X = x, Y = y, Width = box.Width + (2 * Padding), Height = box.Height + (2 * Padding) };
        for (var i = frame.Frame + 1; i < frame.End; i++)
        {
            _nodes[i] = _nodes[i] with { X = _nodes[i].X - box.X + x + Padding, Y = _nodes[i].Y - box.Y + y + Padding };
        }
    }
}
