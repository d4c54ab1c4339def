using Actors.Domain.Accounts;
using FsCheck.Fluent;

namespace Actors.Domain.Tests.Accounts;

public sealed class SessionTests
{
    [Fact]
    public void A_refresh_token_is_spent_once_and_using_it_again_ends_the_session()
    {
        var account = AccountScenario.Registered().LogIn("a").LogIn("b");
        Assert.IsType<AccountEvent.SessionRefreshed>(account.Refresh("a", 0).Event);

        var reuse = account.Refresh("a", 0);

        Assert.Equal(SessionEnd.TokenReused, Assert.IsType<AccountEvent.SessionsEnded>(reuse.Event).Reason);
        Assert.Equal(ErrorCodes.RefreshTokenInvalid, account.Refresh("a", 1).Refusal?.Code);
        Assert.Equal(["b"], account.State.Sessions.Select(session => session.Id));
    }

    [Fact]
    public void A_forged_token_ends_nothing()
    {
        var account = AccountScenario.Registered().LogIn("a");
        var refusal = account.Refuses(new AccountCommand.RefreshSession(account.Now, "a", "guessed", "a-0", "x"));
        Assert.Equal(ErrorCodes.RefreshTokenInvalid, refusal.Code);
        Assert.NotNull(account.State.FindSession("a"));
    }

    [Fact]
    public void A_session_that_is_not_refreshed_expires()
    {
        var account = AccountScenario.Registered().LogIn("a").Later(AccountScenario.Rules.SessionLifetime);
        Assert.Equal(ErrorCodes.RefreshTokenInvalid, account.Refresh("a", 0).Refusal?.Code);
    }

    [Fact]
    public void One_session_too_many_ends_the_one_used_longest_ago()
    {
        var account = AccountScenario.Registered();
        foreach (var id in new[] { "a", "b", "c" })
            account.LogIn(id).Later(TimeSpan.FromMinutes(1));

        account.Refresh("a", 0);
        account.Later(TimeSpan.FromMinutes(1)).LogIn("d");

        Assert.Equal(["a", "c", "d"], account.State.Sessions.Select(session => session.Id));
    }

    [Fact]
    public void A_new_password_ends_every_other_session()
    {
        var account = AccountScenario.Registered().LogIn("a").LogIn("b");
        account.Happens(new AccountCommand.ChangePassword(account.Now, AccountScenario.Hash, "hash-2", "b"));
        Assert.Equal(["b"], account.State.Sessions.Select(session => session.Id));
    }

    [Fact]
    public void A_login_verified_against_a_password_that_was_replaced_meanwhile_is_refused()
    {
        var account = AccountScenario.Registered();
        account.Happens(new AccountCommand.ChangePassword(account.Now, AccountScenario.Hash, "hash-2", null));
        var refusal = account.Refuses(new AccountCommand.StartSession(account.Now, AccountScenario.Hash, "a", "f", "t", null));
        Assert.Equal(ErrorCodes.InvalidCredentials, refusal.Code);
    }

    [Fact]
    public void Disabling_ends_all_sessions_and_logins()
    {
        var account = AccountScenario.Registered().LogIn("a");
        account.Happens(new AccountCommand.Disable(account.Now));
        Assert.Empty(account.State.Sessions);
        Assert.Equal(
            ErrorCodes.AccountDisabled,
            account.Refuses(new AccountCommand.StartSession(account.Now, AccountScenario.Hash, "b", "f", "t", null)).Code);
        account.Happens(new AccountCommand.Enable(account.Now));
        account.LogIn("b");
    }

    [Fact]
    public void Logging_out_twice_is_no_error()
    {
        var account = AccountScenario.Registered().LogIn("a");
        account.Happens(new AccountCommand.EndSession(account.Now, "a"));
        var again = account.Decide(new AccountCommand.EndSession(account.Now, "a"));
        Assert.Null(again.Event);
        Assert.Null(again.Refusal);
    }

    /// <summary>Whatever is shown in whatever order: a token refreshes at most once, and sessions stay bounded.</summary>
    [Fact]
    public void No_sequence_spends_a_token_twice()
    {
        var step = Gen.Choose(0, 3).SelectMany(_ => Gen.Choose(0, 5), (session, token) => (Session: $"s{session}", Token: token));
        var property = Prop.ForAll(step.ListOf().ToArbitrary(), steps =>
        {
            var account = AccountScenario.Registered();
            var spent = new HashSet<(string, int)>();
            foreach (var (session, token) in steps)
            {
                if (account.State.FindSession(session) is null && !spent.Contains((session, -1)))
                {
                    account.LogIn(session);
                    spent.Add((session, -1));
                }

                if (account.Refresh(session, token).Event is AccountEvent.SessionRefreshed && !spent.Add((session, token)))
                    return false;

                account.Later(TimeSpan.FromSeconds(1));
            }

            return account.State.Sessions.Length <= AccountScenario.Rules.MaximumSessions;
        });
        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure, property);
    }
}
