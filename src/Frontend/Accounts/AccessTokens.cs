using System.Globalization;
using System.Security.Claims;
using Actors.Domain.Accounts;
using Actors.Grains.Interfaces.Accounts;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Actors.Frontend.Accounts;

/// <summary>Access tokens: short-lived JWTs (RFC 7519) signed with HMAC-SHA256.</summary>
internal sealed class AccessTokens
{
    private const int MaximumLength = 4096;

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly TokenOptions _options;
    private readonly TimeProvider _time;
    private readonly SigningCredentials _credentials;
    private readonly TokenValidationParameters _validation;

    public AccessTokens(TokenOptions options, byte[] key, TimeProvider time)
    {
        _options = options;
        _time = time;
        var securityKey = new SymmetricSecurityKey(key);
        _credentials = new SigningCredentials(securityKey, SecurityAlgorithms.HmacSha256);
        _validation = new TokenValidationParameters
        {
            ValidIssuer = options.Issuer,
            ValidAudience = options.Audience,
            IssuerSigningKey = securityKey,
            RequireSignedTokens = true,
            RequireExpirationTime = true,

            // Judged below, by the clock that everything else here goes by.
            ValidateLifetime = false,
        };
    }

    public (string Token, DateTimeOffset ExpiresAt) Issue(string accountId, string sessionId, string name, InstallationRole role)
    {
        var now = _time.GetUtcNow();
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds((now + _options.AccessTokenLifetime).ToUnixTimeSeconds());
        var identity = new ClaimsIdentity();
        identity.AddClaim(new Claim(CallerExtensions.Subject, accountId));
        identity.AddClaim(new Claim(CallerExtensions.Session, sessionId));
        identity.AddClaim(new Claim(CallerExtensions.Name, name));
        identity.AddClaim(new Claim(CallerExtensions.Role, role == InstallationRole.Administrator ? CallerExtensions.AdministratorRole : "member"));
        var token = _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = _options.Issuer,
            Audience = _options.Audience,
            IssuedAt = now.UtcDateTime,
            Expires = expiresAt.UtcDateTime,
            Subject = identity,
            SigningCredentials = _credentials,
        });
        return (token, expiresAt);
    }

    /// <summary>Whose token it is. Does not ask whether the session still lives.</summary>
    public TokenReading Read(string token)
    {
        if (token.Length > MaximumLength)
            return TokenReading.Invalid;

        var result = _handler.ValidateToken(token, _validation);
        if (!result.IsValid
            || result.SecurityToken is not JsonWebToken jwt
            || !string.Equals(jwt.Alg, SecurityAlgorithms.HmacSha256, StringComparison.Ordinal)
            || !jwt.TryGetPayloadValue<string>(CallerExtensions.Subject, out var accountId)
            || !jwt.TryGetPayloadValue<string>(CallerExtensions.Session, out var sessionId)
            || !jwt.TryGetPayloadValue<long>(CallerExtensions.Expiry, out var expiry))
        {
            return TokenReading.Invalid;
        }

        var expiresAt = DateTimeOffset.FromUnixTimeSeconds(expiry);
        return expiresAt > _time.GetUtcNow()
            ? new TokenReading(TokenStatus.Valid, accountId, sessionId, expiresAt)
            : TokenReading.Expired;
    }

    /// <summary>The identity of a token whose session lives, with the name and role that the account has now.</summary>
    public static ClaimsPrincipal Principal(TokenReading token, string name, InstallationRole role, string scheme) =>
        new(Identity(token.AccountId, token.SessionId, token.ExpiresAt, name, role, scheme));

    /// <summary>The identity of a personal access token that lives. It is an administrator's only when its scopes say so too.</summary>
    public static ClaimsPrincipal Principal(PersonalTokenText token, PersonalTokenCheck check, DateTimeOffset expiresAt, string scheme)
    {
        var role = check.Scopes.HasFlag(TokenScopes.Admin) ? check.Role : InstallationRole.Member;
        var identity = Identity(check.AccountId, token.TokenId, expiresAt, check.Name, role, scheme);
        identity.AddClaim(new Claim(CallerExtensions.Scopes, ((int)check.Scopes).ToString(CultureInfo.InvariantCulture)));
        return new ClaimsPrincipal(identity);
    }

    private static ClaimsIdentity Identity(string accountId, string sessionId, DateTimeOffset expiresAt, string name, InstallationRole role, string scheme)
    {
        var identity = new ClaimsIdentity(scheme, CallerExtensions.Name, CallerExtensions.Role);
        identity.AddClaim(new Claim(CallerExtensions.Subject, accountId));
        identity.AddClaim(new Claim(CallerExtensions.Session, sessionId));
        identity.AddClaim(new Claim(CallerExtensions.Name, name));
        identity.AddClaim(new Claim(CallerExtensions.Role, role == InstallationRole.Administrator ? CallerExtensions.AdministratorRole : "member"));
        identity.AddClaim(new Claim(CallerExtensions.Expiry, expiresAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
        return identity;
    }
}

internal enum TokenStatus
{
    Invalid,
    Expired,
    Valid,
}

internal sealed record TokenReading(TokenStatus Status, string AccountId, string SessionId, DateTimeOffset ExpiresAt)
{
    public static readonly TokenReading Invalid = new(TokenStatus.Invalid, "", "", default);
    public static readonly TokenReading Expired = new(TokenStatus.Expired, "", "", default);
}
