using System.Collections.Immutable;
using Actors.Domain.Components;

namespace Actors.Domain.Execution;

/// <summary>Recovery: records are applied by the code that applied them live, and a snapshot holds what they add up to.</summary>
public sealed partial class Network
{
    private const byte SnapshotVersion = 3;

    /// <summary>What happened since it was taken last, as records for the journal.</summary>
    public NetworkLog Log { get; } = new();

    /// <summary>Applies records that were taken from <see cref="Log"/>, in their order. Nothing is logged again.</summary>
    public void Replay(ReadOnlyMemory<byte> records)
    {
        var on = Log.IsOn;
        Log.IsOn = false;
        var reader = new RecordReader(records);
        while (!reader.IsAtEnd)
        {
            ReplayOne(ref reader);
        }

        Log.IsOn = on;
    }

    /// <summary>After the last <see cref="Replay"/>: the timers that are still to come, and everyone in the ready queue.</summary>
    public void FinishReplay()
    {
        Abandoned.Clear();
        Published.Clear();
        _timers.Clear();
        foreach (var cell in _cells)
        {
            if (cell.WakeAt is { } due)
            {
                _timers.Enqueue((null, cell.Plan.Index), due);
            }

            cell.Next.CopyTo(cell.NextToTake, 0);
        }

        EnqueueAll();
    }

    /// <summary>Every token that is still somewhere and was read by its blob's name.</summary>
    public IEnumerable<Token> Unloaded() => AllTokens().Where(token => !token.IsLoaded);

    /// <summary>The network as it would be if nothing were in flight.</summary>
    /// <param name="large">Tokens that must be stored as blobs before.</param>
    public byte[] WriteSnapshot(out Token[] large)
    {
        var writer = new RecordWriter();
        writer.Byte(SnapshotVersion);
        writer.Number(_cells.Length);
        writer.Number(_channels.Length);
        NetworkLog.Write(writer, Status, Failure);
        writer.Number(Bytes);
        writer.Number(Retries);
        foreach (var channel in _channels)
        {
            writer.Byte((byte)((channel.Closed ? 1 : 0) | (channel.Abandoned ? 2 : 0)));
            writer.Number(channel.Passed);
            writer.Number(channel.PassedBytes);
            writer.Number(channel.Count);
            for (var i = 0; i < channel.Count; i++)
            {
                writer.Token(channel[i]);
            }
        }

        foreach (var cell in _cells)
        {
            Write(writer, cell);
            NetworkLog.Write(writer, cell.Spending);
        }

        large = [.. writer.Large];
        return writer.Take();
    }

    /// <summary>Reads a snapshot into a network that was just made of the same plan.</summary>
    /// <exception cref="InvalidDataException">It is another plan's, or broken.</exception>
    public void ReadSnapshot(ReadOnlyMemory<byte> snapshot)
    {
        var reader = new RecordReader(snapshot);
        var version = reader.Byte();
        if (version is < 1 or > SnapshotVersion || reader.Number() != _cells.Length || reader.Number() != _channels.Length)
        {
            throw new InvalidDataException("The snapshot does not belong to this run's plan.");
        }

        (Status, Failure) = ReadStatus(ref reader);
        Bytes = version >= 2 ? reader.Number() : 0;
        Retries = version >= 3 ? reader.Count() : 0;
        foreach (var channel in _channels)
        {
            var flags = reader.Byte();
            var passed = reader.Number();
            var passedBytes = version >= 3 ? reader.Number() : 0;
            var count = reader.Count();
            for (var i = 0; i < count; i++)
            {
                channel.Put(reader.Token());
            }

            channel.Passed = passed;
            channel.PassedBytes = passedBytes;
            channel.Closed = (flags & 1) != 0;
            if ((flags & 2) != 0)
            {
                channel.Abandon();
            }
        }

        Tokens = _channels.Sum(channel => channel.Passed);
        _firings = 0;
        _active = 0;
        foreach (var cell in _cells)
        {
            Read(ref reader, cell, version);
            cell.Spending = version >= 3 ? ReadSpending(ref reader) : default;
            _firings += cell.Firings;
            _active += cell.Ended ? 0 : 1;
        }
    }

