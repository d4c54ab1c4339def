using Actors.Domain.Components;

namespace Actors.Domain.Execution;

/// <summary>What a commit does: the same code for a live firing and for one read from the journal.</summary>
public sealed partial class Network
{
    private void Apply(ProcessCell cell, Firing firing)
    {
        cell.Firings++;
        _firings++;
        if (firing.IsSkipped)
        {
            cell.Skipped++;
        }

        cell.Failed.Remove(firing.Number);
        cell.Pins.Remove(firing.Number);
        ForgetSteps(cell, firing.Number);
        TakeOut(cell, firing);
        cell.State.Apply(firing.State);
        cell.Guards = firing.Accept ?? cell.Guards;
        cell.WakeAt = firing.WakeAt;
        if (firing.WakeAt is { } due)
        {
            _timers.Enqueue((null, cell.Plan.Index), due);
        }

        cell.EndFired |= firing.Cause == FiringCause.End;
        Published.AddRange(firing.Published);
        foreach (var emission in firing.Emitted)
        {
            Emit(cell, emission);
        }

        if (firing.Poisons)
        {
            Poison(cell);
        }
        else if (firing.Ends || (!firing.Again && IsOver(cell)))
        {
            Close(cell);
        }

        Enqueue(cell);
    }

    /// <summary>A collector has fired once; a source did not ask for more.</summary>
    private static bool IsOver(ProcessCell cell) =>
        cell.Plan.Component.Rule == FiringRule.Collect || (cell.Plan.Component.Rule == FiringRule.Source && cell.WakeAt is null);

    private void TakeOut(ProcessCell cell, Firing firing)
    {
        var channels = firing.Channels;
        if (firing.Again)
        {
            cell.Again ??= channels.ToArray();
            foreach (var channel in channels)
            {
                _channels[channel].GiveBack();
            }

            return;
        }

        cell.Again = null;
        foreach (var channel in channels)
        {
            _channels[channel].Consume();
        }

        Turn(cell, channels);
        foreach (var channel in channels)
        {
            var writer = _cells[_channels[channel].Plan.From];
            if (!writer.Outbox.IsEmpty)
            {
                Flush(writer);
            }
        }
    }

    /// <summary>The fair choices go on behind what was consumed.</summary>
    private void Turn(ProcessCell cell, ReadOnlySpan<int> channels)
    {
        if (!cell.Chooses)
        {
            return;
        }

        foreach (var channel in channels)
        {
            if (cell.Plan.Component.Rule == FiringRule.Any)
            {
                cell.Next[0] = (_entryOf[channel] + 1) % cell.Plan.Entering.Length;
            }
            else
            {
                var port = _channels[channel].Plan.ToPort;
                var input = cell.Plan.Inputs[port];
                cell.Next[port] = (input.IndexOf(channel) + 1) % input.Length;
            }
        }

        if (cell.InFlight.Count == 0)
        {
            cell.Next.CopyTo(cell.NextToTake, 0);
        }
    }

    private void Emit(ProcessCell cell, Emission emission)
    {
        var channels = cell.Plan.Outputs[emission.Port];
        if (channels.Length == 0)
        {
            return;
        }

        if (cell.Outbox.IsEmpty && channels.Length == 1)
        {
            var only = _channels[channels[0]];
            if (only.Abandoned)
            {
                return;
            }

            if (!only.IsRendezvous && only.HasRoom)
            {
                Put(only, emission.Token);
                return;
            }
        }

        cell.Outbox.Add(emission);
        Flush(cell);
    }

    /// <summary>Moves what finds room out of the outbox, and closes the outputs behind the last token.</summary>
    private void Flush(ProcessCell cell)
    {
        var outbox = cell.Outbox;
        while (!outbox.IsEmpty)
        {
            var port = outbox.First.Port;
            if (cell.Plan.FanOuts[port] == FanOut.Compete ? !TryCompete(cell, outbox) : !TryCopy(cell, outbox))
            {
                return;
            }

            outbox.RemoveFirst();
        }

        if (cell.Closed)
        {
            End(cell);
        }
        else
        {
            Enqueue(cell);
        }
    }

