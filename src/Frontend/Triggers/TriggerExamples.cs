using Actors.Frontend.Documentation;

namespace Actors.Frontend.Triggers;

/// <summary>Triggers in the documentation.</summary>
internal static class TriggerExamples
{
    public const string New =
        $$"""{"name":"Every morning","designId":"{{ExampleIds.Design}}","kind":"schedule","schedule":{"cron":"0 9 * * MON-FRI","timeZone":"Europe/Berlin"},"payloadInput":"event"}""";

    public const string Patch = """{"enabled":false}""";
    public const string Fire = """{"payload":{"order":7}}""";
    public const string Delivery = """{"order":7}""";

    public const string Trigger = $$"""
        {"id":"trg_{{ExampleIds.Digits}}","projectId":"{{ExampleIds.Project}}","designId":"{{ExampleIds.Design}}","name":"Every morning","kind":"schedule","enabled":true,
        "schedule":{"cron":"0 9 * * MON-FRI","timeZone":"Europe/Berlin"},"inputs":{},"payloadInput":"event","missed":"once","overlap":"skip","signed":false,
        "nextDueAt":"{{ExampleIds.Later}}","owner":"{{ExampleIds.Account}}","createdAt":"{{ExampleIds.At}}","updatedAt":"{{ExampleIds.At}}","version":1}
        """;

    public const string Created = $$"""{"trigger":{{Trigger}}}""";
    public const string Rolled = """{"token":"pA3vQ8r2","hookUrl":"/api/v1/hooks/pA3vQ8r2"}""";

    public const string Firing =
        $$"""{"dueAt":"{{ExampleIds.At}}","firedAt":"{{ExampleIds.At}}","status":"started","runId":"run_{{ExampleIds.Digits}}","count":1}""";

    public const string Received = $$"""{"status":"started","runId":"run_{{ExampleIds.Digits}}"}""";
}