    private static void Write(RecordWriter writer, ProcessCell cell)
    {
        writer.Byte((byte)((cell.Closed ? 1 : 0) | (cell.Ended ? 2 : 0) | (cell.EndFired ? 4 : 0) | (cell.Again is null ? 0 : 8) | (cell.Outbox.IsOpen ? 16 : 0)));
        writer.Number(cell.Firings);
        writer.Number(cell.Errors);
        writer.Number(cell.Retries);
        writer.Number(cell.Skipped);
        foreach (var next in cell.Next)
        {
            writer.Number(next);
        }

        writer.Number(cell.NextLeaving);
        writer.Fixed(cell.WakeAt ?? 0);
        writer.Fixed((long)cell.Guards);
        writer.Number(cell.Again?.Length ?? 0);
        foreach (var channel in cell.Again ?? [])
        {
            writer.Number(channel);
        }

        writer.Number(cell.Outbox.Count);
        foreach (var (port, token) in cell.Outbox.Emissions)
        {
            writer.Number(port);
            writer.Token(token);
        }

        writer.Number(cell.Outbox.Lacking.Count);
        foreach (var channel in cell.Outbox.Lacking)
        {
            writer.Fixed(channel);
        }

        writer.Number(cell.State.Count);
        foreach (var (key, token) in cell.State.Entries)
        {
            writer.Text(key);
            writer.Token(token);
        }

        writer.Number(cell.Failed.Count);
        foreach (var (number, (attempts, notBefore)) in cell.Failed.OrderBy(failed => failed.Key))
        {
            writer.Number(number);
            writer.Number(attempts);
            writer.Fixed(notBefore);
        }

        writer.Number(cell.Steps.Count);
        foreach (var ((firing, step), record) in cell.Steps)
        {
            writer.Number(firing);
            writer.Number(step);
            NetworkLog.Write(writer, record);
        }

        writer.Number(cell.Pins.Count);
        foreach (var (number, pin) in cell.Pins)
        {
            writer.Number(number);
            NetworkLog.Write(writer, pin);
        }
    }

    private static void Read(ref RecordReader reader, ProcessCell cell, byte version)
    {
        var flags = reader.Byte();
        cell.Closed = (flags & 1) != 0;
        cell.Ended = (flags & 2) != 0;
        cell.EndFired = (flags & 4) != 0;
        cell.Firings = reader.Number();
        cell.Errors = reader.Number();
        cell.Retries = reader.Number();
        cell.Skipped = reader.Number();
        if (version >= 3)
        {
            for (var i = 0; i < cell.Next.Length; i++)
            {
                cell.Next[i] = reader.Count();
            }
        }
        else if (reader.Count() is var next && cell.Plan.Component.Rule == FiringRule.Any)
        {
            cell.Next[0] = next;
        }

        cell.NextLeaving = reader.Count();
        cell.WakeAt = reader.Fixed() is var due and not 0 ? due : null;
        cell.Guards = (ulong)reader.Fixed();
        var again = new int[reader.Count()];
        for (var i = 0; i < again.Length; i++)
        {
            again[i] = reader.Count();
        }

        cell.Again = (flags & 8) != 0 ? again : null;
        for (var left = reader.Count(); left > 0; left--)
        {
            cell.Outbox.Add(new Emission(reader.Count(), reader.Token()));
        }

        cell.Outbox.IsOpen = (flags & 16) != 0;
        for (var left = reader.Count(); left > 0; left--)
        {
            cell.Outbox.Lacking.Add((int)reader.Fixed());
        }

        for (var left = reader.Count(); left > 0; left--)
        {
            cell.State.Entries[reader.Text()] = reader.Token();
        }

        for (var left = reader.Count(); left > 0; left--)
        {
            cell.Failed[reader.Number()] = (reader.Count(), reader.Fixed());
        }

        for (var left = reader.Count(); left > 0; left--)
        {
            cell.Steps[(reader.Number(), reader.Count())] = ReadStep(ref reader);
        }

        for (var left = version >= 3 ? reader.Count() : 0; left > 0; left--)
        {
            cell.Pins[reader.Number()] = ReadPin(ref reader);
        }
    }

    private void ReplayOne(ref RecordReader reader)
    {
        var kind = reader.Byte();
        switch (kind)
        {
            case NetworkLog.FiredRecord:
                ReplayFired(ref reader);
                break;
            case NetworkLog.ClosedRecord:
                Close(_cells[reader.Count()]);
                break;
            case NetworkLog.CycleClosedRecord:
                CloseCycle(reader.Count());
                break;
            case NetworkLog.AttemptedRecord:
                var failing = _cells[reader.Count()];
                failing.Errors++;
                Attempted(failing, reader.Number(), reader.Count(), reader.Fixed());
                break;
            case NetworkLog.StepRecord:
                var stepping = _cells[reader.Count()];
                stepping.Steps[(reader.Number(), reader.Count())] = ReadStep(ref reader);
                break;
            case NetworkLog.StepForgottenRecord:
                _cells[reader.Count()].Steps.Remove((reader.Number(), reader.Count()));
                break;
            case NetworkLog.PinnedRecord:
                var pinned = _cells[reader.Count()];
                pinned.Pins[reader.Number()] = ReadPin(ref reader);
                break;
            case NetworkLog.SpentRecord:
                _cells[reader.Count()].Spending += ReadSpending(ref reader);
                break;
            case NetworkLog.StatusRecord:
                var (status, failure) = ReadStatus(ref reader);
                Apply(status, failure);
                break;
            default:
                throw new InvalidDataException($"A run's journal holds a record of the unknown kind {kind}.");
        }
    }

