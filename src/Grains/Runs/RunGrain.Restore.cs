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

    private async Task RestoreNetworkAsync(RunStart start)
    {
        var (design, issues) = await services.Plans.LoadAsync(start);
        var issue = design is null ? issues[0] : RunPlans.FindReshaped(design.Plan, start) ?? Make(design.Plan, start);
        if (issue is null)
        {
            return;
        }

        var node = issue.Nodes.FirstOrDefault();
        _gone = design is not null && RunPlans.FindChanged(design.Plan, start) is { } changed ? changed : new RunFailure(
            ErrorCodes.RunComponentUnavailable, $"The run cannot go on with the components that this server has now: {issue.Detail}{(node is null ? "" : $" (node '{node}')")}", node);
        Make(NetworkPlan.Empty, start);
        LogGone(services.Logger, RunId, _gone.Detail);
    }

    [LoggerMessage(EventId = 2607, Level = LogLevel.Warning, Message = "Run {RunId} is shown without its network. {Reason}")]
    private static partial void LogGone(ILogger logger, string runId, string reason);
}
