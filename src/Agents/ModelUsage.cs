namespace Actors.Agents;

/// <summary>What all model calls of this process came to. Safe for use from any thread.</summary>
public sealed class ModelUsage
{
    private long _calls;
    private long _inputTokens;
    private long _outputTokens;

    public long Calls => Interlocked.Read(ref _calls);

    public long InputTokens => Interlocked.Read(ref _inputTokens);

    public long OutputTokens => Interlocked.Read(ref _outputTokens);

    internal void Add(long inputTokens, long outputTokens)
    {
        Interlocked.Increment(ref _calls);
        Interlocked.Add(ref _inputTokens, inputTokens);
        Interlocked.Add(ref _outputTokens, outputTokens);
    }
}
