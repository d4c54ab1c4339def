namespace Actors.Components.Reading;

/// <summary>
/// What a trigger gives to the run that it starts: the run's inputs hold its token by the id of each node that it feeds
/// (a schedule's <c>{"time", "number"}</c>, a request's <c>{"method", "path", "contentType", "headers", "query", "body"}</c>).
/// </summary>
internal static class TriggerTokens
{
    public static IReadOnlyList<Token>? Find(ProcessSettings settings) => settings.RunInputs.GetValueOrDefault(settings.NodeId);
}
