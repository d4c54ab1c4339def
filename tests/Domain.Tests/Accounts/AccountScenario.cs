using Actors.Domain.Accounts;

namespace Actors.Domain.Tests.Accounts;

/// <summary>An account under a clock that the test moves.</summary>
internal sealed class AccountScenario
{
    public const string Hash = "hash-1";

    public static readonly AccountRules Rules = AccountRules.Default with { MaximumSessions = 3 };

    public AccountState State { get; private set; } = AccountState.None;

    public DateTimeOffset Now { get; private set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static AccountScenario Registered(InstallationRole role = InstallationRole.Member)
    {
        var scenario = new AccountScenario();
        scenario.Happens(new AccountCommand.Register(scenario.Now, "usr_1", "Ada@Example.org", " Ada ", Hash, role));
        return scenario;
    }

    public AccountScenario Later(TimeSpan time)
    {
        Now += time;
        return this;
    }

    public Decision<AccountState, AccountEvent> Decide(AccountCommand command)
    {
        var decision = State.Decide(command, Rules);
        if (decision.Event is { } @event)
        {
            // Equal member by member: immutable arrays compare by reference.
            Assert.Equivalent(State.Apply(@event), decision.Next, strict: true);
            State = decision.Next!;
        }

        return decision;
    }

    public AccountEvent Happens(AccountCommand command)
    {
        var decision = Decide(command);
        Assert.Null(decision.Refusal);
        return Assert.IsAssignableFrom<AccountEvent>(decision.Event);
    }

    public Refusal Refuses(AccountCommand command)
    {
        var before = State;
        var decision = Decide(command);
        Assert.Same(before, State);
        return Assert.IsType<Refusal>(decision.Refusal);
    }

    public AccountScenario LogIn(string session)
    {
        Happens(new AccountCommand.StartSession(Now, State.PasswordHash, session, $"family-{session}", $"{session}-0", "test"));
        return this;
    }

    public Decision<AccountState, AccountEvent> Refresh(string session, int from) =>
        Decide(new AccountCommand.RefreshSession(Now, session, $"family-{session}", $"{session}-{from}", $"{session}-{from + 1}"));

    public AccountScenario Fail(int times = 1)
    {
        for (var i = 0; i < times; i++)
            Happens(new AccountCommand.FailLogin(Now));

        return this;
    }
}
