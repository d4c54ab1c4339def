using System.Text.Json;
using Actors.Domain.Execution;

namespace Actors.Domain.Tests.Execution;

/// <summary>
/// Executes a network: keeps several firings in flight, completes them in a random order, and now and then forgets
/// everything that was not journalled, as a crash would.
/// </summary>
internal sealed class NetworkDriver
{
    private readonly NetworkPlan _plan;
    private readonly Random _random;
    private readonly double _crashes;
    private readonly List<byte[]> _journal = [];
    private readonly List<Firing> _open = [];
    private byte[]? _snapshot;
    private int _snapshotAt;

    public NetworkDriver(NetworkPlan plan, int seed = 0, double crashes = 0)
    {
        (_plan, _random, _crashes) = (plan, new Random(seed), crashes);
        Network = new Network(plan, RunLimits.Default, seed: 1);
    }

    public Network Network { get; private set; }

    public long Now { get; private set; } = 1_000_000;

    public int Crashes { get; private set; }

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
    }

    /// <summary>Begins or completes one firing; false when there is none.</summary>
    public bool Step()
    {
        if (_open.Count < 8 && (_open.Count == 0 || _random.Next(2) == 0) && Network.TryBegin(Now, out var begun))
        {
            _open.Add(begun);
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
            _open.Add(only);
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

    /// <summary>Another network, of the last snapshot and the records after it.</summary>
    public void Crash()
    {
        Crashes++;
        _open.Clear();
        Network = Recover();
    }

    public Network Recover()
    {
        var network = new Network(_plan, RunLimits.Default, seed: 1);
        if (_snapshot is not null)
        {
            network.ReadSnapshot(_snapshot);
        }

        foreach (var records in _journal.Skip(_snapshotAt))
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
        if (Network.Log.Length > 0)
        {
            _journal.Add(Network.Log.Take(out _));
            if (_crashes > 0 && _random.Next(10) == 0)
            {
                _snapshot = Network.WriteSnapshot(out _);
                _snapshotAt = _journal.Count;
            }
        }

        Outputs.AddRange(Network.Published.Where(publication => publication.Name.Length > 0).Select(publication => publication.Token.ToString()));
        Events.AddRange(Network.Published.Where(publication => publication.Name.Length == 0).Select(publication => publication.Token.ToString()));
        Network.Published.Clear();
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
