using System.Collections.Immutable;

namespace Actors.Domain.Execution;

/// <summary>Pausing, cancelling, retrying a failed run, and noticing that a run has ended or can never go on.</summary>
public sealed partial class Network
{
    /// <summary>Nothing new starts; what is in flight finishes. False when the run is not running.</summary>
    public bool Pause() => Status == NetworkStatus.Running && SetStatus(NetworkStatus.Paused, null);

    /// <summary>False when the run is not paused.</summary>
    public bool Resume() => Status == NetworkStatus.Paused && SetStatus(NetworkStatus.Running, null);

    /// <summary>
    /// Ends the run: nothing new starts. Whoever executes a firing is to tell it; one that still ends well is committed, and
    /// when none is left the run is cancelled. What was committed before stays. False when it has ended already.
    /// </summary>
    public bool Cancel()
    {
        if (Status == NetworkStatus.Cancelling)
        {
            return true;
        }

        if (Status is not (NetworkStatus.Running or NetworkStatus.Paused))
        {
            return false;
        }

        GiveUpIdle();
        return SetStatus(_inFlight == 0 ? NetworkStatus.Cancelled : NetworkStatus.Cancelling, null);
    }

    /// <summary>
    /// A failed run goes on where it failed: the tokens of the firing that failed are still there, its attempts begin anew, and
    /// what it was waiting for is asked anew unless it was completed.
    /// </summary>
    public bool Retry()
    {
        if (Status != NetworkStatus.Failed)
        {
            return false;
        }

        return SetStatus(NetworkStatus.Running, null);
    }

    /// <summary>
    /// To be asked when <see cref="TryBegin"/> has nothing: finds out whether the run is complete, whether a cycle has come to
    /// rest and may close, or whether it is deadlocked. True when there is something to begin or the status changed.
    /// </summary>
    public bool Settle()
    {
        if (Status == NetworkStatus.Cancelling)
        {
            return FinishCancelling();
        }

        if (Status != NetworkStatus.Running || _ready.Count > 0 || _retries.Count > 0)
        {
            return Status == NetworkStatus.Running;
        }

        if (_active == 0)
        {
            return SetStatus(NetworkStatus.Completed, null);
        }

        if (_inFlight > 0 || NextDue is not null)
        {
            return false;
        }

        for (var i = 0; i < _plan.Cycles.Length; i++)
        {
            if (IsAtRest(_plan.Cycles[i]))
            {
                Log.CycleClosed(i);
                CloseCycle(i);
                return true;
            }
        }

        if (!LeaveRecords())
        {
            FailRun(Deadlock.Find(this));
        }

        return true;
    }

    /// <summary>The status of a run of which nothing else was kept.</summary>
    public void Restore(NetworkStatus status, RunFailure? failure) => Apply(status, failure);

    public ProcessFigures FiguresOf(int process)
    {
        var cell = _cells[process];
        return new ProcessFigures(
            cell.Firings,
            cell.Errors,
            cell.Retries,
            cell.Skipped,
            cell.InFlight.Count,
            cell.Plan.Entering.Sum(channel => _channels[channel].Count),
            cell.Outbox.Count,
            cell.Closed,
            cell.Ended,
            cell.Failed.Count > 0);
    }

    /// <summary>Tokens that wait in a channel, that ever went in, and their bytes.</summary>
    public (int Waiting, long Passed, long Bytes) FiguresOfChannel(int channel) => (_channels[channel].Count, _channels[channel].Passed, _channels[channel].PassedBytes);

    /// <summary>The token that went into the channel last, of a large one the beginning; null before the first, and after a recovery until one comes.</summary>
    public Token? NewestIn(int channel) => _channels[channel].Newest is { IsLoaded: true } newest ? newest : null;

    internal ProcessCell CellOf(int process) => _cells[process];

    internal Channel ChannelOf(int channel) => _channels[channel];

