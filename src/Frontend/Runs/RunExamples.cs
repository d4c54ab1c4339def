using Actors.Frontend.Documentation;

namespace Actors.Frontend.Runs;

/// <summary>Runs in the documentation.</summary>
internal static class RunExamples
{
    public const string Run = "run_" + ExampleIds.Digits;
    public const string Start = """{"dryRun":true}""";
    public const string StartNode = """{"inputs":{},"dryRun":true}""";
    public const string Replay = """{"effects":"recorded"}""";
    public const string Started = $$"""{"id":"{{Run}}","status":"running","designId":"{{ExampleIds.Design}}","revision":4}""";
}