    private void ReplayFired(ref RecordReader reader)
    {
        var head = reader.Number();
        var cell = _cells[(int)(head >> 2)];
        var cause = (FiringCause)(head & 3);
        var parts = (NetworkLog.Parts)reader.Byte();
        var firing = _idle.TryPop(out var idle) ? idle : new Firing(this);
        firing.Begin(cell.Plan.Index, cell.Firings + 1, cause);
        if (cell.Plan.Component.Rule == FiringRule.Collect)
        {
            foreach (var index in cause == FiringCause.Tokens ? cell.Plan.Entering : [])
            {
                while (_channels[index].Available > 0)
                {
                    firing.Add(index, _channels[index].Take());
                }
            }
        }
        else
        {
            for (var left = reader.Count(); left > 0; left--)
            {
                var channel = reader.Count();
                firing.Add(channel, _channels[channel].Take());
            }
        }

        for (var left = reader.Count(); left > 0; left--)
        {
            firing.Emitted.Add(new Emission(reader.Count(), ReadReference(ref reader, firing)));
        }

        firing.Again = parts.HasFlag(NetworkLog.Parts.Again);
        firing.Ends = parts.HasFlag(NetworkLog.Parts.Ends);
        firing.Poisons = parts.HasFlag(NetworkLog.Parts.Poisons);
        firing.IsSkipped = parts.HasFlag(NetworkLog.Parts.Skipped);
        firing.WakeAt = parts.HasFlag(NetworkLog.Parts.Wakes) ? reader.Fixed() : null;
        firing.Accept = parts.HasFlag(NetworkLog.Parts.Accepts) ? (ulong)reader.Fixed() : null;
        if (parts.HasFlag(NetworkLog.Parts.State))
        {
            ReadState(ref reader, firing);
        }

        if (firing.IsSkipped)
        {
            cell.Errors++;
        }

        Replayed?.Invoke(firing, StepsOf(cell, firing.Number));
        Apply(cell, firing);
        firing.Release();
        _idle.Push(firing);
    }

    private static ImmutableSortedDictionary<int, FiringStep> StepsOf(ProcessCell cell, long firing) => cell.Steps.Count == 0
        ? ImmutableSortedDictionary<int, FiringStep>.Empty
        : cell.Steps.Where(step => step.Key.Firing == firing).ToImmutableSortedDictionary(step => step.Key.Step, step => step.Value);

    private static void ReadState(ref RecordReader reader, Firing firing)
    {
        if (reader.Flag())
        {
            firing.State.Clear();
        }

        for (var left = reader.Count(); left > 0; left--)
        {
            var key = reader.Text();
            firing.State.Set(key, reader.Flag() ? ReadReference(ref reader, firing) : null);
        }
    }

    private static Token ReadReference(ref RecordReader reader, Firing firing) =>
        reader.Count() is var place and > 0 ? firing.Tokens[place - 1] : reader.Token();

    private static ModelSpending ReadSpending(ref RecordReader reader) => new(reader.Number(), reader.Number(), reader.Number());

    private static FiringStep ReadStep(ref RecordReader reader) => new((StepKind)reader.Byte(), reader.Token(), reader.Fixed());

    private static Pin ReadPin(ref RecordReader reader)
    {
        var cause = (FiringCause)reader.Byte();
        var channels = new int[reader.Count()];
        for (var i = 0; i < channels.Length; i++)
        {
            channels[i] = reader.Count();
        }

        return new Pin(cause, channels);
    }

    private static (NetworkStatus Status, RunFailure? Failure) ReadStatus(ref RecordReader reader)
    {
        var status = (NetworkStatus)reader.Byte();
        if (!reader.Flag())
        {
            return (status, null);
        }

        var (code, detail, node) = (reader.Text(), reader.Text(), reader.Text());
        var waits = ImmutableArray.CreateBuilder<WaitFor>();
        for (var left = reader.Count(); left > 0; left--)
        {
            waits.Add(new WaitFor(reader.Text(), reader.Text(), reader.Text(), reader.Text()));
        }

        return (status, new RunFailure(code, detail, node.Length == 0 ? null : node, waits.ToImmutable()));
    }

    private IEnumerable<Token> AllTokens()
    {
        foreach (var channel in _channels)
        {
            for (var i = 0; i < channel.Count; i++)
            {
                yield return channel[i];
            }
        }

        foreach (var token in _cells.SelectMany(cell => cell.Outbox.Emissions.Select(emission => emission.Token)
            .Concat(cell.State.Entries.Values).Concat(cell.Steps.Values.Select(step => step.Token))))
        {
            yield return token;
        }
    }
}
