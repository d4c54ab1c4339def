using System.Collections.Immutable;
using Actors.Domain.Components;

namespace Actors.Domain.Execution;

/// <summary>
/// What the journal of a run says of its firings: what each took and gave, and what its steps recorded. A replay goes by
/// it, a dry run takes the outcomes of effects from it.
/// </summary>
public sealed class Recording
{
    private readonly ImmutableDictionary<string, RecordedNode> _byNode;

    internal Recording(NetworkPlan plan, IEnumerable<RecordedNode> nodes, bool isTruncated)
    {
        Plan = plan;
        IsTruncated = isTruncated;
        _byNode = nodes.ToImmutableDictionary(node => node.NodeId, StringComparer.Ordinal);
    }

    /// <summary>A recording of nothing.</summary>
    public static Recording Empty { get; } = new(new NetworkPlan([], [], []), [], isTruncated: false);

    /// <summary>The plan of the run that was recorded.</summary>
    public NetworkPlan Plan { get; }

    /// <summary>The journal held more than was read.</summary>
    public bool IsTruncated { get; }

    public RecordedNode? Find(string nodeId) => _byNode.GetValueOrDefault(nodeId);

    /// <summary>
    /// The recorded firing that a firing of the same node repeats: the one of its number, if it took the same tokens. A
    /// recorded firing that was not committed has steps only and stands for its number whatever it took.
    /// </summary>
    public RecordedFiring? Same(string nodeId, Firing firing) =>
        Find(nodeId)?.At(firing.Number) is { } recorded && (!recorded.IsCommitted || recorded.Took(firing.Tokens)) ? recorded : null;

    /// <summary>
    /// The recorded firing that is nearest to a firing of a node of the same component, maybe in another design: one that
    /// took the same tokens, or else the one of the same number.
    /// </summary>
    public RecordedFiring? Nearest(ProcessPlan process, Firing firing)
    {
        if (Find(process.NodeId) is not { } node || node.Component != process.Component.Id)
        {
            return null;
        }

        var same = node.At(firing.Number);
        return same?.Took(firing.Tokens) == true ? same : node.ThatTook(firing.Tokens) ?? same;
    }

    /// <summary>Every token of it that was read by its blob's name.</summary>
    public IEnumerable<Token> Unloaded() => _byNode.Values.SelectMany(node => node.Firings).SelectMany(firing => firing.AllTokens()).Where(token => !token.IsLoaded);

    /// <summary>The nodes that a replay from a node executes: itself and all that its tokens can reach. Null for every node.</summary>
    public static bool[] Executed(NetworkPlan plan, string? fromNode)
    {
        var executed = new bool[plan.Processes.Length];
        if (fromNode is null)
        {
            Array.Fill(executed, true);
            return executed;
        }

        var open = new Stack<int>([plan.Find(fromNode)]);
        while (open.TryPop(out var index))
        {
            if (executed[index])
            {
                continue;
            }

            executed[index] = true;
            foreach (var channel in plan.Processes[index].Outputs.SelectMany(port => port))
            {
                open.Push(plan.Channels[channel].To);
            }
        }

        return executed;
    }
}

/// <summary>A node's recorded firings.</summary>
public sealed class RecordedNode(string nodeId, string component)
{
    private readonly Dictionary<long, RecordedFiring> _byNumber = [];

    /// <summary>The committed ones by what they took; made when it is asked for.</summary>
    private ILookup<int, RecordedFiring>? _byTokens;

    public string NodeId => nodeId;

    public string Component => component;

    public IReadOnlyCollection<RecordedFiring> Firings => _byNumber.Values;

    /// <summary>The number of the last firing that was committed.</summary>
    public long Committed { get; private set; }

    public RecordedFiring? At(long number) => _byNumber.GetValueOrDefault(number);

    /// <summary>The first firing that took these tokens.</summary>
    public RecordedFiring? ThatTook(ReadOnlySpan<Token> tokens)
    {
        _byTokens ??= _byNumber.Values.Where(firing => firing.IsCommitted).OrderBy(firing => firing.Number).ToLookup(firing => HashOf(firing.Tokens.AsSpan()));
        foreach (var firing in _byTokens[HashOf(tokens)])
        {
            if (firing.Took(tokens))
            {
                return firing;
            }
        }

        return null;
    }

    internal void Add(RecordedFiring firing)
    {
        _byNumber.Add(firing.Number, firing);
        Committed = firing.IsCommitted ? firing.Number : Committed;
    }

    private static int HashOf(ReadOnlySpan<Token> tokens)
    {
        var hash = default(HashCode);
        foreach (var token in tokens)
        {
            hash.Add(token.IsLoaded ? token.GetHashCode() : token.Size);
        }

        return hash.ToHashCode();
    }
}

/// <summary>A firing as the journal has it.</summary>
public sealed class RecordedFiring
{
    internal RecordedFiring(long number) => Number = number;

    public long Number { get; }

    /// <summary>False for one of which only steps were recorded, because the run ended before it did.</summary>
    public bool IsCommitted { get; init; }

    public FiringCause Cause { get; init; }

    public ImmutableArray<Token> Tokens { get; init; } = [];

    public ImmutableArray<Emission> Emitted { get; init; } = [];

    /// <summary>Its attempts were used up, and the node's policy went on without its result.</summary>
    public bool IsSkipped { get; init; }

    /// <summary>Why it was skipped.</summary>
    public (string Code, string Message)? Failure { get; internal set; }

    /// <summary>What its steps recorded, by number.</summary>
    public ImmutableSortedDictionary<int, FiringStep> Steps { get; init; } = ImmutableSortedDictionary<int, FiringStep>.Empty;

    internal int[] Channels { get; init; } = [];

    internal bool Again { get; init; }

    internal bool Ends { get; init; }

    internal bool Poisons { get; init; }

    internal long? WakeAt { get; init; }

    /// <summary>The answer of a step; null when it recorded none.</summary>
    public FiringStep? StepAt(int step) => Steps.TryGetValue(step, out var record) ? record : null;

    internal bool Took(ReadOnlySpan<Token> tokens)
    {
        if (tokens.Length != Tokens.Length)
        {
            return false;
        }

        for (var i = 0; i < tokens.Length; i++)
        {
            if (!Token.SameText(tokens[i], Tokens[i]))
            {
                return false;
            }
        }

        return true;
    }

    internal IEnumerable<Token> AllTokens() => Tokens.Concat(Emitted.Select(emission => emission.Token)).Concat(Steps.Values.Select(step => step.Token));
}
