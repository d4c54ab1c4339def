using Actors.Domain.Components;

namespace Actors.Domain.Execution;

/// <summary>
/// A run's processes and channels: a state machine with one owner. It says which process may fire; whoever executes the
/// firing says what came of it. No task, clock or I/O is inside, and given the same commits in the same order it is in
/// the same state, which is what recovery from the journal rests on.
/// </summary>
/// <remarks>
/// What always holds:
/// <list type="number">
/// <item>Everything that recovery needs changes only by a record in <see cref="Log"/>: what is in flight is an overlay (the
/// taken tokens of a channel, the firings of a cell) that is forgotten without harm.</item>
/// <item>A token is in exactly one place: an outbox, a channel, or consumed.</item>
/// <item>Firings of a process are committed in the order of their numbers, however they end.</item>
/// <item>A process that may be able to act is in the ready queue.</item>
/// </list>
/// </remarks>
public sealed partial class Network
{
    private readonly NetworkPlan _plan;
    private readonly RunLimits _limits;
    private readonly ulong _seed;
    private readonly ProcessCell[] _cells;
    private readonly Channel[] _channels;

    /// <summary>For each channel its place among those that enter its reader.</summary>
    private readonly int[] _entryOf;

    private readonly Queue<int> _ready = new();
    private readonly Stack<Firing> _idle = new();
    private readonly Queue<Firing> _retries = new();
    private readonly PriorityQueue<(Firing? Retry, int Process), long> _timers = new();
    private int _inFlight;
    private int _active;
    private long _firings;

    /// <param name="seed">Of the jitter between attempts.</param>
    public Network(NetworkPlan plan, RunLimits limits, ulong seed)
    {
        _plan = plan;
        _limits = limits;
        _seed = seed;
        _cells = [.. plan.Processes.Select(process => new ProcessCell(process) { Chooses = MayChoose(process) })];
        _channels = [.. plan.Channels.Select(channel => new Channel(channel))];
        _entryOf = new int[_channels.Length];
        foreach (var process in plan.Processes)
        {
            for (var i = 0; i < process.Entering.Length; i++)
            {
                _entryOf[process.Entering[i]] = i;
            }
        }

        _active = _cells.Length;
        EnqueueAll();
    }

    public NetworkPlan Plan => _plan;

    public NetworkStatus Status { get; private set; }

    /// <summary>Why <see cref="Status"/> is failed.</summary>
    public RunFailure? Failure { get; private set; }

    /// <summary>Committed firings over all processes.</summary>
    public long Firings => _firings;

    /// <summary>Firings that were begun and are neither committed nor given up, those that wait for another attempt included.</summary>
    public int InFlight => _inFlight;

    /// <summary>Outputs and events of the firings that were committed since this was cleared last, in their order.</summary>
    public List<Publication> Published { get; } = [];

    /// <summary>Firings that were given up because their process ended: cancel them; whatever they answer is ignored.</summary>
    public List<Firing> Abandoned { get; } = [];

    /// <summary>Ticks (UTC) at which <see cref="Advance"/> has something to do; null when nothing waits for a time.</summary>
    public long? NextDue
    {
        get
        {
            while (_timers.TryPeek(out var timer, out var due))
            {
                if (IsCurrent(timer, due))
                {
                    return due;
                }

                _timers.Dequeue();
            }

            return null;
        }
    }

    /// <summary>Bytes of tokens in channels and outboxes.</summary>
    public long QueuedBytes => _channels.Sum(channel => channel.Bytes) + _cells.Sum(cell => cell.Outbox.Bytes);

    /// <summary>Tokens that ever went into channels.</summary>
    public long Tokens { get; private set; }

    /// <summary>Bytes of the tokens that ever went into channels.</summary>
    public long Bytes { get; private set; }

    /// <summary>The next firing to execute; false when there is none now.</summary>
    /// <param name="now">Ticks, UTC.</param>
    public bool TryBegin(long now, out Firing firing)
    {
        firing = null!;
        if (Status != NetworkStatus.Running || _inFlight - _retries.Count >= _limits.ParallelFirings)
        {
            return false;
        }

        if (_retries.TryDequeue(out var retry))
        {
            retry.Attempt++;
            retry.IsExecuted = true;
            firing = retry;
            return true;
        }

        while (_ready.TryDequeue(out var index))
        {
            var cell = _cells[index];
            cell.IsQueued = false;
            if (TryFire(cell, now) is not { } begun)
            {
                continue;
            }

            Enqueue(cell);
            if (cell.Failed.TryGetValue(begun.Number, out var failed))
            {
                begun.Attempt = failed.Attempts + 1;
                if (failed.NotBefore > now)
                {
                    begun.Attempt--;
                    _timers.Enqueue((begun, index), failed.NotBefore);
                    continue;
                }
            }

            begun.IsExecuted = true;
            firing = begun;
            return true;
        }

        return false;
    }

