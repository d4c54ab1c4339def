using System.Collections.Immutable;
using System.Text.Json;
using Actors.Components;
using Actors.Domain.Execution;
using Actors.Domain.Notifications;
using Actors.Domain.Projects;
using Actors.Grains.Notifications;
using Actors.Storage;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Runs.Services;

/// <summary>Tells people that a run waits for them: those that the question names, or else everyone who may answer.</summary>
internal sealed partial class RunApprovals(RunPeople people, INotifier notifier, ILogger<RunApprovals> logger)
{
    public const string Approval = "approval";
    public const string InDoubt = "in_doubt";

    /// <summary>Waits of these kinds are answered by people.</summary>
    public static bool IsForPeople(string kind) => kind is Approval or InDoubt;

    /// <summary>The accounts that a question names; empty for everyone who may answer.</summary>
    public static ImmutableArray<string> Assignees(Token details) =>
        details.Json is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty("assignees", out var listed) && listed.ValueKind == JsonValueKind.Array
            ? [.. listed.EnumerateArray().Where(account => account.ValueKind == JsonValueKind.String).Select(account => account.GetString()!)]
            : [];

    /// <summary>Once for each wait, however often it is called. Who could not be told finds it in the run all the same.</summary>
    public async ValueTask AskAsync(IExecutionContext context, OutsideWait wait)
    {
        try
        {
            var may = await people.WithRoleAsync(context.ProjectId, ProjectRole.Editor);
            var named = Assignees(wait.Question.Details);
            var asked = named.IsEmpty ? may : [.. named.Where(account => may.Contains(account))];
            var unreached = await notifier.NotifyAsync(asked, Notification(context, wait));
            if (!unreached.IsEmpty)
                LogNotAsked(logger, null, unreached.Length, context.RunId);
        }
        catch (StorageUnavailableException exception)
        {
            LogNotAsked(logger, exception, 0, context.RunId);
        }
    }

    private static NewNotification Notification(IExecutionContext context, OutsideWait wait) => new(
        $"approval.requested:{context.RunId}:{wait.Id}",
        NotificationKinds.ApprovalRequested,
        wait.Question.Kind == Approval ? "Approval requested" : "A decision is needed",
        Text(wait.Question.Details, "question") ?? "A run waits for you.",
        context.ProjectId,
        ImmutableSortedDictionary<string, string>.Empty.Add("runId", context.RunId).Add("designId", context.DesignId).Add("nodeId", context.NodeId).Add("waitId", wait.Id),
        $"/api/v1/runs/{context.RunId}/waits");

    private static string? Text(Token details, string name) =>
        details.Json is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    [LoggerMessage(EventId = 2630, Level = LogLevel.Warning, Message = "{Count} people (0: anybody) could not be told that run {RunId} waits for them.")]
    private static partial void LogNotAsked(ILogger logger, Exception? exception, int count, string runId);
}
