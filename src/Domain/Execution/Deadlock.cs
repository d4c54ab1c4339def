using System.Collections.Immutable;

namespace Actors.Domain.Execution;

/// <summary>Who waits for whom when nothing can move any more.</summary>
internal static class Deadlock
{
    public static RunFailure Find(Network network)
    {
        var waits = new Dictionary<int, List<(int Target, WaitFor Wait)>>();
        foreach (var process in network.Plan.Processes)
        {
            if (!network.CellOf(process.Index).Ended)
            {
                waits[process.Index] = WaitsOf(network, process);
            }
        }

        var cycle = FindCycle(waits);
        ImmutableArray<WaitFor> reported = cycle.Length > 0 ? cycle : [.. waits.OrderBy(entry => entry.Key).SelectMany(entry => entry.Value).Select(wait => wait.Wait)];
        var path = string.Join(", ", reported.Select(wait => wait.Waiting == "guard"
            ? $"'{wait.Node}' does not let in what waits at '{wait.Port}'"
            : $"'{wait.Node}' waits to {wait.Waiting} at '{wait.Port}' for '{wait.For}'"));
        return new RunFailure(ErrorCodes.RunDeadlocked, $"No process can go on: {path}.", reported.IsEmpty ? null : reported[0].Node, reported);
    }

    private static List<(int Target, WaitFor Wait)> WaitsOf(Network network, ProcessPlan process)
    {
        var waits = new List<(int, WaitFor)>();
        var cell = network.CellOf(process.Index);
        if (!cell.Outbox.IsEmpty)
        {
            var port = cell.Outbox.First.Port;
            foreach (var index in process.Outputs[port])
            {
                var channel = network.ChannelOf(index);
                if (!channel.Abandoned && !channel.HasRoom)
                {
                    var reader = network.Plan.Processes[channel.Plan.To];
                    waits.Add((reader.Index, new WaitFor(process.NodeId, process.Component.Outputs[port].Name, "write", reader.NodeId)));
                }
            }

            return waits;
        }

        foreach (var index in process.Entering)
        {
            var channel = network.ChannelOf(index);
            if (!channel.Closed && (channel.Count == 0 || channel.Plan.Gathers))
            {
                var writer = network.Plan.Processes[channel.Plan.From];
                waits.Add((writer.Index, new WaitFor(process.NodeId, process.Component.Inputs[channel.Plan.ToPort].Name, "read", writer.NodeId)));
            }
        }

        // Only the process itself could open its guard, so it waits for itself; last, as a wait for another says more.
        foreach (var index in process.Entering)
        {
            var channel = network.ChannelOf(index);
            if (channel.Count > 0 && !network.LetsIn(index))
            {
                waits.Add((process.Index, new WaitFor(process.NodeId, process.Component.Inputs[channel.Plan.ToPort].Name, "guard", process.NodeId)));
            }
        }

        return waits;
    }

    private static ImmutableArray<WaitFor> FindCycle(Dictionary<int, List<(int Target, WaitFor Wait)>> waits)
    {
        var done = new HashSet<int>();
        foreach (var start in waits.Keys.Order())
        {
            var path = new List<(int Process, int Next)> { (start, 0) };
            var onPath = new HashSet<int> { start };
            while (path.Count > 0)
            {
                var (process, next) = path[^1];
                if (done.Contains(process) || !waits.TryGetValue(process, out var edges) || next >= edges.Count)
                {
                    done.Add(process);
                    onPath.Remove(process);
                    path.RemoveAt(path.Count - 1);
                    continue;
                }

                path[^1] = (process, next + 1);
                var target = edges[next].Target;
                if (onPath.Contains(target))
                {
                    var from = path.FindIndex(step => step.Process == target);
                    return [.. path.Skip(from).Select(step => waits[step.Process][step.Next - 1].Wait)];
                }

                if (!done.Contains(target))
                {
                    onPath.Add(target);
                    path.Add((target, 0));
                }
            }
        }

        return [];
    }
}
