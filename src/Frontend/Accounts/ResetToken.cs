using Actors.Domain.Identity;
using Actors.Frontend.Http;

namespace Actors.Frontend.Accounts;

/// <summary>Password reset tokens: <c>account.secret</c>.</summary>
internal sealed record ResetToken(string AccountId, string SecretHash, string Text)
{
    public static ResetToken Create(string accountId, Identifiers identifiers)
    {
        var secret = Secret.Create(identifiers);
        return new ResetToken(accountId, Secret.Hash(secret), $"{accountId}.{secret}");
    }

    /// <summary>Reads a token that a client shows; null when it cannot be one.</summary>
    public static ResetToken? Parse(string? text) =>
        text is { Length: > 0 and <= Secret.MaximumLength } && text.Split('.') is [var accountId, var secret] && Identifier.IsValid(Identifier.Account, accountId)
            ? new ResetToken(accountId, Secret.Hash(secret), text)
            : null;
}
