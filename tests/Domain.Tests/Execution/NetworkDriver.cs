using System.Text.Json;
using Actors.Domain.Execution;

namespace Actors.Domain.Tests.Execution;

/// <summary>
/// Executes a network: keeps several firings in flight, completes them in a random order, and now and then forgets
/// everything that was not stored, as a crash would: what is in flight, and where it loses a tail also the newest entries of
/// the journal. What is shown of the run is what is stored.
/// </summary>
internal sealed class NetworkDriver
{
    private readonly NetworkPlan _plan;
    private readonly Random _random;
    private readonly double _crashes;
    private readonly bool _losesTail;
    private readonly List<(byte[] Records, Publication[] Published)> _journal = [];
    private readonly List<Firing> _open = [];
    private readonly Stack<(int At, byte[] Network)> _snapshots = new();

    /// <summary>Entries of the journal that are stored.</summary>
    private int _stored;

    public NetworkDriver(NetworkPlan plan, int seed = 0, double crashes = 0, bool losesTail = false)
    {
        (_plan, _random, _crashes, _losesTail) = (plan, new Random(seed), crashes, losesTail);
        Network = new Network(plan, RunLimits.Default, seed: 1);
    }

    public Network Network { get; private set; }

    public NetworkPlan Plan => _plan;

    /// <summary>Firings that were begun and not completed.</summary>
    public IReadOnlyList<Firing> Executing => _open;

    /// <summary>Every firing that was begun here.</summary>
    public List<Firing> Begun { get; } = [];

    public long Now { get; private set; } = 1_000_000;

    public int Crashes { get; private set; }

    /// <summary>Entries of the journal that crashes took.</summary>
    public int Lost { get; private set; }

    /// <summary>How a node behaves beside what its type does: called before, may throw.</summary>
    public Action<string, Firing>? Before { get; set; }

    /// <summary>Tokens of the run's outputs, in the order in which they were committed.</summary>
    public List<string> Outputs { get; } = [];

    public List<string> Events { get; } = [];

    /// <summary>Which node fired, in the order of commits.</summary>
    public List<string> Order { get; } = [];

    public string Sorted => string.Join(' ', Outputs.Order(StringComparer.Ordinal));

    public void Run()
    {
        var idle = 0;
        while (Network.Status == NetworkStatus.Running && idle < 10_000)
        {
            if (Step())
            {
                idle = 0;
                continue;
            }

            idle++;
            if (!Network.Settle() && Network.NextDue is { } due)
            {
                Now = Math.Max(Now, due);
                Network.Advance(Now);
            }
        }

        Publish();
        Store(_journal.Count);
    }

    /// <summary>Begins or completes one firing; false when there is none.</summary>
    public bool Step()
    {
        if (_open.Count < 8 && (_open.Count == 0 || _random.Next(2) == 0) && Network.TryBegin(Now, out var begun))
        {
            Open(begun);
        }
        else if (_open.Count > 0)
        {
            var at = _random.Next(_open.Count);
            var firing = _open[at];
            _open.RemoveAt(at);
            Complete(firing);
        }
        else if (Network.TryBegin(Now, out var only))
        {
            Open(only);
        }
        else
        {
            return false;
        }

        Publish();
        if (_crashes > 0 && _random.NextDouble() < _crashes)
        {
            Crash();
        }

        return true;
    }

    /// <summary>Takes over a firing that was begun elsewhere.</summary>
    public void Open(Firing firing)
    {
        _open.Add(firing);
        Begun.Add(firing);
    }

    /// <summary>Journals what happened, as it does by itself after each step.</summary>
    public void Keep() => Publish();

    /// <summary>Another network, of what is stored.</summary>
    public void Crash()
    {
        Crashes++;
        Lost += _journal.Count - _stored;
        _open.Clear();
        _journal.RemoveRange(_stored, _journal.Count - _stored);
        while (_snapshots.TryPeek(out var newest) && newest.At > _stored)
        {
            _snapshots.Pop();
        }

        Network = Recover();
    }

