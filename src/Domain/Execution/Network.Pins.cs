using Actors.Domain.Components;

namespace Actors.Domain.Execution;

/// <summary>
/// What a firing took, where that was a choice. As soon as something of a firing is recorded, so is what it took and what
/// those before it did: begun again, the number stands for the same tokens, whatever has come in meanwhile.
/// </summary>
public sealed partial class Network
{
    private void Pin(ProcessCell cell, Firing firing)
    {
        if (!cell.Chooses && cell.WakeAt is null)
        {
            return;
        }

        foreach (var begun in cell.InFlight)
        {
            if (begun.Number > firing.Number)
            {
                break;
            }

            if (cell.Pins.TryAdd(begun.Number, new Pin(begun.Cause, begun.Channels.ToArray())))
            {
                Log.Pinned(begun);
            }
        }
    }

    private Firing BeginPinned(ProcessCell cell, Pin pin)
    {
        var firing = Begin(cell, pin.Cause);
        foreach (var channel in pin.Channels)
        {
            firing.Add(channel, _channels[channel].Take());
        }

        return firing;
    }

    /// <summary>Whether two firings of the process may take from different channels, or one may be woken before it takes.</summary>
    private static bool MayChoose(ProcessPlan plan)
    {
        if (plan.Component.Rule == FiringRule.Any)
        {
            return true;
        }

        for (var port = 0; port < plan.Inputs.Length && plan.Component.Rule == FiringRule.All; port++)
        {
            var (input, channels) = (plan.Component.Inputs[port], plan.Inputs[port].Length);
            if (channels > 0 && (!input.Required || (channels > 1 && input.FanIn == FanIn.Merge)))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>What a firing took when it was begun.</summary>
internal sealed record Pin(FiringCause Cause, int[] Channels);
