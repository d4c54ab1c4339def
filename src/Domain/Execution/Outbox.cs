namespace Actors.Domain.Execution;

/// <summary>What a process has emitted and its connections have not taken yet, in the order of emission: a process that holds something here is suspended.</summary>
internal sealed class Outbox
{
    private readonly Queue<Emission> _emissions = new();

    /// <summary>The channels that still lack the first emission; below zero (the complement) when it was offered and not yet accepted.</summary>
    private readonly List<int> _lacking = [];

    public int Count => _emissions.Count;

    public bool IsEmpty => _emissions.Count == 0;

    public long Bytes { get; private set; }

    public IEnumerable<Emission> Emissions => _emissions;

    /// <summary>Whether the first emission is on its way, and so which of its channels lack it.</summary>
    public bool IsOpen { get; set; }

    public List<int> Lacking => _lacking;

    public Emission First => _emissions.Peek();

    public void Add(Emission emission)
    {
        _emissions.Enqueue(emission);
        Bytes += emission.Token.Size;
    }

    public void RemoveFirst()
    {
        Bytes -= _emissions.Dequeue().Token.Size;
        IsOpen = false;
        _lacking.Clear();
    }

    public void Clear()
    {
        _emissions.Clear();
        _lacking.Clear();
        IsOpen = false;
        Bytes = 0;
    }
}

/// <summary>A token on its way out by a port.</summary>
public readonly record struct Emission(int Port, Token Token);