    /// <summary>Whether every connection has taken the first emission.</summary>
    private bool TryCopy(ProcessCell cell, Outbox outbox)
    {
        var lacking = outbox.Lacking;
        if (!outbox.IsOpen)
        {
            outbox.IsOpen = true;
            lacking.AddRange(cell.Plan.Outputs[outbox.First.Port]);
        }

        for (var i = lacking.Count - 1; i >= 0; i--)
        {
            var offered = lacking[i] < 0;
            var channel = _channels[offered ? ~lacking[i] : lacking[i]];
            if (channel.Abandoned || (offered && channel.Count == 0))
            {
                lacking.RemoveAt(i);
            }
            else if (!offered && channel.HasRoom)
            {
                Put(channel, outbox.First.Token);
                if (channel.IsRendezvous)
                {
                    lacking[i] = ~lacking[i];
                }
                else
                {
                    lacking.RemoveAt(i);
                }
            }
        }

        return lacking.Count == 0;
    }

    /// <summary>Whether one of the connections has taken the first emission.</summary>
    private bool TryCompete(ProcessCell cell, Outbox outbox)
    {
        var channels = cell.Plan.Outputs[outbox.First.Port];
        if (outbox.IsOpen)
        {
            var accepted = _channels[~outbox.Lacking[0]];
            if (!accepted.Abandoned)
            {
                return accepted.Count == 0;
            }

            // Its reader went without it, so another one gets it.
            outbox.IsOpen = false;
            outbox.Lacking.Clear();
        }

        var gone = 0;
        for (var i = 0; i < channels.Length; i++)
        {
            var place = (cell.NextLeaving + i) % channels.Length;
            var channel = _channels[channels[place]];
            gone += channel.Abandoned ? 1 : 0;
            if (channel.Abandoned || !channel.HasRoom)
            {
                continue;
            }

            Put(channel, outbox.First.Token);
            cell.NextLeaving = (place + 1) % channels.Length;
            if (!channel.IsRendezvous)
            {
                return true;
            }

            outbox.IsOpen = true;
            outbox.Lacking.Add(~channels[place]);
            return false;
        }

        return gone == channels.Length;
    }

    private void Put(Channel channel, Token token)
    {
        channel.Put(token);
        Tokens++;
        Bytes += token.Size;
        Enqueue(_cells[channel.Plan.To]);
    }

    /// <summary>The process fires no more. What it emitted still goes out.</summary>
    private void Close(ProcessCell cell)
    {
        if (cell.Closed)
        {
            return;
        }

        cell.Closed = true;
        cell.WakeAt = null;
        cell.Again = null;
        cell.Failed.Clear();
        cell.Steps.Clear();
        cell.Pins.Clear();
        foreach (var firing in cell.InFlight)
        {
            firing.IsAbandoned = true;
            Abandoned.Add(firing);
            _inFlight--;
        }

        cell.InFlight.Clear();
        foreach (var index in cell.Plan.Entering)
        {
            var dropped = _channels[index].Abandon();
            if (dropped > 0)
            {
                Published.Add(RunEvents.Dropped(cell.Plan.NodeId, _channels[index].Plan.ConnectionId, dropped));
            }
        }

        foreach (var index in cell.Plan.Entering)
        {
            var writer = _cells[_channels[index].Plan.From];
            if (!writer.Outbox.IsEmpty && !ReferenceEquals(writer, cell))
            {
                Flush(writer);
            }
        }

        Flush(cell);
    }

    private void End(ProcessCell cell)
    {
        if (cell.Ended)
        {
            return;
        }

        cell.Ended = true;
        _active--;
        foreach (var port in cell.Plan.Outputs)
        {
            foreach (var index in port)
            {
                _channels[index].Closed = true;
                Enqueue(_cells[_channels[index].Plan.To]);
            }
        }
    }

    /// <summary>Ends everything that is connected with the process, in both directions, at once; what is under way is dropped.</summary>
    private void Poison(ProcessCell first)
    {
        var reached = new HashSet<int> { first.Plan.Index };
        var open = new Queue<int>(reached);
        while (open.TryDequeue(out var index))
        {
            var plan = _cells[index].Plan;
            foreach (var neighbour in plan.Entering.Select(channel => _channels[channel].Plan.From)
                .Concat(plan.Outputs.SelectMany(port => port).Select(channel => _channels[channel].Plan.To)))
            {
                if (reached.Add(neighbour))
                {
                    open.Enqueue(neighbour);
                }
            }
        }

        foreach (var index in reached.Order())
        {
            _cells[index].Outbox.Clear();
            foreach (var channel in _cells[index].Plan.Entering)
            {
                _channels[channel].Abandon();
            }
        }

        foreach (var index in reached.Order())
        {
            Close(_cells[index]);
        }
    }

    private static void ForgetSteps(ProcessCell cell, long firing)
    {
        if (cell.Steps.Count == 0)
        {
            return;
        }

        foreach (var step in cell.Steps.Keys.Where(step => step.Firing == firing).ToArray())
        {
            cell.Steps.Remove(step);
        }
    }
}
