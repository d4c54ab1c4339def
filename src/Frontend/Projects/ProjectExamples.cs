using Actors.Frontend.Documentation;

namespace Actors.Frontend.Projects;

/// <summary>Projects and their members in the documentation.</summary>
internal static class ProjectExamples
{
    public const string New = """{"name":"Web shop","description":"The shop's new front end"}""";
    public const string Patch = """{"description":null}""";
    public const string NewMember = """{"email":"grace@example.org","role":"editor"}""";
    public const string Role = """{"role":"viewer"}""";

    public const string Components = """{"disabled":["http.request"]}""";

    public const string Project =
        $$"""{"id":"{{ExampleIds.Project}}","name":"Web shop","description":"The shop's new front end","role":"owner","createdBy":"{{ExampleIds.Account}}","memberCount":1,"createdAt":"{{ExampleIds.At}}","updatedAt":"{{ExampleIds.At}}","version":1}""";

    public const string Member =
        $$"""{"accountId":"{{ExampleIds.Account}}","name":"Grace","email":"grace@example.org","role":"editor","since":"{{ExampleIds.At}}"}""";
}
