namespace Actors.Domain.Accounts;

/// <summary>
/// One login on one device. Its refresh token is replaced at every use; the server keeps hashes only. A token carries
/// two secrets: the family's, the same for the session's whole life, and its own. One that knows the family's but not
/// the newest own secret was spent before, which only a thief or the victim of one would show; one that does not know
/// the family's is a forgery, and must not be able to end anybody's session.
/// </summary>
/// <param name="LastSeenAt">When it was last refreshed: as fine as the life of an access token, and free of extra writes.</param>
/// <param name="Device">The user agent as the client gave it, shortened.</param>
/// <param name="Generation">How many times it was refreshed.</param>
/// <param name="Address">The network address that logged in.</param>
public sealed record Session(
    string Id,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastSeenAt,
    DateTimeOffset ExpiresAt,
    string? Device,
    string FamilyHash,
    string TokenHash,
    int Generation,
    string? Address = null)
{
    public const int MaximumDeviceLength = 200;

    public bool IsActive(DateTimeOffset at) => ExpiresAt > at;
}
