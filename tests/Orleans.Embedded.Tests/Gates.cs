using System.Collections.Concurrent;

namespace Orleans.Embedded.Tests;

/// <summary>Named gates by which a test holds a grain at a point, and a log of what grains did. Tests use names of their own.</summary>
internal static class Gates
{
    private static readonly ConcurrentDictionary<string, TaskCompletionSource> All = new();
    private static readonly ConcurrentDictionary<string, ConcurrentQueue<string>> Logs = new();

    public static Task WaitAsync(string name) => Get(name).Task;

    public static void Open(string name) => Get(name).TrySetResult();

    public static void Log(string key, string entry) => Logs.GetOrAdd(key, _ => new()).Enqueue(entry);

    public static string[] Entries(string key) => Logs.TryGetValue(key, out var log) ? [.. log] : [];

    private static TaskCompletionSource Get(string name) =>
        All.GetOrAdd(name, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