    /// <summary>Makes what is due ready.</summary>
    public void Advance(long now)
    {
        while (_timers.TryPeek(out var timer, out var due) && due <= now)
        {
            _timers.Dequeue();
            if (!IsCurrent(timer, due))
            {
                continue;
            }

            if (timer.Retry is { } firing)
            {
                _retries.Enqueue(firing);
            }
            else
            {
                Enqueue(_cells[timer.Process]);
            }
        }
    }

    /// <summary>The firing has ended well. It takes effect when those of its process that began before it have.</summary>
    public void Commit(Firing firing)
    {
        if (firing.IsAbandoned)
        {
            return;
        }

        firing.IsDone = true;
        firing.IsExecuted = false;
        var cell = _cells[firing.Process];
        while (cell.InFlight.TryPeek(out var first) && first.IsDone
            && Status is NetworkStatus.Running or NetworkStatus.Paused or NetworkStatus.Cancelling)
        {
            cell.InFlight.Dequeue();
            _inFlight--;
            Log.Fired(first, cell.Plan.Component.Rule == FiringRule.Collect);
            Apply(cell, first);
            first.Release();
            _idle.Push(first);
        }

        FinishCancelling();
    }

    /// <summary>
    /// The attempt goes on although it was told to end: whatever it still does goes nowhere. What is answered stands for the
    /// firing from now on.
    /// </summary>
    public Firing Detach(Firing firing)
    {
        firing.GivenUpIn = -1;
        if (firing.IsAbandoned)
        {
            return firing;
        }

        firing.IsAbandoned = true;
        var heir = firing.Copy();
        var inFlight = _cells[firing.Process].InFlight;
        for (var left = inFlight.Count; left > 0; left--)
        {
            var next = inFlight.Dequeue();
            inFlight.Enqueue(ReferenceEquals(next, firing) ? heir : next);
        }

        return heir;
    }

    internal int PortOf(int channel) => _channels[channel].Plan.ToPort;

    internal Token? Kept(int process, string key) => _cells[process].State.Find(key);

    internal OrderedDictionary<string, Token> KeptEntries(int process) => _cells[process].State.Entries;

    private Firing? TryFire(ProcessCell cell, long now)
    {
        if (cell.Closed || !cell.Outbox.IsEmpty || cell.InFlight.Count >= cell.Plan.Parallelism)
        {
            return null;
        }

        if (IsFedOut(cell))
        {
            return null;
        }

        if (cell.Again is { } channels)
        {
            return BeginWith(cell, channels);
        }

        if (cell.Pins.Count > 0 && cell.Pins.TryGetValue(cell.Firings + cell.InFlight.Count + 1, out var pin))
        {
            return BeginPinned(cell, pin);
        }

        if (TryFollow(cell, out var followed))
        {
            return followed;
        }

        if (cell.Plan.Component.FiresAtStart && cell.Firings == 0)
        {
            return cell.InFlight.Count == 0 ? Begin(cell, FiringCause.Start) : null;
        }

        switch (cell.Plan.Component.Rule)
        {
            case FiringRule.Source when cell.Firings == 0 && cell.WakeAt is null:
                return Begin(cell, FiringCause.Tokens);
            case FiringRule.Any when FindReady(cell, cell.Plan.Entering, cell.NextToTake[0]) is var channel and >= 0:
                var chosen = Begin(cell, FiringCause.Tokens);
                chosen.Add(channel, _channels[channel].Take());
                cell.NextToTake[0] = (_entryOf[channel] + 1) % cell.Plan.Entering.Length;
                return chosen;
            case FiringRule.All when IsReady(cell):
                return BeginAll(cell);
            case FiringRule.Collect when cell.Firings == 0 && HasEnded(cell.Plan.Entering):
                return BeginCollect(cell);
        }

        if (cell.InFlight.Count > 0)
        {
            return null;
        }

        var finished = IsFinished(cell);
        if (finished && cell.Plan.Component.FiresAtEnd && !cell.EndFired)
        {
            return Begin(cell, FiringCause.End);
        }

        if (cell.WakeAt is { } due)
        {
            return due <= now ? Begin(cell, FiringCause.Timer) : null;
        }

        if (finished)
        {
            Log.Closed(cell.Plan.Index);
            Close(cell);
        }

        return null;
    }

    private Firing Begin(ProcessCell cell, FiringCause cause)
    {
        var firing = _idle.TryPop(out var idle) ? idle : new Firing(this);
        firing.Begin(cell.Plan.Index, cell.Firings + cell.InFlight.Count + 1, cause);
        cell.InFlight.Enqueue(firing);
        _inFlight++;
        return firing;
    }

    private Firing BeginWith(ProcessCell cell, int[] channels)
    {
        var firing = Begin(cell, FiringCause.Tokens);
        foreach (var channel in channels)
        {
            firing.Add(channel, _channels[channel].Take());
        }

        return firing;
    }