    /// <summary>A network of the last snapshot and the records after it.</summary>
    public Network Recover()
    {
        var network = new Network(_plan, RunLimits.Default, seed: 1);
        var from = 0;
        if (_snapshots.TryPeek(out var snapshot))
        {
            network.ReadSnapshot(snapshot.Network);
            from = snapshot.At;
        }

        foreach (var (records, _) in _journal.Skip(from))
        {
            network.Replay(records);
        }

        network.Published.Clear();
        network.FinishReplay();
        return network;
    }

    private void Complete(Firing firing)
    {
        if (firing.IsAbandoned)
        {
            return;
        }

        var process = _plan.Processes[firing.Process];
        try
        {
            Before?.Invoke(process.NodeId, firing);
            Behave(process, firing);
        }
        catch (InvalidOperationException exception)
        {
            Network.Fail(firing, Now, "test", exception.Message);
            return;
        }

        Order.Add(process.NodeId);
        Network.Commit(firing);
    }

    private void Publish()
    {
        if (Network.Log.Length > 0 || Network.Published.Count > 0)
        {
            _journal.Add((Network.Log.Take(out _), [.. Network.Published]));
            Network.Published.Clear();
            if (_crashes > 0 && _random.Next(10) == 0)
            {
                _snapshots.Push((_journal.Count, Network.WriteSnapshot(out _)));
            }
        }

        Store(_losesTail ? _stored + _random.Next(_journal.Count - _stored + 1) : _journal.Count);
    }

    /// <summary>Stores the journal up to there, and shows what is in it.</summary>
    private void Store(int upTo)
    {
        for (; _stored < upTo; _stored++)
        {
            foreach (var (name, token) in _journal[_stored].Published)
            {
                (name.Length > 0 ? Outputs : Events).Add(token.ToString());
            }
        }
    }

    internal static void Behave(ProcessPlan process, Firing firing)
    {
        switch (process.Component.Id)
        {
            case "source":
                var position = firing.Kept("position")?.Json.GetInt64() ?? 0;
                var count = process.Props.GetProperty("count").GetInt64();
                for (var end = Math.Min(count, position + 3); position < end; position++)
                {
                    firing.Emitted.Add(new Emission(0, Token.Of(position)));
                }

                firing.State.Set("position", Token.Of(position));
                firing.Again = position < count;
                break;
            case "double":
                firing.Emitted.Add(new Emission(0, firing[0]!));
                firing.Emitted.Add(new Emission(0, Token.Of(Value(firing) + 1)));
                break;
            case "even":
                firing.Emitted.Add(new Emission(Value(firing) % 2 == 0 ? 0 : 1, firing[0]!));
                break;
            case "countdown":
                firing.Emitted.Add(Value(firing) > 0 ? new Emission(0, Token.Of(Value(firing) - 1)) : new Emission(1, firing[0]!));
                break;
            case "zip":
                firing.Emitted.Add(new Emission(0, Token.Of(Sum(firing.All(0)))));
                break;
            case "sum":
                firing.Emitted.Add(new Emission(0, Token.Of(Sum(firing.All(0)))));
                break;
            case "count" when firing.Cause == FiringCause.End:
                firing.Emitted.Add(new Emission(0, firing.Kept("count") ?? Token.Of(0L)));
                break;
            case "count":
                firing.State.Set("count", Token.Of((firing.Kept("count")?.Json.GetInt64() ?? 0) + 1));
                break;
            case "first":
                firing.Emitted.Add(new Emission(0, firing[0]!));
                firing.Ends = true;
                break;
            case "recover":
                firing.Emitted.Add(new Emission(0, Token.Of(firing[0]!.Json.GetProperty("input"))));
                break;
            case "poison":
                firing.Poisons = true;
                break;
            case "sink":
                firing.Published.Add(new Publication("result", firing[0]!));
                break;
            default:
                firing.Emitted.Add(new Emission(0, firing.Tokens[0]));
                break;
        }
    }

    private static long Value(Firing firing) => firing[0]!.Json.GetInt64();

    private static long Sum(ReadOnlySpan<Token> tokens)
    {
        var sum = 0L;
        foreach (var token in tokens)
        {
            sum += token.Json.GetInt64();
        }

        return sum;
    }
}