    /// <summary>A cycle rests when nothing is in it and nothing can come in: end of stream then goes round it.</summary>
    private bool IsAtRest(ImmutableArray<int> cycle)
    {
        var open = false;
        foreach (var process in cycle)
        {
            var cell = _cells[process];
            if (!cell.Outbox.IsEmpty || cell.Again is not null)
            {
                return false;
            }

            foreach (var index in cell.Plan.Entering)
            {
                var channel = _channels[index];
                var inside = cycle.Contains(channel.Plan.From);
                if (channel.Count > 0 || (!inside && !channel.Closed))
                {
                    return false;
                }

                open |= inside && !channel.Closed && !channel.Abandoned;
            }
        }

        return open;
    }

    private void CloseCycle(int number)
    {
        var cycle = _plan.Cycles[number];
        foreach (var process in cycle)
        {
            foreach (var index in _cells[process].Plan.Entering)
            {
                if (cycle.Contains(_channels[index].Plan.From))
                {
                    _channels[index].Closed = true;
                }
            }

            Enqueue(_cells[process]);
        }
    }

    private bool SetStatus(NetworkStatus status, RunFailure? failure)
    {
        var text = status.ToString().ToLowerInvariant();
        Record(RunEvents.Status(text, failure), []);
        Log.Status(status, failure);
        Apply(status, failure);
        return true;
    }

    private void Apply(NetworkStatus status, RunFailure? failure)
    {
        if (Status == NetworkStatus.Failed && status == NetworkStatus.Running)
        {
            Retries++;
            ForgetUnfinished();
        }

        Status = status;
        Failure = failure;
        if (status is NetworkStatus.Failed or NetworkStatus.Cancelled)
        {
            GiveUpAll();
        }
        else if (status == NetworkStatus.Running)
        {
            EnqueueAll();
        }
    }

    /// <summary>Firings that wait for another attempt, and what stands behind them in their process, are not begun again.</summary>
    private void GiveUpIdle()
    {
        _retries.Clear();
        foreach (var cell in _cells)
        {
            if (cell.InFlight.FirstOrDefault(firing => firing is { IsExecuted: false, IsDone: false }) is { } first)
            {
                GiveUpFrom(cell, first);
            }
        }
    }

    /// <summary>The firing will not be committed, so none behind it can be.</summary>
    private void GiveUpFrom(ProcessCell cell, Firing first)
    {
        var behind = false;
        for (var left = cell.InFlight.Count; left > 0; left--)
        {
            var firing = cell.InFlight.Dequeue();
            behind |= ReferenceEquals(firing, first);
            if (!behind)
            {
                cell.InFlight.Enqueue(firing);
                continue;
            }

            firing.IsAbandoned = true;
            Abandoned.Add(firing);
            _inFlight--;
        }
    }

    /// <summary>Whether the run was being cancelled and is now: nothing is in flight any more.</summary>
    private bool FinishCancelling() => Status == NetworkStatus.Cancelling && _inFlight == 0 && SetStatus(NetworkStatus.Cancelled, null);

    /// <summary>What is in flight gives its tokens back.</summary>
    private void GiveUpAll()
    {
        _retries.Clear();
        _timers.Clear();
        foreach (var cell in _cells)
        {
            foreach (var firing in cell.InFlight)
            {
                firing.IsAbandoned = true;
                firing.GivenUpIn = Retries;
                Abandoned.Add(firing);
            }

            cell.InFlight.Clear();
            cell.Failed.Clear();
            cell.Next.CopyTo(cell.NextToTake, 0);
            if (cell.WakeAt is { } due)
            {
                _timers.Enqueue((null, cell.Plan.Index), due);
            }
        }

        _inFlight = 0;
        foreach (var channel in _channels)
        {
            channel.GiveBack();
        }
    }

    private void Record(Publication happened, Publication[] before)
    {
        Published.AddRange(before);
        Published.Add(happened);
    }
}
