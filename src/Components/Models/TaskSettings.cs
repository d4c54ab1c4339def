namespace Actors.Components.Models;

/// <summary>The settings of a task prompt: those that the node has.</summary>
internal static class TaskSettings
{
    public static IReadOnlyList<KeyValuePair<string, string>> Of(params IEnumerable<(string Name, string? Value)> settings) =>
        [.. settings.Where(setting => !string.IsNullOrWhiteSpace(setting.Value)).Select(setting => KeyValuePair.Create(setting.Name, setting.Value!))];
}