    private Firing BeginAll(ProcessCell cell)
    {
        var firing = Begin(cell, FiringCause.Tokens);
        for (var port = 0; port < cell.Plan.Inputs.Length; port++)
        {
            var channels = cell.Plan.Inputs[port];
            if (cell.Plan.Component.Inputs[port].FanIn == FanIn.Join)
            {
                if (AllReady(cell, channels))
                {
                    foreach (var channel in channels)
                    {
                        firing.Add(channel, _channels[channel].Take());
                    }
                }
            }
            else if (FindReady(cell, channels, cell.NextToTake[port]) is var ready and >= 0)
            {
                firing.Add(ready, _channels[ready].Take());
                cell.NextToTake[port] = (channels.IndexOf(ready) + 1) % channels.Length;
            }
        }

        return firing;
    }

    private Firing BeginCollect(ProcessCell cell)
    {
        var firing = Begin(cell, FiringCause.Tokens);
        foreach (var index in cell.Plan.Entering)
        {
            var channel = _channels[index];
            while (channel.Available > 0)
            {
                firing.Add(index, channel.Take());
            }
        }

        return firing;
    }

    private int FindReady(ProcessCell cell, System.Collections.Immutable.ImmutableArray<int> channels, int from)
    {
        for (var i = 0; i < channels.Length; i++)
        {
            var channel = channels[(from + i) % channels.Length];
            if (_channels[channel].Available > 0 && IsOpen(cell, channel))
            {
                return channel;
            }
        }

        return -1;
    }

    private bool AllReady(ProcessCell cell, System.Collections.Immutable.ImmutableArray<int> channels)
    {
        foreach (var channel in channels)
        {
            if (_channels[channel].Available == 0 || !IsOpen(cell, channel))
            {
                return false;
            }
        }

        return channels.Length > 0;
    }

    /// <summary>Every required input that is connected has what it needs, and there is a token at all.</summary>
    private bool IsReady(ProcessCell cell)
    {
        var any = false;
        for (var port = 0; port < cell.Plan.Inputs.Length; port++)
        {
            var channels = cell.Plan.Inputs[port];
            if (channels.Length == 0)
            {
                continue;
            }

            var ready = cell.Plan.Component.Inputs[port].FanIn == FanIn.Join ? AllReady(cell, channels) : FindReady(cell, channels, 0) >= 0;
            if (!ready && cell.Plan.Component.Inputs[port].Required)
            {
                return false;
            }

            any |= ready;
        }

        return any;
    }

    /// <summary>Whether its rule can never be met again.</summary>
    private bool IsFinished(ProcessCell cell)
    {
        if (cell.Plan.Component.Rule == FiringRule.Source)
        {
            return cell.Firings > 0;
        }

        if (cell.Plan.Component.Rule == FiringRule.All)
        {
            for (var port = 0; port < cell.Plan.Inputs.Length; port++)
            {
                var channels = cell.Plan.Inputs[port];
                if (channels.Length == 0 || !cell.Plan.Component.Inputs[port].Required)
                {
                    continue;
                }

                if (cell.Plan.Component.Inputs[port].FanIn == FanIn.Join ? IsAnyDrained(channels) : AreDrained(channels))
                {
                    return true;
                }
            }
        }

        return AreDrained(cell.Plan.Entering);
    }

    private bool AreDrained(System.Collections.Immutable.ImmutableArray<int> channels)
    {
        foreach (var channel in channels)
        {
            if (!_channels[channel].IsDrained)
            {
                return false;
            }
        }

        return true;
    }

    private bool IsAnyDrained(System.Collections.Immutable.ImmutableArray<int> channels)
    {
        foreach (var channel in channels)
        {
            if (_channels[channel].IsDrained)
            {
                return true;
            }
        }

        return false;
    }

    private bool HasEnded(System.Collections.Immutable.ImmutableArray<int> channels)
    {
        foreach (var channel in channels)
        {
            if (!_channels[channel].Closed)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the guards of the channel's reader are open for it.</summary>
    internal bool LetsIn(int channel) => IsOpen(_cells[_channels[channel].Plan.To], channel);

    private bool IsOpen(ProcessCell cell, int channel) =>
        cell.Guards == ulong.MaxValue || (cell.Guards >> Math.Min(63, _channels[channel].Plan.ToPort) & 1) != 0;

    private bool IsCurrent((Firing? Retry, int Process) timer, long due) => timer.Retry is { } firing
        ? !firing.IsAbandoned && _cells[firing.Process].Failed.TryGetValue(firing.Number, out var failed) && failed.NotBefore == due
        : _cells[timer.Process].WakeAt == due && !_cells[timer.Process].Closed;

    private void Enqueue(ProcessCell cell)
    {
        if (!cell.IsQueued && !cell.Closed)
        {
            cell.IsQueued = true;
            _ready.Enqueue(cell.Plan.Index);
        }
    }

    private void EnqueueAll()
    {
        foreach (var cell in _cells)
        {
            Enqueue(cell);
        }
    }
}
