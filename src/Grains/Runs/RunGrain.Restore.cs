using Actors.Domain;
using Actors.Domain.Execution;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Runs;

/// <summary>The network of a run that comes back: of the components that there are now, which may not be those that it was started with.</summary>
internal sealed partial class RunGrain
{
    /// <summary>
    /// Why the run cannot go on with the components that this server has now; null when it can. It is then read without a
    /// network: its outputs and events stand beside the records.
    /// </summary>
    private RunFailure? _gone;

    private async Task RestoreNetworkAsync()
    {
        var (design, issues) = await services.Plans.LoadAsync(_start!.DesignBlob);
        var issue = design is null ? issues[0]
            : Reshaped(design.Plan) ?? Make(design.Plan, _start);
        if (issue is null)
        {
            return;
        }

        var (plan, node) = (NetworkPlan.Empty, issue.Nodes.FirstOrDefault());
        _gone = design is not null && RunPlans.FindChanged(design.Plan, _start) is { } changed ? changed : new RunFailure(
            ErrorCodes.RunComponentUnavailable, $"The run cannot go on with the components that this server has now: {issue.Detail}{(node is null ? "" : $" (node '{node}')")}", node);
        Make(plan, _start);
        LogGone(services.Logger, RunId, _gone.Detail);
    }

    /// <summary>A component that has other ports now, or fires otherwise: the journal's numbers would not mean what they meant.</summary>
    private PlanIssue? Reshaped(NetworkPlan plan)
    {
        foreach (var process in plan.Processes)
        {
            if (_start!.Components is { } known && known.TryGetValue(process.Component.Id, out var shape) && shape != process.Component.Shape())
            {
                return new PlanIssue(
                    ErrorCodes.RunComponentUnavailable,
                    $"the component '{process.Component.Id}' has other ports or fires otherwise than when the run was started",
                    [process.NodeId]);
            }
        }

        return null;
    }

    [LoggerMessage(EventId = 2607, Level = LogLevel.Warning, Message = "Run {RunId} is shown without its network. {Reason}")]
    private static partial void LogGone(ILogger logger, string runId, string reason);
}
