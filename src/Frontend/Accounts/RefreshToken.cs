using Actors.Domain.Identity;

namespace Actors.Frontend.Accounts;

/// <summary>
/// Refresh tokens: <c>account.session.family.secret</c>. The family's secret stays the same for the life of the session,
/// the last one is new at each refresh. Only hashes of the two leave this class for the server's side.
/// </summary>
internal sealed record RefreshToken(string AccountId, string SessionId, string FamilyHash, string TokenHash, string Text)
{
    private const int FamilyBytes = 16;
    private const int MaximumLength = 256;

    public static RefreshToken Create(string accountId, string sessionId) =>
        Create(accountId, sessionId, Secret.Create(FamilyBytes));

    /// <summary>Reads a token that a client shows; null when it cannot be one.</summary>
    public static RefreshToken? Parse(string? text)
    {
        if (text is not { Length: > 0 and <= MaximumLength })
            return null;

        var parts = text.Split('.');
        return parts.Length == 4 && Identifier.IsValid(Identifier.Account, parts[0]) && Identifier.IsValid(Identifier.Session, parts[1])
            ? new RefreshToken(parts[0], parts[1], Secret.Hash(parts[2]), Secret.Hash(parts[3]), text)
            : null;
    }

    /// <summary>The same secrets for an account that was not known when they were made.</summary>
    public RefreshToken For(string accountId) => this with { AccountId = accountId, Text = accountId + Text[AccountId.Length..] };

    /// <summary>The token that replaces this one.</summary>
    public RefreshToken Next() => Create(AccountId, SessionId, Text.Split('.')[2]);

    private static RefreshToken Create(string accountId, string sessionId, string family)
    {
        var secret = Secret.Create();
        return new RefreshToken(accountId, sessionId, Secret.Hash(family), Secret.Hash(secret), $"{accountId}.{sessionId}.{family}.{secret}");
    }
}
