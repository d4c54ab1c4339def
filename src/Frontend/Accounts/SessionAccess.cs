using Actors.Frontend.Http;
using Actors.Grains.Interfaces.Accounts;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Actors.Frontend.Accounts;

internal sealed partial class SessionAccess : ISessionAccess, IAsyncDisposable
{
    private readonly LiveValues<ActiveSessions> _sessions;
    private readonly IGrainFactory _grains;
    private readonly ILogger _logger;

    public SessionAccess(IGrainFactory grains, TimeProvider time, ILogger<SessionAccess> logger)
    {
        _grains = grains;
        _logger = logger;
        _sessions = new LiveValues<ActiveSessions>(
            (accountId, cancellationToken) => grains.GetGrain<IAccountGrain>(accountId).WatchSessions(cancellationToken), time, logger);
    }

    public IDisposable Subscribe(string accountId, string sessionId, Action ended)
    {
        var once = 0;
        return _sessions.Subscribe(accountId, active =>
        {
            if (!active.SessionIds.Contains(sessionId))
                _ = ConfirmAsync();
        });

        // A list may be older than the session itself, so what it lacks is asked for before anybody is cut off.
        async Task ConfirmAsync()
        {
            try
            {
                if (await _grains.GetGrain<IAccountGrain>(accountId).CheckSession(sessionId) is null && Interlocked.Exchange(ref once, 1) == 0)
                    ended();
            }
            catch (Exception exception)
            {
                // The subscription is renewed after an outage, and the first list then asks again.
                LogNotConfirmed(_logger, exception, accountId);
            }
        }
    }

    public ValueTask DisposeAsync() => _sessions.DisposeAsync();

    [LoggerMessage(EventId = 3201, Level = LogLevel.Warning, Message = "Whether a session of {AccountId} has ended could not be asked.")]
    private static partial void LogNotConfirmed(ILogger logger, Exception exception, string accountId);
}
