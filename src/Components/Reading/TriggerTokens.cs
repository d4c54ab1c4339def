namespace Actors.Components.Reading;

/// <summary>
/// What a trigger gives to the run that it starts: the run's inputs hold its token by the id of the node that it is bound to
/// (a schedule's <c>{"time"}</c>, a request's <c>{"method", "path", "headers", "query", "body"}</c>).
/// </summary>
internal static class TriggerTokens
{
    public static IReadOnlyList<Token>? Find(ProcessSettings settings) => settings.RunInputs.GetValueOrDefault(settings.NodeId);
}
