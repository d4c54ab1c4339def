using Actors.Domain.Identity;
using Actors.Frontend.Http;

namespace Actors.Frontend.Accounts;

/// <summary>
/// Personal access tokens as clients hold them: <c>act_</c>, then the account's and the token's identifier without their
/// prefixes, then the secret. The lengths are fixed, so nothing separates the parts.
/// </summary>
internal sealed record PersonalTokenText(string AccountId, string TokenId, string SecretHash, string Text)
{
    private const string Prefix = "act_";
    private const int Digits = 26;

    public static PersonalTokenText Create(string accountId, string tokenId, Identifiers identifiers)
    {
        var secret = Secret.Create(identifiers);
        return new PersonalTokenText(
            accountId, tokenId, Secret.Hash(secret), $"{Prefix}{accountId[Identifier.Account.Length..]}{tokenId[Identifier.PersonalToken.Length..]}{secret}");
    }

    public static bool IsOne(string text) => text.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Reads a token that a client shows; null when it cannot be one.</summary>
    public static PersonalTokenText? Parse(string text)
    {
        if (!IsOne(text) || text.Length != Prefix.Length + (2 * Digits) + Secret.Length)
            return null;

        var accountId = string.Concat(Identifier.Account, text.AsSpan(Prefix.Length, Digits));
        var tokenId = string.Concat(Identifier.PersonalToken, text.AsSpan(Prefix.Length + Digits, Digits));
        return Identifier.IsValid(Identifier.Account, accountId) && Identifier.IsValid(Identifier.PersonalToken, tokenId)
            ? new PersonalTokenText(accountId, tokenId, Secret.Hash(text[(Prefix.Length + (2 * Digits))..]), text)
            : null;
    }
}
