namespace Actors.Domain.Execution;

/// <summary>
/// The records of what happened to a network since they were taken last: what the journal keeps, and all that recovery
/// needs. A token that a firing passes on is written as the number of the one that it took, so that a pass-through firing
/// takes some ten bytes.
/// </summary>
public sealed class NetworkLog
{
    internal const byte FiredRecord = 1;
    internal const byte ClosedRecord = 2;
    internal const byte CycleClosedRecord = 3;
    internal const byte AttemptedRecord = 4;
    internal const byte StepRecord = 5;
    internal const byte StatusRecord = 6;
    internal const byte StepForgottenRecord = 7;
    internal const byte PinnedRecord = 8;
    internal const byte SpentRecord = 9;

    private readonly RecordWriter _writer = new();

    internal NetworkLog()
    {
    }

    [Flags]
    internal enum Parts : byte
    {
        None = 0,
        Again = 1,
        Ends = 2,
        Poisons = 4,
        Wakes = 8,
        Accepts = 16,
        State = 32,
        Skipped = 128,
    }

    /// <summary>Whether records are kept at all; a run that is not durable keeps none.</summary>
    public bool IsOn { get; set; } = true;

    /// <summary>Bytes that wait to be taken.</summary>
    public int Length => _writer.Length;

    /// <summary>Takes the records; <paramref name="large"/> are the tokens that must be stored as blobs before them.</summary>
    public byte[] Take(out Token[] large)
    {
        large = [.. _writer.Large];
        _writer.Large.Clear();
        return _writer.Take();
    }

    internal void Fired(Firing firing, bool collects)
    {
        if (!IsOn)
        {
            return;
        }

        var parts = (firing.Again ? Parts.Again : 0) | (firing.Ends ? Parts.Ends : 0) | (firing.Poisons ? Parts.Poisons : 0)
            | (firing.WakeAt is null ? 0 : Parts.Wakes) | (firing.Accept is null ? 0 : Parts.Accepts) | (firing.State.IsEmpty ? 0 : Parts.State)
            | (firing.IsSkipped ? Parts.Skipped : 0);
        _writer.Byte(FiredRecord);
        _writer.Number(((long)firing.Process << 2) | (long)firing.Cause);
        _writer.Byte((byte)parts);

        // What a collector takes is everything; no need to name each.
        if (!collects)
        {
            _writer.Number(firing.Channels.Length);
            foreach (var channel in firing.Channels)
            {
                _writer.Number(channel);
            }
        }

        _writer.Number(firing.Emitted.Count);
        foreach (var (port, token) in firing.Emitted)
        {
            _writer.Number(port);
            Reference(firing, token);
        }

        if (firing.WakeAt is { } due)
        {
            _writer.Fixed(due);
        }

        if (firing.Accept is { } guards)
        {
            _writer.Fixed((long)guards);
        }

        if (!firing.State.IsEmpty)
        {
            State(firing);
        }
    }

    internal void Closed(int process)
    {
        if (IsOn)
        {
            _writer.Byte(ClosedRecord);
            _writer.Number(process);
        }
    }

    internal void CycleClosed(int cycle)
    {
        if (IsOn)
        {
            _writer.Byte(CycleClosedRecord);
            _writer.Number(cycle);
        }
    }

    internal void Attempted(int process, long firing, int attempt, long due)
    {
        if (IsOn)
        {
            _writer.Byte(AttemptedRecord);
            _writer.Number(process);
            _writer.Number(firing);
            _writer.Number(attempt);
            _writer.Fixed(due);
        }
    }

    internal void Step(int process, long firing, int step, FiringStep record)
    {
        if (IsOn)
        {
            _writer.Byte(StepRecord);
            _writer.Number(process);
            _writer.Number(firing);
            _writer.Number(step);
            Write(_writer, record);
        }
    }

    internal void StepForgotten(int process, long firing, int step)
    {
        if (IsOn)
        {
            _writer.Byte(StepForgottenRecord);
            _writer.Number(process);
            _writer.Number(firing);
            _writer.Number(step);
        }
    }

    internal void Pinned(Firing firing)
    {
        if (IsOn)
        {
            _writer.Byte(PinnedRecord);
            _writer.Number(firing.Process);
            _writer.Number(firing.Number);
            Write(_writer, new Pin(firing.Cause, firing.Channels.ToArray()));
        }
    }

    internal void Spent(int process, ModelSpending spending)
    {
        if (IsOn)
        {
            _writer.Byte(SpentRecord);
            _writer.Number(process);
            Write(_writer, spending);
        }
    }

    internal void Status(NetworkStatus status, RunFailure? failure)
    {
        if (IsOn)
        {
            _writer.Byte(StatusRecord);
            Write(_writer, status, failure);
        }
    }

    internal static void Write(RecordWriter writer, Pin pin)
    {
        writer.Byte((byte)pin.Cause);
        writer.Number(pin.Channels.Length);
        foreach (var channel in pin.Channels)
        {
            writer.Number(channel);
        }
    }

    internal static void Write(RecordWriter writer, FiringStep step)
    {
        writer.Byte((byte)step.Kind);
        writer.Token(step.Token);
        writer.Fixed(step.Due);
    }

    internal static void Write(RecordWriter writer, ModelSpending spending)
    {
        writer.Number(spending.InputTokens);
        writer.Number(spending.OutputTokens);
        writer.Number(spending.Billionths);
    }

    internal static void Write(RecordWriter writer, NetworkStatus status, RunFailure? failure)
    {
        writer.Byte((byte)status);
        writer.Flag(failure is not null);
        if (failure is null)
        {
            return;
        }

        writer.Text(failure.Code);
        writer.Text(failure.Detail);
        writer.Text(failure.NodeId ?? "");
        writer.Number(failure.Waits.Length);
        foreach (var wait in failure.Waits)
        {
            writer.Text(wait.Node);
            writer.Text(wait.Port);
            writer.Text(wait.Waiting);
            writer.Text(wait.For);
        }
    }

    private void State(Firing firing)
    {
        _writer.Flag(firing.State.Cleared);
        _writer.Number(firing.State.Entries.Count);
        foreach (var (key, token) in firing.State.Entries)
        {
            _writer.Text(key);
            _writer.Flag(token is not null);
            if (token is not null)
            {
                Reference(firing, token);
            }
        }
    }

    /// <summary>0 and the token, or the place (from 1) of the taken token that it is.</summary>
    private void Reference(Firing firing, Token token)
    {
        var taken = firing.Tokens;
        for (var i = 0; i < Math.Min(taken.Length, 8); i++)
        {
            if (ReferenceEquals(taken[i], token))
            {
                _writer.Number(i + 1);
                return;
            }
        }

        _writer.Number(0);
        _writer.Token(token);
    }
}
