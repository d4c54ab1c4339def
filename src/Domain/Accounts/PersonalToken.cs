using System.Text.Json.Serialization;

namespace Actors.Domain.Accounts;

/// <summary>A personal access token: lets a script act for its account within scopes. Its secret is shown once; here is the hash.</summary>
/// <param name="SecretHash">SHA-256 of the secret, base64url.</param>
/// <param name="ExpiresAt">Null for one that lives until it is revoked.</param>
/// <param name="LastUsedAt">As fine as <see cref="UseResolution"/>; null when it was never used.</param>
public sealed record PersonalToken(
    string Id, string Name, string SecretHash, TokenScopes Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt)
{
    public const int MaximumNameLength = 100;

    public static readonly TimeSpan ShortestLife = TimeSpan.FromDays(1);
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(3650);

    /// <summary>A use is noted at most this often: a script's every request shall not be a write.</summary>
    public static readonly TimeSpan UseResolution = TimeSpan.FromMinutes(1);

    public bool IsActive(DateTimeOffset at) => ExpiresAt is null || ExpiresAt > at;

    /// <summary>Whether a use at this time is worth noting.</summary>
    public bool NotesUse(DateTimeOffset at) => LastUsedAt is null || at - LastUsedAt >= UseResolution;
}

/// <summary>What a personal access token may do. None includes another.</summary>
[Flags]
[JsonConverter(typeof(JsonStringEnumConverter<TokenScopes>))]
public enum TokenScopes
{
    None = 0,

    /// <summary>Every <c>GET</c>, and watching.</summary>
    [JsonStringEnumMemberName("read")]
    Read = 1,

    /// <summary>Changes.</summary>
    [JsonStringEnumMemberName("write")]
    Write = 2,

    /// <summary>Starting and steering runs and jobs.</summary>
    [JsonStringEnumMemberName("run")]
    Run = 4,

    /// <summary>Administration of the installation, as long as the account is an administrator.</summary>
    [JsonStringEnumMemberName("admin")]
    Admin = 8,
}

/// <summary>An administrator's permission to set a new password without the old one.</summary>
public sealed record PasswordResetPermit(string TokenHash, DateTimeOffset ExpiresAt);
