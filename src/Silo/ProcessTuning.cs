namespace Actors.Silo;

/// <summary>Settings of the runtime that are read once, from the environment, before the first socket is opened.</summary>
internal static class ProcessTuning
{
    /// <summary>
    /// A socket's completion goes on where it was noticed instead of in the thread pool: what follows here never
    /// blocks, and under load the hop costs more than the work. A user's own setting wins.
    /// </summary>
    public static void Apply()
    {
        const string inlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";
        if (Environment.GetEnvironmentVariable(inlineCompletions) is null)
        {
            Environment.SetEnvironmentVariable(inlineCompletions, "1");
        }
    }
}
