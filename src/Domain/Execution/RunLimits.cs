namespace Actors.Domain.Execution;

/// <summary>Limits of a run; reaching one ends the run as failed with <c>limit_reached</c> and the limit's name and value.</summary>
public sealed record RunLimits
{
    public static RunLimits Default { get; } = new();

    /// <summary>Nodes that take part in a run.</summary>
    public int Nodes { get; init; } = 5_000;

    /// <summary>Connections that take part in a run.</summary>
    public int Connections { get; init; } = 20_000;

    /// <summary>Firings of one run, over all nodes.</summary>
    public long Firings { get; init; } = 100_000_000;

    /// <summary>Tokens that one firing may emit.</summary>
    public int TokensPerFiring { get; init; } = 100_000;

    /// <summary>Bytes of one token.</summary>
    public int TokenBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Bytes of tokens in connections and on their way into them.</summary>
    public long QueuedBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>Asynchronous firings at once, over all nodes.</summary>
    public int ParallelFirings { get; init; } = 1_024;

    /// <summary>The rules that are broken, each naming the option and its value.</summary>
    public IEnumerable<string> Validate(string section)
    {
        foreach (var (name, value, maximum) in new (string, long, long)[]
        {
            (nameof(Nodes), Nodes, 1_000_000),
            (nameof(Connections), Connections, 1_000_000),
            (nameof(Firings), Firings, long.MaxValue),
            (nameof(TokensPerFiring), TokensPerFiring, 10_000_000),
            (nameof(TokenBytes), TokenBytes, 256 * 1024 * 1024),
            (nameof(QueuedBytes), QueuedBytes, long.MaxValue),
            (nameof(ParallelFirings), ParallelFirings, 100_000),
        })
        {
            if (value < 1 || value > maximum)
            {
                yield return $"{section}:{name} is {value}; it must be from 1 to {maximum}.";
            }
        }
    }
}
