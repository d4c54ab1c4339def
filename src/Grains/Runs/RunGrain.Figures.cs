using System.Collections.Immutable;
using Actors.Domain.Execution;
using Actors.Grains.Interfaces.Runs;

namespace Actors.Grains.Runs;

/// <summary>The figures of nodes and connections, as of what is stored.</summary>
/// <remarks>
/// The network is ahead of the journal, so figures are taken when everything is handed to the journal, and shown when that
/// is stored. Everybody who wants to see them then shares one taking. Of a run that keeps its result only nothing is stored
/// until it ends, and its figures are those of the moment.
/// </remarks>
internal sealed partial class RunGrain
{
    /// <summary>The newest figures that are stored.</summary>
    private Figures _figures = Figures.None;

    /// <summary>Somebody waits for figures: they are taken with the next entry of the journal.</summary>
    private TaskCompletionSource<Figures>? _wanted;

    /// <summary>Figures that are stored, not older than this call; while storage does not answer the newest that are.</summary>
    private async Task<Figures> FiguresAsync()
    {
        if (_start!.Durability == RunDurability.None)
        {
            return TakeFigures();
        }

        var taking = TakingAsync();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Life);
        var late = Task.Delay(services.Options.StorageTimeout, services.Time, patience.Token);
        while (!_storageDown && !late.IsCompleted)
        {
            if (taking.IsCompleted && await taking is var taken && taken.Revision <= _journal.Stored)
            {
                _figures = taken.Revision >= _figures.Revision ? taken : _figures;
                break;
            }

            await (taking.IsCompleted ? Task.WhenAny(late, _changed.Task) : Task.WhenAny(late, _changed.Task, taking));
        }

        await patience.CancelAsync();
        return _figures;
    }

    private Task<Figures> TakingAsync()
    {
        if (_network.Log.Length == 0 && _network.Published.Count == 0)
        {
            return Task.FromResult(TakeFigures());
        }

        _wanted ??= new TaskCompletionSource<Figures>(TaskCreationOptions.RunContinuationsAsynchronously);
        var wanted = _wanted.Task;
        if (!_pumping)
        {
            Flush();
        }

        return wanted;
    }

    /// <summary>Everything was just handed to the journal.</summary>
    private void TakeWanted()
    {
        _wanted?.SetResult(TakeFigures());
        _wanted = null;
    }

    private Figures TakeFigures() => new(
        _journal.Head,
        IsOver,
        _network.Plan.Processes.Where(process => IsShown(process.NodeId)).ToImmutableDictionary(process => process.NodeId, NodeNow, StringComparer.Ordinal),
        _start!.NodeId is null
            ? _network.Plan.Channels.ToImmutableDictionary(channel => channel.ConnectionId, ConnectionNow, StringComparer.Ordinal)
            : ImmutableDictionary<string, (RunConnection, Token?)>.Empty,
        _network.Firings,
        WaitsNow());

    /// <summary>A node that runs alone has others around it that are no nodes of the design.</summary>
    private bool IsShown(string nodeId) => _start!.NodeId is null || _start.NodeId == nodeId;

    private RunNode NodeNow(ProcessPlan process)
    {
        var figures = _network.FiguresOf(process.Index);
        var spent = _network.SpendingOf(process.Index);
        return new RunNode(
            StatusOf(process, figures),
            figures.Firings,
            process.Entering.Sum(Consumed),
            process.Outputs.SelectMany(port => port).Sum(channel => _network.FiguresOfChannel(channel).Passed),
            figures.Errors,
            figures.Retries,
            figures.Skipped,
            figures.InFlight,
            figures.Queued,
            _latencies[process.Index].Quantile(0.5),
            _latencies[process.Index].Quantile(0.99),
            process.Component.Id,
            _start!.Versions?.TryGetValue(process.Component.Id, out var version) == true ? version : process.Component.Version,
            spent == default ? null : new RunSpending(spent.InputTokens, spent.OutputTokens, spent.Cost));
    }

    private (RunConnection Figures, Token? Newest) ConnectionNow(ChannelPlan channel)
    {
        var (waiting, passed, bytes) = _network.FiguresOfChannel(channel.Index);
        return (new RunConnection(passed, waiting, bytes), _network.NewestIn(channel.Index));
    }

    private long Consumed(int channel)
    {
        var (waiting, passed, _) = _network.FiguresOfChannel(channel);
        return passed - waiting;
    }

    private string StatusOf(ProcessPlan process, ProcessFigures figures)
    {
        if (_network.Failure?.NodeId == process.NodeId)
        {
            return "failed";
        }

        return figures switch
        {
            { Ended: true } => figures.Firings > 0 && figures.Skipped == figures.Firings ? "skipped" : "done",
            { Retrying: true } => "retrying",
            { InFlight: > 0 } => IsWaiting(process.Index) ? "waiting" : "running",
            { Outgoing: > 0 } => "blocked",
            _ => "idle",
        };
    }

    private bool IsWaiting(int process) =>
        _executing.Where(executing => executing.Key.Process == process).All(executing => executing.Value.Context.IsWaiting);

    /// <param name="Revision">Of the journal: what they rest on.</param>
    /// <param name="AreLast">The run was over.</param>
    private sealed record Figures(
        long Revision,
        bool AreLast,
        ImmutableDictionary<string, RunNode> Nodes,
        ImmutableDictionary<string, (RunConnection Figures, Token? Newest)> Connections,
        long Firings,
        ImmutableArray<RunWait> Waits)
    {
        public static readonly Figures None = new(
            0, false, ImmutableDictionary<string, RunNode>.Empty, ImmutableDictionary<string, (RunConnection, Token?)>.Empty, 0, []);
    }
}
