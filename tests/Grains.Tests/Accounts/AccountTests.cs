using Actors.Domain;
using Actors.Domain.Accounts;
using Actors.Domain.Lists;
using Actors.Grains.Interfaces.Accounts;
using Actors.Grains.Tests.Infrastructure;

namespace Actors.Grains.Tests.Accounts;

/// <summary>Accounts and their sessions, on a clock that the tests move.</summary>
public sealed class AccountTests : IAsyncLifetime
{
    private const string Password = "correct horse 7 Battery";
    private const string Wrong = "incorrect horse 7 Battery";

    private readonly ManualClock _clock = new();
    private TestSilo _silo = null!;
    private int _sessions;

    private IAccountDirectoryGrain Directory => _silo.Grains.GetGrain<IAccountDirectoryGrain>(0);

    public async Task InitializeAsync() => _silo = await TestSilo.StartAsync(_clock, ("Accounts:PasswordQueue", "1000"));

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task The_first_account_is_the_administrator_even_when_many_register_at_once()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => RegisterAsync($"acc_{i}", $"u{i}@example.com")));

        var accounts = replies.Select(reply => Assert.IsType<SignInReply.SignedIn>(reply).Account).ToList();
        Assert.Single(accounts, account => account.Role == InstallationRole.Administrator);
        Assert.Equal(7, accounts.Count(account => account.Role == InstallationRole.Member));
    }

    [Fact]
    public async Task Of_many_who_register_one_address_at_once_one_gets_it()
    {
        await RegisterAsync("acc_admin", "admin@example.com");
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => RegisterAsync($"acc_{i}", i % 2 == 0 ? "one@example.com" : "ONE@example.com")));

        var winner = Assert.Single(replies.OfType<SignInReply.SignedIn>());
        Assert.All(replies.OfType<SignInReply.Refused>(), refused => Assert.Equal(ErrorCodes.EmailTaken, refused.Error.Code));
        Assert.Equal(winner.Account.Id, await Directory.Resolve("one@example.com"));
        var page = Assert.IsType<AccountPageReply.Page>(await Directory.List(new AccountQuery(new ListRequest(10))));
        Assert.Equal(2, page.Items.Length);
    }

    [Fact]
    public async Task Registration_names_everything_that_is_wrong_at_once()
    {
        var reply = await Directory.Register(new Registration("acc_1", "nonsense", "", "short", NewSession()));

        Assert.Equal(["email", "name", "password"], Assert.IsType<SignInReply.Refused>(reply).Error.Errors!.Keys.Order());
        Assert.Null(await Account("acc_1").Get());
    }

    [Fact]
    public async Task A_login_starts_a_session_and_a_logout_ends_it_at_once()
    {
        await RegisterAsync("acc_1", "ann@example.com");
        var login = Assert.IsType<SignInReply.SignedIn>(await LogInAsync(" Ann@Example.com", Password));
        await using var watch = Account("acc_1").WatchSessions(CancellationToken.None).GetAsyncEnumerator();
        Assert.Contains(login.SessionId, (await watch.NextAsync())!.SessionIds);
        Assert.Equal("acc_1", (await Account("acc_1").CheckSession(login.SessionId))?.AccountId);

        Assert.IsType<AccountReply.Done>(await Account("acc_1").LogOut(login.SessionId));

        Assert.Null(await Account("acc_1").CheckSession(login.SessionId));
        Assert.DoesNotContain(login.SessionId, (await watch.NextAsync())!.SessionIds);
        Assert.IsType<AccountReply.Done>(await Account("acc_1").LogOut(login.SessionId));
        await _silo.RestartAsync();
        Assert.Null(await Account("acc_1").CheckSession(login.SessionId));
        Assert.IsType<SignInReply.SignedIn>(await LogInAsync("ann@example.com", Password));
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_are_refused_alike()
    {
        await RegisterAsync("acc_1", "ann@example.com");

        var wrong = Assert.IsType<SignInReply.Refused>(await LogInAsync("ann@example.com", Wrong));
        var unknown = Assert.IsType<SignInReply.Refused>(await LogInAsync("bob@example.com", Wrong));

        Assert.Equal(ErrorCodes.InvalidCredentials, wrong.Error.Code);
        Assert.Equal(wrong.Error, unknown.Error);
    }

    [Fact]
    public async Task Failures_in_a_row_lock_the_account_for_a_while_that_grows()
    {
        await RegisterAsync("acc_1", "ann@example.com");
        await FailAsync(5);

        var locked = Assert.IsType<SignInReply.Refused>(await LogInAsync("ann@example.com", Password));
        Assert.Equal(ErrorCodes.AccountLocked, locked.Error.Code);
        Assert.Equal(TimeSpan.FromMinutes(1), locked.RetryAfter);
        await _silo.RestartAsync();
        Assert.Equal(ErrorCodes.AccountLocked, Assert.IsType<SignInReply.Refused>(await LogInAsync("ann@example.com", Password)).Error.Code);

        _clock.Advance(TimeSpan.FromMinutes(1));
        await FailAsync(5);
        Assert.Equal(TimeSpan.FromMinutes(2), Assert.IsType<SignInReply.Refused>(await LogInAsync("ann@example.com", Password)).RetryAfter);

        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.IsType<SignInReply.SignedIn>(await LogInAsync("ann@example.com", Password));
    }

    [Fact]
    public async Task A_burst_of_guesses_gets_no_further_than_a_trickle()
    {
        await RegisterAsync("acc_1", "ann@example.com");

        var replies = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => LogInAsync("ann@example.com", $"{Wrong} {i}")));

        var codes = replies.Select(reply => Assert.IsType<SignInReply.Refused>(reply).Error.Code).ToList();
        Assert.True(codes.Count(code => code == ErrorCodes.InvalidCredentials) <= 5);
        Assert.All(codes, code => Assert.Contains(code, (string[])[ErrorCodes.InvalidCredentials, ErrorCodes.AccountLocked, ErrorCodes.Overloaded]));
    }

    [Fact]
    public async Task A_refresh_token_is_spent_once_and_its_reuse_ends_the_session()
    {
        await RegisterAsync("acc_1", "ann@example.com");
        var session = NewSession();
        Assert.IsType<SignInReply.SignedIn>(await Directory.LogIn(new EmailLogin("ann@example.com", Password, session)));
        var first = new TokenRefresh(session.SessionId, session.FamilyHash, session.TokenHash, "second");

        Assert.Equal(session.SessionId, Assert.IsType<SignInReply.SignedIn>(await Account("acc_1").Refresh(first)).SessionId);
        Assert.IsType<SignInReply.SignedIn>(await Account("acc_1").Refresh(first with { TokenHash = "second", NextTokenHash = "third" }));
        Assert.Equal(ErrorCodes.RefreshTokenInvalid, await RefusedAsync(first with { FamilyHash = "forged" }));
        Assert.NotNull(await Account("acc_1").CheckSession(session.SessionId));

        Assert.Equal(ErrorCodes.RefreshTokenReused, await RefusedAsync(first));
        Assert.Null(await Account("acc_1").CheckSession(session.SessionId));
        Assert.Equal(ErrorCodes.RefreshTokenInvalid, await RefusedAsync(first with { TokenHash = "third", NextTokenHash = "fourth" }));
    }

    [Fact]
    public async Task Of_two_who_spend_one_refresh_token_at_once_one_is_taken_for_a_thief()
    {
        await RegisterAsync("acc_1", "ann@example.com");
        var session = NewSession();
        await Directory.LogIn(new EmailLogin("ann@example.com", Password, session));
        var spend = new TokenRefresh(session.SessionId, session.FamilyHash, session.TokenHash, "next");

        var replies = await Task.WhenAll(Account("acc_1").Refresh(spend), Account("acc_1").Refresh(spend with { NextTokenHash = "other" }));

        Assert.Single(replies.OfType<SignInReply.SignedIn>());
        Assert.Equal(ErrorCodes.RefreshTokenReused, Assert.Single(replies.OfType<SignInReply.Refused>()).Error.Code);
        Assert.Null(await Account("acc_1").CheckSession(session.SessionId));
    }

    [Fact]
    public async Task A_new_password_ends_every_other_session_and_the_old_password_no_longer_works()
    {
        await RegisterAsync("acc_1", "ann@example.com");
        var kept = Assert.IsType<SignInReply.SignedIn>(await LogInAsync("ann@example.com", Password));
        var other = Assert.IsType<SignInReply.SignedIn>(await LogInAsync("ann@example.com", Password));

        Assert.IsType<AccountReply.Done>(await Account("acc_1").ChangePassword(new PasswordChange(Password, "a very different 1 Word", kept.SessionId)));

        Assert.NotNull(await Account("acc_1").CheckSession(kept.SessionId));
        Assert.Null(await Account("acc_1").CheckSession(other.SessionId));
        Assert.IsType<SignInReply.Refused>(await LogInAsync("ann@example.com", Password));
        Assert.IsType<SignInReply.SignedIn>(await LogInAsync("ann@example.com", "a very different 1 Word"));
    }

    [Fact]
    public async Task A_disabled_account_has_no_sessions_and_starts_none()
    {
        var session = Assert.IsType<SignInReply.SignedIn>(await RegisterAsync("acc_1", "ann@example.com"));
        Assert.IsType<AccountReply.Done>(await Account("acc_1").SetDisabled(true));

        Assert.Null(await Account("acc_1").CheckSession(session.SessionId));
        Assert.Equal(ErrorCodes.AccountDisabled, Assert.IsType<SignInReply.Refused>(await LogInAsync("ann@example.com", Password)).Error.Code);
        Assert.Equal(ErrorCodes.InvalidCredentials, Assert.IsType<SignInReply.Refused>(await LogInAsync("ann@example.com", Wrong)).Error.Code);
        Assert.IsType<AccountReply.Done>(await Account("acc_1").SetDisabled(false));
        Assert.IsType<SignInReply.SignedIn>(await LogInAsync("ann@example.com", Password));
    }

    [Fact]
    public async Task A_closed_installation_takes_its_first_account_and_no_other()
    {
        await using var silo = await TestSilo.StartAsync(_clock, ("Accounts:Registration", "closed"));
        var directory = silo.Grains.GetGrain<IAccountDirectoryGrain>(0);
        var first = await directory.Register(new Registration("acc_1", "ann@example.com", "Ann", Password, NewSession())).InTime();
        Assert.Equal(InstallationRole.Administrator, Assert.IsType<SignInReply.SignedIn>(first).Account.Role);
        var second = await directory.Register(new Registration("acc_2", "bob@example.com", "Bob", Password, NewSession())).InTime();
        Assert.Equal(ErrorCodes.RegistrationClosed, Assert.IsType<SignInReply.Refused>(second).Error.Code);
    }

    [Fact]
    public async Task Tokens_and_reset_permissions_survive_a_restart()
    {
        await RegisterAsync("acc_1", "ann@example.com");
        Assert.IsType<PersonalTokenReply.Done>(await Account("acc_1").CreateToken(new NewPersonalToken("tok_1", "script", "hash", TokenScopes.Read, null)));
        Assert.IsType<ResetReply.Permitted>(await Account("acc_1").PermitReset(new ResetPermission("acc_1", "reset")));
        await _silo.RestartAsync();

        Assert.Equal(TokenScopes.Read, (await Account("acc_1").CheckToken("tok_1", "hash"))?.Scopes);
        Assert.Null(await Account("acc_1").CheckToken("tok_1", "another hash"));
        Assert.IsType<AccountReply.Done>(await Account("acc_1").ResetPassword(new PasswordResetting("reset", "a very different 1 Word")));
        Assert.IsType<SignInReply.SignedIn>(await LogInAsync("ann@example.com", "a very different 1 Word"));
    }

    [Fact]
    public async Task A_session_that_is_not_refreshed_expires()
    {
        var session = Assert.IsType<SignInReply.SignedIn>(await RegisterAsync("acc_1", "ann@example.com"));
        _clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        Assert.NotNull(await Account("acc_1").CheckSession(session.SessionId));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await Account("acc_1").CheckSession(session.SessionId));
    }

    private IAccountGrain Account(string id) => _silo.Grains.GetGrain<IAccountGrain>(id);

    private NewSession NewSession()
    {
        var number = Interlocked.Increment(ref _sessions);
        return new NewSession($"ses_{number}", $"family {number}", $"first {number}", "test");
    }

    private Task<SignInReply> RegisterAsync(string id, string email) =>
        Directory.Register(new Registration(id, email, "Somebody", Password, NewSession())).InTime();

    private Task<SignInReply> LogInAsync(string email, string password) =>
        Directory.LogIn(new EmailLogin(email, password, NewSession())).InTime();

    private async Task<string> RefusedAsync(TokenRefresh refresh) =>
        Assert.IsType<SignInReply.Refused>(await Account("acc_1").Refresh(refresh)).Error.Code;

    private async Task FailAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.Equal(ErrorCodes.InvalidCredentials, Assert.IsType<SignInReply.Refused>(await LogInAsync("ann@example.com", Wrong)).Error.Code);
        }
    }
}
