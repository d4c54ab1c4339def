using Actors.Domain.Components;

namespace Actors.Domain.Execution;

/// <summary>
/// Going by the record of another run of the same plan. Which tokens a firing takes is a choice, so it is made as it was
/// made then: a firing has the same number and the same tokens, and finds what its steps recorded. A process that is fed
/// is not executed at all; its firings give what they gave.
/// </summary>
/// <remarks>
/// Where the record cannot be followed, because something else came out, the process goes on by its own rule. The record
/// only decides what is tried next; what was done is in the log, so recovery needs no record.
/// </remarks>
public sealed partial class Network
{
    /// <summary>Called with every firing that is read from a journal, and what its steps recorded.</summary>
    internal Action<Firing, System.Collections.Immutable.ImmutableSortedDictionary<int, FiringStep>>? Replayed { get; init; }

    /// <summary>Goes by the record of another run.</summary>
    /// <param name="recording">Of a run of the same plan.</param>
    /// <param name="executed">By process, whether it is executed; the others are fed.</param>
    public void Follow(Recording recording, ReadOnlySpan<bool> executed)
    {
        foreach (var cell in _cells)
        {
            cell.Record = recording.Find(cell.Plan.NodeId);
            cell.IsFed = !executed[cell.Plan.Index];
        }
    }

    /// <summary>Lets a firing of a process that is fed give what it gave then; false when the process is to be executed.</summary>
    public bool TryRepeat(Firing firing)
    {
        var cell = _cells[firing.Process];
        if (!cell.IsFed || cell.Record?.At(firing.Number) is not { IsCommitted: true } recorded)
        {
            return false;
        }

        // What its steps recorded is recorded again, so that this run can be replayed too.
        foreach (var (step, record) in recorded.Steps)
        {
            Record(cell, firing.Number, step, record);
        }

        firing.Emitted.AddRange(recorded.Emitted);
        firing.Again = recorded.Again;
        firing.Ends = recorded.Ends;
        firing.Poisons = recorded.Poisons;
        firing.WakeAt = recorded.WakeAt;
        firing.IsSkipped = recorded.IsSkipped;
        cell.Errors += recorded.IsSkipped ? 1 : 0;
        return true;
    }

    /// <summary>True when the process goes by the record: with the firing that it begins now, or none while it waits for its tokens.</summary>
    private bool TryFollow(ProcessCell cell, out Firing? firing)
    {
        firing = null;
        if (cell.Record is not { } record)
        {
            return false;
        }

        var number = cell.Firings + cell.InFlight.Count + 1;
        if (record.At(number) is not { IsCommitted: true } recorded)
        {
            return LeaveRecord(cell);
        }

        if (recorded.Cause != FiringCause.Tokens)
        {
            return FollowWithoutTokens(cell, recorded.Cause, out firing);
        }

        if (cell.Plan.Component.Rule == FiringRule.Collect)
        {
            return false;
        }

        if (recorded.Channels.Length == 0)
        {
            return cell.Firings == 0 && cell.WakeAt is null ? false : LeaveRecord(cell);
        }

        foreach (var index in recorded.Channels)
        {
            if (_channels[index].Available == 0)
            {
                return CanCome(_channels[index]) || LeaveRecord(cell);
            }
        }

        firing = BeginWith(cell, recorded.Channels);
        return true;
    }

    /// <summary>A timer is not waited for again; the end comes when everything has been taken.</summary>
    private bool FollowWithoutTokens(ProcessCell cell, FiringCause cause, out Firing? firing)
    {
        firing = null;
        if (cell.InFlight.Count > 0)
        {
            return true;
        }

        if (cause == FiringCause.Timer)
        {
            firing = cell.WakeAt is null ? null : Begin(cell, FiringCause.Timer);
            return firing is not null || LeaveRecord(cell);
        }

        if (IsFinished(cell))
        {
            firing = Begin(cell, FiringCause.End);
            return true;
        }

        return !cell.Plan.Entering.Any(channel => _channels[channel].Available > 0) || LeaveRecord(cell);
    }

    /// <summary>Whether a process is fed and has given everything that it gave then: it ends.</summary>
    private bool IsFedOut(ProcessCell cell)
    {
        if (!cell.IsFed || cell.Firings + cell.InFlight.Count < (cell.Record?.Committed ?? 0))
        {
            return false;
        }

        if (cell.InFlight.Count == 0)
        {
            Log.Closed(cell.Plan.Index);
            Close(cell);
        }

        return true;
    }

    /// <summary>The process goes on by its own rule, or ends when it is fed. False: no record says what it does.</summary>
    private bool LeaveRecord(ProcessCell cell)
    {
        cell.Record = null;
        return IsFedOut(cell);
    }

    /// <summary>Where all wait because some wait for what the record says, these go on by their own rule.</summary>
    private bool LeaveRecords()
    {
        var left = false;
        foreach (var cell in _cells)
        {
            if (cell is { Closed: false, IsFed: false, Record: not null })
            {
                cell.Record = null;
                left = true;
                Enqueue(cell);
            }
        }

        return left;
    }

    private static bool CanCome(Channel channel) => !channel.Closed && !channel.Abandoned;
}
