using System.Collections.Immutable;
using System.Text.Json;

namespace Actors.Domain.Designs;

/// <summary>A merge patch over a node's fields, read. Setting numbers, by far the most frequent edit, never builds JSON.</summary>
internal struct NodePatch
{
    private static readonly ImmutableArray<string> ScalarNames = ["x", "y", "width", "height", "parent", "order", "label"];

    /// <summary>The paths for every set of scalar fields, so that an edit allocates none.</summary>
    private static readonly ImmutableArray<ImmutableArray<string>> ScalarPaths =
        [.. Enumerable.Range(0, 1 << ScalarNames.Length).Select(set => ScalarNames.Where((_, bit) => (set & (1 << bit)) != 0).ToImmutableArray())];

    private Fields _fields;
    private double _x;
    private double _y;
    private double? _width;
    private double? _height;
    private JsonElement _props;
    private JsonElement _execution;

    [Flags]
    private enum Fields
    {
        None = 0,
        X = 1,
        Y = 2,
        Width = 4,
        Height = 8,
        Parent = 16,
        Order = 32,
        Label = 64,
        Scalars = 127,
        Props = 128,
        Execution = 256,
    }

    public string? Parent { get; private set; }

    public string Order { get; private set; }

    public string? Label { get; private set; }

    public readonly bool HasParent => Has(Fields.Parent);

    public readonly bool HasOrder => Has(Fields.Order);

    public readonly bool HasProps => Has(Fields.Props);

    public readonly bool HasExecution => Has(Fields.Execution);

    /// <summary>Whether the patch moves the node within the hierarchy.</summary>
    public readonly bool Moves => HasParent || HasOrder;

    public static Refusal? Read(JsonElement patch, out NodePatch result)
    {
        result = new NodePatch { Order = "" };
        if (patch.ValueKind != JsonValueKind.Object)
        {
            return Refusals.Malformed("patch", "must be an object");
        }

        foreach (var member in patch.EnumerateObject())
        {
            if (result.Read(member) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    public void SetParent(string? parent)
    {
        Parent = parent;
        _fields |= Fields.Parent;
    }

    public void SetOrder(string order)
    {
        Order = order;
        _fields |= Fields.Order;
    }

    public readonly Node ApplyTo(Node node) => node with
    {
        X = Has(Fields.X) ? _x : node.X,
        Y = Has(Fields.Y) ? _y : node.Y,
        Width = Has(Fields.Width) ? _width : node.Width,
        Height = Has(Fields.Height) ? _height : node.Height,
        Parent = HasParent ? Parent : node.Parent,
        Order = HasOrder ? Order : node.Order,
        Label = Has(Fields.Label) ? Label : node.Label,
        Props = !HasProps ? node.Props : _props.ValueKind == JsonValueKind.Null ? Node.EmptyObject : MergePatch.Apply(node.Props, _props),
        Execution = !HasExecution ? node.Execution : _execution.ValueKind == JsonValueKind.Null ? null : MergePatch.Apply(node.Execution ?? default, _execution),
    };

    /// <summary>The paths that the patch writes in that node.</summary>
    public readonly ImmutableArray<string> PathsIn(Node node)
    {
        var scalars = ScalarPaths[(int)(_fields & Fields.Scalars)];
        if (!HasProps && !HasExecution)
        {
            return scalars;
        }

        var paths = new List<string>(scalars);
        if (HasProps)
        {
            MergePatch.AddPaths(paths, "props", node.Props, _props);
        }

        if (HasExecution)
        {
            MergePatch.AddPaths(paths, "execution", node.Execution ?? default, _execution);
        }

        return [.. paths];
    }

    private readonly bool Has(Fields field) => (_fields & field) != Fields.None;

    private Refusal? Read(JsonProperty member)
    {
        if (member.NameEquals("x"u8))
        {
            _fields |= Fields.X;
            return ReadCoordinate("x", member.Value, out _x);
        }

        if (member.NameEquals("y"u8))
        {
            _fields |= Fields.Y;
            return ReadCoordinate("y", member.Value, out _y);
        }

        if (member.NameEquals("width"u8))
        {
            _fields |= Fields.Width;
            return ReadSize("width", member.Value, out _width);
        }

        if (member.NameEquals("height"u8))
        {
            _fields |= Fields.Height;
            return ReadSize("height", member.Value, out _height);
        }

        if (member.NameEquals("props"u8))
        {
            _fields |= Fields.Props;
            _props = member.Value;
            return JsonFields.RequireObjectOrNull("props", member.Value);
        }

        if (member.NameEquals("execution"u8))
        {
            _fields |= Fields.Execution;
            _execution = member.Value;
            return JsonFields.RequireObjectOrNull("execution", member.Value);
        }

        return ReadText(member);
    }

    private Refusal? ReadText(JsonProperty member)
    {
        Refusal? refusal;
        if (member.NameEquals("parent"u8))
        {
            refusal = JsonFields.ReadTextOrNull("parent", member.Value, out var parent);
            SetParent(parent);
            return refusal;
        }

        if (member.NameEquals("label"u8))
        {
            refusal = JsonFields.ReadTextOrNull("label", member.Value, out var label);
            (Label, _fields) = (label, _fields | Fields.Label);
            return refusal;
        }

        if (member.NameEquals("order"u8))
        {
            refusal = JsonFields.ReadText("order", member.Value, out var order);
            SetOrder(order);
            return refusal ?? Refusals.Order(order);
        }

        return member.NameEquals("id"u8) ? Refusals.Immutable("id") : member.NameEquals("type"u8) ? Refusals.Immutable("type") : JsonFields.Unknown(member);
    }

    private static Refusal? ReadCoordinate(string field, JsonElement value, out double number)
    {
        number = double.NaN;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out number) && double.IsFinite(number)
            ? null
            : Refusals.Invalid(field, "must be a finite number");
    }

    private static Refusal? ReadSize(string field, JsonElement value, out double? size)
    {
        size = null;
        if (value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var refusal = ReadCoordinate(field, value, out var number);
        size = number;
        return refusal ?? Refusals.Size(field, number);
    }
}
