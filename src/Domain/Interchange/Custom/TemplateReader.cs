using System.Globalization;
using System.Text.Json;
using Actors.Domain.Components;
using Actors.Domain.Interchange.Svg;

namespace Actors.Domain.Interchange.Custom;

/// <summary>Reads the members of templates. It keeps the first thing that is wrong, and answers defaults from then on.</summary>
internal sealed class TemplateReader(PropertySchema schema)
{
    /// <summary>What is wrong: a path such as <c>drawing[2].fill</c>, and the rule.</summary>
    public (string Path, string Rule)? Problem { get; private set; }

    /// <summary>Set while a repeated part is read, in which <c>item</c> means something.</summary>
    public bool IsRepeated { get; set; }

    public void Fail(string path, string rule) => Problem ??= (path, rule);

    /// <summary>Whether this is an object that has no other members than these.</summary>
    public bool IsObject(JsonElement value, string path, params ReadOnlySpan<string> members)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Fail(path, "must be an object");
            return false;
        }

        foreach (var member in value.EnumerateObject())
        {
            if (!members.Contains(member.Name))
                Fail($"{path}.{member.Name}", $"is not known here; there may be {string.Join(", ", members.ToArray())}");
        }

        return true;
    }

    public TemplateLength Length(JsonElement owner, string name, string path, TemplateLength byDefault) =>
        owner.Get(name) is { } value ? Length(value, $"{path}.{name}") : byDefault;

    public TemplateLength Length(JsonElement value, string path)
    {
        if (value.AsNumber() is { } pixels and >= -100_000 and <= 100_000)
            return new TemplateLength(0, pixels);

        if (value.ValueKind == JsonValueKind.String && TemplateLength.Parse(value.GetString()!) is { } length)
            return length;

        Fail(path, "must be a number of pixels, or a share of the box with pixels such as '100%-24'");
        return TemplateLength.Zero;
    }

    public double Number(JsonElement owner, string name, string path, double minimum, double maximum, double byDefault)
    {
        if (owner.Get(name) is not { } value)
            return byDefault;

        if (value.AsNumber() is { } number && number >= minimum && number <= maximum)
            return number;

        Fail($"{path}.{name}", string.Create(CultureInfo.InvariantCulture, $"must be a number between {minimum} and {maximum}"));
        return byDefault;
    }

    public bool Flag(JsonElement owner, string name, string path)
    {
        if (owner.Get(name) is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) })
            Fail($"{path}.{name}", "must be true or false");

        return owner.GetFlag(name);
    }

    public string Choice(JsonElement owner, string name, string path, params ReadOnlySpan<string> allowed)
    {
        if (owner.Get(name) is not { } value)
            return allowed[0];

        if (owner.GetText(name) is { } text && allowed.Contains(text))
            return text;

        Fail($"{path}.{name}", $"must be one of {string.Join(", ", allowed.ToArray())}");
        return allowed[0];
    }

    /// <summary>A text; null when it is absent.</summary>
    public TemplateText? Text(JsonElement owner, string name, string path) => owner.Get(name) is { } value ? Text(value, $"{path}.{name}") : null;

    public TemplateText? Text(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.String || TemplateText.Parse(value.GetString()!) is not { } text)
        {
            Fail(path, "must be text, in which every {{ is closed by }}");
            return null;
        }

        foreach (var name in text.Names)
            Knows(name, path);

        return text;
    }

    /// <summary>A colour, or the value that gives one; null when it is absent.</summary>
    public TemplateText? Color(JsonElement owner, string name, string path)
    {
        if (Text(owner, name, path) is not { } color)
            return null;

        if (color.Name is null && SvgStyle.Color(color.Literal) is null)
            Fail($"{path}.{name}", "must be a colour as CSS writes it (#rrggbb, a name, rgb(), hsl()), or one {{property}}");

        return color;
    }

    /// <summary>The name of a property; null when it is absent.</summary>
    public string? Property(JsonElement owner, string name, string path)
    {
        if (owner.Get(name) is not { } value)
            return null;

        if (value.ValueKind == JsonValueKind.String)
        {
            Knows(value.GetString()!, $"{path}.{name}");
            return value.GetString();
        }

        Fail($"{path}.{name}", "must be the name of a property");
        return null;
    }

    /// <summary>The name of a property that is a list; null when it is absent.</summary>
    public string? Each(JsonElement owner, string path)
    {
        if (owner.Get("each") is null)
            return null;

        var name = owner.GetText("each");
        if (IsRepeated)
            Fail($"{path}.each", "must not stand within another repetition");
        else if (name is null || schema.Find(name) is not PropertyRule.List)
            Fail($"{path}.each", "must be the name of a property that is a list");

        return name;
    }

    private void Knows(string name, string path)
    {
        var isItem = name == TemplateValues.Item || name.StartsWith(TemplateValues.Item + ".", StringComparison.Ordinal);
        if (isItem && !IsRepeated)
            Fail(path, $"'{name}' stands for an entry of a list, and so only in a part with 'each'");
        else if (!isItem && name != TemplateValues.Label && schema.Find(name) is null)
            Fail(path, $"there is no property '{name}'");
    }
}
