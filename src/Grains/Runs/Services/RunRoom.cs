using System.Collections.Immutable;
using Actors.Components;
using Actors.Components.Services;
using Actors.Domain;
using Actors.Domain.Notifications;
using Actors.Domain.Projects;
using Actors.Grains.Notifications;
using Actors.Storage;

namespace Actors.Grains.Runs.Services;

/// <inheritdoc cref="IRunRoom"/>
/// <remarks>What is told waits in the inbox of each, so nobody has to be present. An effect's id makes it one notification.</remarks>
internal sealed class RunRoom(IExecutionContext context, RunPeople people, INotifier notifier) : IRunRoom
{
    public async ValueTask NotifyAsync(EffectId id, RunNotification notification, CancellationToken cancellationToken)
    {
        ImmutableArray<string> unreached;
        try
        {
            var members = await people.WithRoleAsync(context.ProjectId, ProjectRole.Viewer);
            var told = notification.Accounts.Count == 0 ? members : [.. notification.Accounts];
            if (told.FirstOrDefault(account => !members.Contains(account)) is { } stranger)
                throw new ComponentException(ErrorCodes.RecipientUnknown, $"'{stranger}' is no member of the project.", retryable: false);

            unreached = await notifier.NotifyAsync(told, Notification(id, notification));
        }
        catch (StorageUnavailableException exception)
        {
            throw new ComponentException(ErrorCodes.NotificationFailed, "Nobody could be told: the storage does not answer.", innerException: exception);
        }

        if (!unreached.IsEmpty)
            throw new ComponentException(ErrorCodes.NotificationFailed, $"{unreached.Length} could not be told.");
    }

    private NewNotification Notification(EffectId id, RunNotification notification) => new(
        $"run.message:{id}",
        NotificationKinds.RunMessage,
        string.IsNullOrWhiteSpace(notification.Title) ? Capitalized(notification.Level) : notification.Title,
        notification.Message,
        context.ProjectId,
        ImmutableSortedDictionary<string, string>.Empty.Add("runId", context.RunId).Add("designId", context.DesignId).Add("nodeId", context.NodeId).Add("level", notification.Level),
        $"/api/v1/runs/{context.RunId}");

    private static string Capitalized(string level) => level.Length == 0 ? "Message" : char.ToUpperInvariant(level[0]) + level[1..];
}
