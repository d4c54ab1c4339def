using System.Collections.Immutable;
using Actors.Domain.Notifications;
using Actors.Grains.Interfaces.Notifications;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Actors.Grains.Notifications;

/// <summary>Tells accounts something, from wherever it happens.</summary>
public interface INotifier
{
    /// <summary>
    /// Delivers to each account once. Who could not be reached is answered, never thrown: call again with the same dedupe
    /// key, and nobody is told twice.
    /// </summary>
    Task<ImmutableArray<string>> NotifyAsync(ImmutableArray<string> accountIds, NewNotification notification);
}

internal sealed partial class Notifier(IGrainFactory grains, ILogger<Notifier> logger) : INotifier
{
    public async Task<ImmutableArray<string>> NotifyAsync(ImmutableArray<string> accountIds, NewNotification notification)
    {
        var deliveries = await Task.WhenAll(accountIds.Distinct(StringComparer.Ordinal).Select(async accountId => (accountId, reached: await DeliverAsync(accountId, notification))));
        return [.. deliveries.Where(delivery => !delivery.reached).Select(delivery => delivery.accountId)];
    }

    private async Task<bool> DeliverAsync(string accountId, NewNotification notification)
    {
        try
        {
            if (await grains.GetGrain<IInboxGrain>(accountId).Deliver(notification) is not DeliverReply.Refused refused)
                return true;

            LogRefused(logger, notification.Kind, accountId, refused.Error.Detail);
        }
        catch (Exception exception)
        {
            LogNotDelivered(logger, exception, notification.Kind, accountId);
        }

        return false;
    }

    [LoggerMessage(EventId = 2701, Level = LogLevel.Warning, Message = "A notification of kind {Kind} to {AccountId} was refused: {Detail}")]
    private static partial void LogRefused(ILogger logger, string kind, string accountId, string detail);

    [LoggerMessage(EventId = 2702, Level = LogLevel.Warning, Message = "A notification of kind {Kind} to {AccountId} was not delivered.")]
    private static partial void LogNotDelivered(ILogger logger, Exception exception, string kind, string accountId);
}
