using Actors.Frontend.Documentation;

namespace Actors.Frontend.Runs;

/// <summary>Starts of runs in the documentation.</summary>
internal static class RunStartExamples
{
    public const string Run = "run_" + ExampleIds.Digits;
    public const string Start = """{"dryRun":true}""";
    public const string StartNode = """{"inputs":{},"dryRun":true}""";
    public const string Replay = """{"effects":"recorded"}""";
    public const string Started = $$"""{"id":"{{Run}}","status":"running","designId":"{{ExampleIds.Design}}","revision":4}""";
}
