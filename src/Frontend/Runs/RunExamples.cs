using Actors.Domain;
using Actors.Frontend.Documentation;

namespace Actors.Frontend.Runs;

/// <summary>Runs in the documentation.</summary>
internal static class RunExamples
{
    public const string New = """{"inputs":{"words":["a","b",{"any":"JSON"}]}}""";
    public const string Started = $$"""{"id":"{{Id}}","status":"running","designId":"{{ExampleIds.Design}}","revision":12}""";
    public const string Answer = """{"approved":true,"comment":"Well written."}""";

    public const string Header = $$"""
        {"id":"{{Id}}","projectId":"{{ExampleIds.Project}}","designId":"{{ExampleIds.Design}}","designName":"Newsletter","revision":12,"status":"waiting",
        "durability":"firing","startedBy":"{{ExampleIds.Account}}","depth":0,"createdAt":"{{ExampleIds.At}}","waited":true,"workedMilliseconds":120,"updatedAt":"{{ExampleIds.At}}"}
        """;

    public const string Run = $$"""
        {"id":"{{Id}}","projectId":"{{ExampleIds.Project}}","designId":"{{ExampleIds.Design}}","designName":"Newsletter","revision":12,"designRevision":14,"status":"waiting",
        "durability":"firing","startedBy":"{{ExampleIds.Account}}","createdAt":"{{ExampleIds.At}}","updatedAt":"{{ExampleIds.At}}","dryRun":false,"firings":3,"sequence":5,
        "nodes":{"ask":{"status":"waiting","firings":0,"in":1,"out":0,"errors":0,"retries":0,"skipped":0,"inFlight":1,"queued":0} },
        "connections":{},"outputs":{"published":["draft"]},"outputCounts":{"published":1},"waits":[{{Wait}}]}
        """;

    public const string Wait = """{"id":"3.1.0","node":"ask","kind":"approval","details":{"question":"Publish?"}}""";
    public const string Tokens = """{"items":["a",{"any":"JSON"}],"nextCursor":"2","total":7}""";
    public const string Events = """{"items":[{"kind":"status","status":"running"}],"nextCursor":null,"total":1}""";

    private const string Id = "run_" + ExampleIds.Digits;

    /// <summary>Why a design cannot run, or not with what it is given.</summary>
    public static readonly string[] CannotRun =
    [
        ErrorCodes.RevisionUnknown, ErrorCodes.RunNotAProcess, ErrorCodes.RunEmpty, ErrorCodes.RunInputUnconnected, ErrorCodes.RunCycle,
        ErrorCodes.RunRendezvousCycle, ErrorCodes.RunInputUnknown, ErrorCodes.RunInputMissing, ErrorCodes.LimitReached, ErrorCodes.TypeUnknown,
        ErrorCodes.ConnectionDangling, ErrorCodes.PortUnknown, ErrorCodes.PortMismatch, ErrorCodes.PropertyInvalid,
    ];
}
