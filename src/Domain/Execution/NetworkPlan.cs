using System.Collections.Immutable;
using System.Text.Json;
using Actors.Domain.Components;

namespace Actors.Domain.Execution;

/// <summary>A design made ready to run: processes and channels by number, in the order of their ids.</summary>
public sealed class NetworkPlan
{
    internal NetworkPlan(ImmutableArray<ProcessPlan> processes, ImmutableArray<ChannelPlan> channels, ImmutableArray<ImmutableArray<int>> cycles)
    {
        Processes = processes;
        Channels = channels;
        Cycles = cycles;
    }

    /// <summary>A plan of nothing.</summary>
    public static NetworkPlan Empty { get; } = new([], [], []);

    public ImmutableArray<ProcessPlan> Processes { get; }

    public ImmutableArray<ChannelPlan> Channels { get; }

    /// <summary>Groups of processes that reach one another, upstream groups first.</summary>
    public ImmutableArray<ImmutableArray<int>> Cycles { get; }

    /// <summary>The number of the process of that node; -1 when it takes no part.</summary>
    public int Find(string nodeId)
    {
        int low = 0, high = Processes.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = string.CompareOrdinal(Processes[middle].NodeId, nodeId);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }
}

/// <summary>A node that takes part. Ports are numbered as in the component's descriptor.</summary>
public sealed record ProcessPlan(int Index, string NodeId, ComponentDescriptor Component, JsonElement Props, NodeExecution Execution)
{
    /// <summary>For each input the channels that enter it.</summary>
    public required ImmutableArray<ImmutableArray<int>> Inputs { get; init; }

    /// <summary>For each output the channels that leave it.</summary>
    public required ImmutableArray<ImmutableArray<int>> Outputs { get; init; }

    /// <summary>For each output who gets a token: as the node's settings say, else the component.</summary>
    public required ImmutableArray<FanOut> FanOuts { get; init; }

    /// <summary>Every channel that enters, input by input.</summary>
    public required ImmutableArray<int> Entering { get; init; }

    /// <summary>The number of the port <c>error</c>; -1 when there is none.</summary>
    public required int ErrorPort { get; init; }

    /// <summary>Firings at once.</summary>
    public required int Parallelism { get; init; }
}

/// <param name="Capacity">Tokens that wait in it; 0 is a rendezvous.</param>
/// <param name="Gathers">The reader takes everything at its end, so a bound would only be a deadlock.</param>
public sealed record ChannelPlan(int Index, string ConnectionId, int From, int FromPort, int To, int ToPort, int Capacity, bool Gathers);

/// <summary>Why a design cannot run, and the nodes to blame.</summary>
public sealed record PlanIssue(string Code, string Detail, ImmutableArray<string> Nodes);

/// <summary>A plan, or everything that stands in its way.</summary>
public sealed record PlanResult(NetworkPlan? Plan, ImmutableArray<PlanIssue> Issues);
