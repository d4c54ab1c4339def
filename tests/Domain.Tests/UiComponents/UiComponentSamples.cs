using System.Text.Json;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Tests.Interchange;
using Actors.Domain.UiComponents;

namespace Actors.Domain.Tests.UiComponents;

/// <summary>Definitions of components, and designs with one node of them.</summary>
internal static class UiComponentSamples
{
    public const string Schema = """
        {"type":"object","properties":{
          "price":{"type":"string","maxLength":20,"default":"€ 0"},
          "sale":{"type":"boolean"},
          "color":{"type":"string"},
          "lines":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"}}},"maxItems":50}},
         "required":["price"],"additionalProperties":false}
        """;

    public const string Drawing = """[{"shape":"rectangle","fill":"#fef3c7"},{"shape":"text","text":"{{price}}"}]""";

    public static UiComponentDefinition Definition(string drawing = Drawing, string? markup = null, string schema = Schema, string example = """{"price":"€ 12"}""") => new(
        "Price tag",
        "What a thing costs.",
        "shop",
        "tag",
        JsonElement.Parse(schema),
        JsonElement.Parse(example),
        100,
        40,
        Container: false,
        JsonElement.Parse(drawing),
        markup is null ? null : JsonElement.Parse(markup));

    public static IComponentCatalog Catalog(UiComponentDefinition definition) =>
        ProjectCatalog.Of(ComponentCatalog.BuiltIn, [new UiComponent("custom.price-tag", 1, definition, default, "acc", default, "acc")]);

    public static DesignDocument Design(string props, string? label = null) => Samples.Document(
        DesignKind.Wireframe, [new Node { Id = "tag", Type = "custom.price-tag", X = 0, Y = 0, Label = label, Props = JsonElement.Parse(props) }], []);
}
