using Actors.Domain.Components;

namespace Actors.Domain.Execution;

/// <summary>Why a process fires.</summary>
public enum FiringCause
{
    Tokens,
    Timer,
    End,

    /// <summary>Before anything else, of a component that <c>FiresAtStart</c>.</summary>
    Start,
}

/// <summary>
/// A firing from its start to its commit: what it took, and what it wants done. Lent by the network to whoever executes
/// it, and used again after its commit.
/// </summary>
public sealed class Firing
{
    private readonly Network _network;
    private int[] _channels = new int[1];
    private Token[] _tokens = new Token[1];
    private int _count;

    internal Firing(Network network) => _network = network;

    /// <summary>The number of the process.</summary>
    public int Process { get; private set; }

    /// <summary>Of this process, from 1.</summary>
    public long Number { get; private set; }

    public FiringCause Cause { get; private set; }

    /// <summary>From 1.</summary>
    public int Attempt { get; internal set; }

    /// <summary>The input whose token it has; -1 when it has none.</summary>
    public int Input { get; private set; } = -1;

    /// <summary>Everything that it took, in the order of inputs and connections.</summary>
    public ReadOnlySpan<Token> Tokens => _tokens.AsSpan(0, _count);

    /// <summary>What it emits so far.</summary>
    public List<Emission> Emitted { get; } = [];

    /// <summary>Outputs of the run and lines of its log that it adds.</summary>
    public List<Publication> Published { get; } = [];

    public StateChanges State { get; } = new();

    public bool Again { get; set; }

    public bool Ends { get; set; }

    public bool Poisons { get; set; }

    /// <summary>Ticks (UTC) at which the process is woken without tokens; null for never.</summary>
    public long? WakeAt { get; set; }

    /// <summary>The inputs that the next firing may take from; null leaves them.</summary>
    public ulong? Accept { get; set; }

    internal bool IsDone { get; set; }

    /// <summary>Somebody executes it: it is neither done nor between two attempts.</summary>
    internal bool IsExecuted { get; set; }

    /// <summary>The attempts are used up and the node's policy goes on without the firing's result.</summary>
    internal bool IsSkipped { get; set; }

    /// <summary>It was given up: whatever becomes of it does not count.</summary>
    public bool IsAbandoned { get; internal set; }

    /// <summary>The retry of the run (0 before the first) in which it was given up because the run failed; -1 when it was not.</summary>
    internal int GivenUpIn { get; set; } = -1;

    internal ReadOnlySpan<int> Channels => _channels.AsSpan(0, _count);

    /// <summary>The first token of an input; null when it took none from it.</summary>
    public Token? this[int input]
    {
        get
        {
            for (var i = 0; i < _count; i++)
            {
                if (_network.PortOf(_channels[i]) == input)
                {
                    return _tokens[i];
                }
            }

            return null;
        }
    }

    /// <summary>All tokens of an input.</summary>
    public ReadOnlySpan<Token> All(int input)
    {
        var from = 0;
        while (from < _count && _network.PortOf(_channels[from]) != input)
        {
            from++;
        }

        var to = from;
        while (to < _count && _network.PortOf(_channels[to]) == input)
        {
            to++;
        }

        return _tokens.AsSpan(from, to - from);
    }

    /// <summary>A kept token as this firing sees it, its own changes included.</summary>
    public Token? Kept(string key) => State.Entries.TryGetValue(key, out var changed) ? changed : State.Cleared ? null : _network.Kept(Process, key);

    /// <summary>Everything that is kept as this firing sees it.</summary>
    public IEnumerable<KeyValuePair<string, Token>> KeptEntries()
    {
        if (!State.Cleared)
        {
            foreach (var (key, token) in _network.KeptEntries(Process))
            {
                if (!State.Entries.TryGetValue(key, out var changed))
                {
                    yield return new(key, token);
                }
                else if (changed is not null)
                {
                    yield return new(key, changed);
                }
            }
        }

        foreach (var (key, token) in State.Entries)
        {
            if (token is not null && (State.Cleared || _network.Kept(Process, key) is null))
            {
                yield return new(key, token);
            }
        }
    }

    internal void Begin(int process, long number, FiringCause cause)
    {
        Process = process;
        Number = number;
        Cause = cause;
        Attempt = 1;
        Input = -1;
        IsDone = IsSkipped = IsAbandoned = IsExecuted = false;
        GivenUpIn = -1;
        _count = 0;
        Reset();
    }

    internal void Add(int channel, Token token)
    {
        if (_count == _channels.Length)
        {
            Array.Resize(ref _channels, _count * 2);
            Array.Resize(ref _tokens, _count * 2);
        }

        if (_count == 0)
        {
            Input = _network.PortOf(channel);
        }

        _channels[_count] = channel;
        _tokens[_count++] = token;
    }

    /// <summary>Another object for the same firing, with what it took and the lines that it logged.</summary>
    internal Firing Copy()
    {
        var copy = new Firing(_network);
        copy.Begin(Process, Number, Cause);
        copy.Attempt = Attempt;
        copy.IsExecuted = IsExecuted;
        for (var i = 0; i < _count; i++)
        {
            copy.Add(_channels[i], _tokens[i]);
        }

        copy.Published.AddRange(Published);
        return copy;
    }

    /// <summary>Forgets what the firing wants done, for another attempt.</summary>
    internal void Reset()
    {
        Emitted.Clear();
        Published.Clear();
        State.Reset();
        Again = Ends = Poisons = false;
        WakeAt = null;
        Accept = null;
    }

    internal void Release() => Array.Clear(_tokens, 0, _count);
}

/// <summary>A token for those outside: an output of the run by name, or (the name empty) an event of its log.</summary>
public readonly record struct Publication(string Name, Token Token);
