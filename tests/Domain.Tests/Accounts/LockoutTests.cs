using Actors.Domain.Accounts;

namespace Actors.Domain.Tests.Accounts;

public sealed class LockoutTests
{
    [Fact]
    public void Five_failures_lock_the_account_for_a_while()
    {
        var account = AccountScenario.Registered().Fail(4);
        Assert.Null(account.State.RefuseAttempt(account.Now));

        account.Fail();

        var refusal = account.State.RefuseAttempt(account.Now);
        Assert.Equal(ErrorCodes.AccountLocked, refusal?.Code);
        Assert.True(refusal!.Retryable);
        account.Later(AccountScenario.Rules.FirstLockout);
        Assert.Null(account.State.RefuseAttempt(account.Now));
    }

    [Fact]
    public void Each_lockout_lasts_twice_as_long_up_to_a_bound()
    {
        var account = AccountScenario.Registered();
        var expected = AccountScenario.Rules.FirstLockout;
        for (var i = 0; i < 20; i++)
        {
            account.Fail(AccountScenario.Rules.FailuresBeforeLockout);
            Assert.Equal(expected, account.State.LockedUntil - account.Now);
            account.Later(expected);
            expected = TimeSpan.FromTicks(Math.Min(expected.Ticks * 2, AccountScenario.Rules.LongestLockout.Ticks));
        }

        Assert.Equal(AccountScenario.Rules.LongestLockout, expected);
    }

    [Fact]
    public void Even_the_right_password_is_refused_while_locked_and_failures_do_not_prolong_it()
    {
        var account = AccountScenario.Registered().Fail(5);
        var until = account.State.LockedUntil;
        Assert.Equal(
            ErrorCodes.AccountLocked,
            account.Refuses(new AccountCommand.StartSession(account.Now, AccountScenario.Hash, "a", "f", "t", null)).Code);
        Assert.Equal(ErrorCodes.AccountLocked, account.Refuses(new AccountCommand.FailLogin(account.Now)).Code);
        Assert.Equal(until, account.State.LockedUntil);
    }

    [Fact]
    public void Sessions_live_through_a_lockout()
    {
        var account = AccountScenario.Registered().LogIn("a").Fail(5);
        Assert.IsType<AccountEvent.SessionRefreshed>(account.Refresh("a", 0).Event);
    }

    [Fact]
    public void A_login_forgives_earlier_failures_and_lockouts()
    {
        var account = AccountScenario.Registered().Fail(5).Later(AccountScenario.Rules.FirstLockout).Fail(4).LogIn("a");
        Assert.Equal(0, account.State.Failures);
        Assert.Equal(0, account.State.Lockouts);
        account.Fail(5);
        Assert.Equal(AccountScenario.Rules.FirstLockout, account.State.LockedUntil - account.Now);
    }
}
