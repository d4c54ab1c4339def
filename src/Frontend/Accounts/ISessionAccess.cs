namespace Actors.Frontend.Accounts;

/// <summary>Tells live connections when their session ends.</summary>
public interface ISessionAccess
{
    /// <summary>
    /// Calls <paramref name="ended"/> once, when the session has ended by logout, password change, token reuse or because
    /// the account was disabled; at once when it has ended already. That the access token expires is the connection's own to watch.
    /// </summary>
    IDisposable Subscribe(string accountId, string sessionId, Action ended);
}
