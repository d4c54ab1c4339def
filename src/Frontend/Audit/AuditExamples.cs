using Actors.Frontend.Documentation;

namespace Actors.Frontend.Audit;

/// <summary>The audit log in the documentation.</summary>
internal static class AuditExamples
{
    public const string Entry = $$"""
        {"id":"aud_{{ExampleIds.Digits}}","at":"{{ExampleIds.At}}","projectId":"{{ExampleIds.Project}}","accountId":"{{ExampleIds.Account}}","sessionId":"ses_{{ExampleIds.Digits}}",
        "address":"203.0.113.7","agent":"curl/8.5.0","action":"ChangeDesign","subjectKind":"design","subjectId":"{{ExampleIds.Design}}","status":200,"code":"",
        "requestId":"0198f3a27c1d7c3e9b583f1c2d4e5f60","count":1,"fromRevision":0,"toRevision":0}
        """;

    public const string Activity = $$"""
        {"id":"aud_{{ExampleIds.Digits}}","at":"{{ExampleIds.At}}","accountId":"{{ExampleIds.Account}}","name":"Grace","action":"ChangeDesign","subjectKind":"design",
        "subjectId":"{{ExampleIds.Design}}","count":1,"fromRevision":0,"toRevision":0}
        """;

    public const string Usage = """{"members":4,"designs":3,"nodes":120,"connections":40,"files":2,"fileBytes":20480,"editsInThirtyDays":310}""";
}
