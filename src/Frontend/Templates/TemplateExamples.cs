using Actors.Frontend.Documentation;

namespace Actors.Frontend.Templates;

/// <summary>Templates in the documentation.</summary>
internal static class TemplateExamples
{
    public const string New = """{"name":"Order form","category":"shop"}""";
    public const string Patch = """{"name":"Short order form","description":null}""";
    public const string Use = $$"""{"templateId":"{{Id}}","name":"Checkout"}""";

    public const string Template = $$"""
        {"id":"{{Id}}","projectId":"{{ExampleIds.Project}}","name":"Order form","category":"shop","kind":"wireframe","nodes":7,"connections":0,
        "preview":"/api/v1/templates/{{Id}}/preview","createdBy":"{{ExampleIds.Account}}","createdAt":"{{ExampleIds.At}}","updatedAt":"{{ExampleIds.At}}","version":1}
        """;

    private const string Id = "tpl_" + ExampleIds.Digits;
}
