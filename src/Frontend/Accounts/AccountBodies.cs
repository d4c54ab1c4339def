using System.ComponentModel.DataAnnotations;
using Actors.Domain.Accounts;
using Actors.Grains.Interfaces.Accounts;

namespace Actors.Frontend.Accounts;

// Fields are nullable so that one that is missing is refused by the same rule as one that is wrong; [Required] is for the documentation.
/// <param name="InvitationToken">An invitation's secret, where the installation takes new accounts by invitation only.</param>
internal sealed record RegisterBody([property: Required] string? Email, [property: Required] string? Password, [property: Required] string? Name, string? InvitationToken);

internal sealed record LoginBody([property: Required] string? Email, [property: Required] string? Password);

internal sealed record RefreshBody([property: Required] string? RefreshToken);

internal sealed record PasswordBody([property: Required] string? Current, [property: Required] string? New);

internal sealed record ResetBody([property: Required] string? Token, [property: Required] string? New);

internal sealed record ProfileBody([property: Required] string? Name);

/// <summary>An account as its owner and administrators see it.</summary>
public sealed record User(string Id, string Email, string Name, IReadOnlyList<string> Roles, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    internal static User Of(AccountView account) => new(
        account.Id,
        account.Email,
        account.Name,
        account.Role == InstallationRole.Administrator ? ["admin", "member"] : ["member"],
        account.CreatedAt,
        account.UpdatedAt);
}

/// <summary>What a client needs to act for an account.</summary>
/// <param name="RefreshToken">Works once; the answer to its use brings the next one.</param>
/// <param name="ExpiresAt">When the access token ends.</param>
public sealed record SignedInAnswer(User User, string AccessToken, string RefreshToken, DateTimeOffset ExpiresAt);
