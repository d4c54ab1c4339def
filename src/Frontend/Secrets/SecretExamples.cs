using Actors.Frontend.Documentation;

namespace Actors.Frontend.Secrets;

/// <summary>Secrets in the documentation.</summary>
internal static class SecretExamples
{
    public const string New = """{"value":"hunter2-hunter2"}""";

    public const string Secret =
        $$"""{"name":"API_KEY","version":1,"createdAt":"{{ExampleIds.At}}","updatedAt":"{{ExampleIds.At}}","updatedBy":"{{ExampleIds.Account}}"}""";
}
