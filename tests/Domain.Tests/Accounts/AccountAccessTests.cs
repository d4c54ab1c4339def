using System.Text.Json;
using Actors.Domain.Accounts;

namespace Actors.Domain.Tests.Accounts;

public sealed class AccountAccessTests
{
    [Fact]
    public void A_token_is_made_used_at_most_once_a_minute_and_revoked()
    {
        var account = AccountScenario.Registered();
        account.Happens(Create(account, "tok_1"));
        account.Happens(new AccountCommand.NoteTokenUse(account.Now, "tok_1"));
        account.Later(TimeSpan.FromSeconds(59));
        Assert.Null(account.Decide(new AccountCommand.NoteTokenUse(account.Now, "tok_1")).Event);
        account.Later(TimeSpan.FromSeconds(1));
        account.Happens(new AccountCommand.NoteTokenUse(account.Now, "tok_1"));
        Assert.Equal(account.Now, account.State.FindToken("tok_1")!.LastUsedAt);
        account.Happens(new AccountCommand.RevokeToken(account.Now, "tok_1"));
        Assert.Equal(ErrorCodes.NotFound, account.Refuses(new AccountCommand.RevokeToken(account.Now, "tok_1")).Code);
    }

    [Fact]
    public void Tokens_are_limited_and_expired_ones_make_room()
    {
        var account = AccountScenario.Registered();
        for (var i = 0; i < AccountScenario.Rules.MaximumTokens; i++)
            account.Happens(Create(account, $"tok_{i}") with { Lifetime = TimeSpan.FromDays(1) });

        Assert.Equal(ErrorCodes.LimitReached, account.Refuses(Create(account, "tok_more")).Code);
        account.Later(TimeSpan.FromDays(1)).Happens(Create(account, "tok_more"));
        Assert.Single(account.State.Tokens);
    }

    [Fact]
    public void The_scope_admin_is_for_administrators()
    {
        var member = AccountScenario.Registered();
        Assert.Equal(ErrorCodes.Forbidden, member.Refuses(Create(member, "tok_1") with { Scopes = TokenScopes.Read | TokenScopes.Admin }).Code);
        var administrator = AccountScenario.Registered(InstallationRole.Administrator);
        administrator.Happens(Create(administrator, "tok_1") with { Scopes = TokenScopes.Admin });
    }

    [Fact]
    public void A_reset_works_once_in_time_and_ends_sessions_and_the_lockout()
    {
        var account = AccountScenario.Registered().LogIn("a").Fail(5);
        account.Happens(new AccountCommand.PermitReset(account.Now, "usr_admin", "old"));
        account.Happens(new AccountCommand.PermitReset(account.Now, "usr_admin", "new"));
        Assert.Equal(ErrorCodes.ResetTokenInvalid, account.Refuses(new AccountCommand.ResetPassword(account.Now, "old", "hash-2")).Code);

        account.Happens(new AccountCommand.ResetPassword(account.Now, "new", "hash-2"));

        Assert.Empty(account.State.Sessions);
        Assert.Null(account.State.RefuseAttempt(account.Now));
        Assert.Equal("hash-2", account.State.PasswordHash);
        Assert.Equal(ErrorCodes.ResetTokenInvalid, account.Refuses(new AccountCommand.ResetPassword(account.Now, "new", "hash-3")).Code);
        account.Happens(new AccountCommand.PermitReset(account.Now, "usr_admin", "late"));
        account.Later(AccountScenario.Rules.ResetLifetime);
        Assert.Equal(ErrorCodes.ResetTokenInvalid, account.Refuses(new AccountCommand.ResetPassword(account.Now, "late", "hash-3")).Code);
    }

    [Fact]
    public void An_unlock_ends_a_lockout_and_forgives_the_ones_before()
    {
        var account = AccountScenario.Registered().Fail(5);
        account.Happens(new AccountCommand.Unlock(account.Now));
        Assert.Null(account.State.RefuseAttempt(account.Now));
        Assert.Null(account.Decide(new AccountCommand.Unlock(account.Now)).Event);
        account.Fail(5);
        Assert.Equal(AccountScenario.Rules.FirstLockout, account.State.LockedUntil - account.Now);
        Assert.Equal(account.State.LockedUntil, account.State.RefuseAttempt(account.Now)!.RetryAt);
    }

    [Fact]
    public void Sessions_end_together_but_for_one()
    {
        var account = AccountScenario.Registered().LogIn("a").LogIn("b").LogIn("c");
        account.Happens(new AccountCommand.EndSessions(account.Now, "b"));
        Assert.Equal("b", Assert.Single(account.State.Sessions).Id);
        Assert.Null(account.Decide(new AccountCommand.EndSessions(account.Now, "b")).Event);
        account.Happens(new AccountCommand.EndSessions(account.Now, null));
        Assert.Equal(ErrorCodes.NotFound, account.Refuses(new AccountCommand.EndSession(account.Now, "b", SessionEnd.Revoked, MustExist: true)).Code);
    }

    [Fact]
    public void Disabling_ends_tokens_too()
    {
        var account = AccountScenario.Registered();
        account.Happens(Create(account, "tok_1"));
        account.Happens(new AccountCommand.Disable(account.Now));
        Assert.Empty(account.State.Tokens);
    }

    [Fact]
    public void A_snapshot_that_is_older_than_tokens_is_read_without_any()
    {
        var text = JsonSerializer.Serialize(AccountScenario.Registered().State).Replace(",\"Tokens\":[]", "", StringComparison.Ordinal);
        Assert.DoesNotContain("Tokens", text, StringComparison.Ordinal);
        Assert.Empty(JsonSerializer.Deserialize<AccountState>(text)!.Tokens);
    }

    private static AccountCommand.CreateToken Create(AccountScenario account, string id) => new(account.Now, id, "script", $"hash {id}", TokenScopes.Read, null);
}
