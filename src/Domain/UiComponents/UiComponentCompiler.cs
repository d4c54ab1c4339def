using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Actors.Domain.Components;
using Actors.Domain.Components.BuiltIn;
using Actors.Domain.Designs;
using Actors.Domain.Interchange.Custom;

namespace Actors.Domain.UiComponents;

/// <summary>Makes of a definition the component that designs, validation and exports know; or says what is wrong with it.</summary>
internal static class UiComponentCompiler
{
    public const int MaximumSchemaBytes = 16 * 1024;
    public const int MaximumTemplateBytes = 32 * 1024;
    public const int MaximumExampleBytes = 16 * 1024;

    private const int MaximumSide = 10_000;

    public static (ComponentDescriptor? Component, Refusal? Refusal) Compile(string id, long version, UiComponentDefinition definition)
    {
        if ((CheckWords(definition) ?? CheckSizes(definition)) is var (field, limit))
            return (null, Refusal.Field(field, limit));

        var (own, schemaProblem) = PropertySchemaReader.Read(definition.Schema, "schema");
        if ((schemaProblem ?? CheckShared(own)) is var (schemaPath, schemaRule))
            return (null, Refusal.Field(schemaPath, schemaRule));

        var schema = new PropertySchema(WireframeRules.Style.SetItems(own.Properties));
        if (schema.CheckNamed(definition.Example, "example") is { } badExample)
            return (null, badExample);

        var (look, lookProblem) = CustomLook.Read(definition.Drawing, definition.Markup, schema);
        return lookProblem is var (lookPath, lookRule) ? (null, Refusal.Field(lookPath, lookRule)) : (
            new ComponentDescriptor
            {
                Id = id,
                Version = (int)Math.Min(version, int.MaxValue),
                Category = definition.Category,
                Title = definition.Title,
                Description = definition.Description,
                Icon = definition.Icon,
                Kinds = [DesignKind.Wireframe],
                Properties = schema,
                DefaultWidth = definition.DefaultWidth,
                DefaultHeight = definition.DefaultHeight,
                Container = definition.Container,
                Example = definition.Example,
                Look = look,
            },
            null);
    }

    private static (string, string)? CheckWords(UiComponentDefinition definition) =>
        CheckWord("title", definition.Title, 1, 100)
        ?? CheckWord("description", definition.Description, 0, 1_000)
        ?? CheckWord("category", definition.Category, 1, 50)
        ?? CheckWord("icon", definition.Icon, 1, 50);

    private static (string, string)? CheckWord(string field, string value, int least, int most) =>
        value.Length >= least && value.Length <= most && value.All(letter => !char.IsControl(letter) || (letter == '\n' && most > 100))
            ? null
            : (field, $"must have {least} to {most} characters and no control characters");

    private static (string, string)? CheckSizes(UiComponentDefinition definition) =>
        CheckSide("defaultWidth", definition.DefaultWidth)
        ?? CheckSide("defaultHeight", definition.DefaultHeight)
        ?? CheckJson("schema", definition.Schema, MaximumSchemaBytes)
        ?? CheckJson("example", definition.Example, MaximumExampleBytes)
        ?? CheckJson("drawing", definition.Drawing, MaximumTemplateBytes)
        ?? (definition.Markup is { } markup ? CheckJson("markup", markup, MaximumTemplateBytes) : null);

    private static (string, string)? CheckSide(string field, double pixels) =>
        pixels is >= 1 and <= MaximumSide ? null : (field, string.Create(CultureInfo.InvariantCulture, $"must be 1 to {MaximumSide} pixels"));

    private static (string, string)? CheckJson(string field, JsonElement value, int bytes) => value switch
    {
        { ValueKind: JsonValueKind.Undefined } => (field, "must be there"),
        _ when JsonText.Bytes(value) > bytes => (field, string.Create(CultureInfo.InvariantCulture, $"must have at most {bytes} bytes")),
        _ when !JsonText.IsReadable(value) => (field, "must be well-formed Unicode text"),
        _ => null,
    };

    /// <summary>Every component of wireframes has some properties, which the editor and the exports rely on.</summary>
    private static (string, string)? CheckShared(PropertySchema own)
    {
        foreach (var (name, rule) in own.Properties.OrderBy(property => property.Key, StringComparer.Ordinal))
        {
            if (WireframeRules.Style.TryGetValue(name, out var shared) && shared.GetType() != rule.GetType())
                return ($"schema.properties.{name}", "is a property that every component has, and must stay of its type");

            if (name == TemplateValues.Item)
                return ($"schema.properties.{name}", "is the name that templates give to an entry of a list");
        }

        return null;
    }
}
