namespace Actors.EndToEnd.Tests;

/// <summary>How long a condition may take before a test fails; generous, because a loaded machine is no defect.</summary>
internal static class Deadlines
{
    public static readonly TimeSpan Answer = TimeSpan.FromSeconds(20);

    /// <summary>What the server promises for SIGTERM.</summary>
    public static readonly TimeSpan Drain = TimeSpan.FromSeconds(10);
}
