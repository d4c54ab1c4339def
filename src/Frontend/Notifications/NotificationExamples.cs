using Actors.Frontend.Documentation;

namespace Actors.Frontend.Notifications;

/// <summary>Notifications in the documentation.</summary>
internal static class NotificationExamples
{
    public const string Read = """{"through":17}""";
    public const string Summary = """{"sequence":17,"unread":3,"dropped":0}""";
    public const string ToEveryone = """{"title":"Maintenance","text":"Tonight from ten to eleven."}""";

    public const string Notification =
        $$"""{"id":"ntf_{{ExampleIds.Digits}}","sequence":17,"kind":"system","title":"Maintenance","text":"Tonight from ten to eleven.","at":"{{ExampleIds.At}}"}""";

    public const string Broadcast = $$"""
        {"id":"ntf_{{ExampleIds.Digits}}","status":"running","title":"Maintenance","text":"Tonight from ten to eleven.","projectId":null,"reached":12,
         "by":{"id":"{{ExampleIds.Account}}","name":"Ada","kind":"user"},"createdAt":"{{ExampleIds.At}}"}
        """;
}
