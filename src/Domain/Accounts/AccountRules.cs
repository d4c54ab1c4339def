namespace Actors.Domain.Accounts;

/// <summary>The limits that an account's decisions keep. The shell takes them from its options.</summary>
public sealed record AccountRules
{
    public static readonly AccountRules Default = new();

    /// <summary>Failed logins in a row that lock the account.</summary>
    public int FailuresBeforeLockout { get; init; } = 5;

    /// <summary>How long the first lockout lasts; each further one lasts twice as long as the one before.</summary>
    public TimeSpan FirstLockout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>No lockout lasts longer, so that guessing at a stranger's password never shuts them out for good.</summary>
    public TimeSpan LongestLockout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Sessions at a time. One more ends the one that was used longest ago.</summary>
    public int MaximumSessions { get; init; } = 20;

    /// <summary>Personal access tokens at a time.</summary>
    public int MaximumTokens { get; init; } = 50;

    /// <summary>How long an administrator's permission to reset a password holds.</summary>
    public TimeSpan ResetLifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long a session lives after its last refresh.</summary>
    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromDays(30);

    /// <summary>The length of the lockout that follows <paramref name="before"/> earlier ones.</summary>
    public TimeSpan LockoutAfter(int before)
    {
        var ticks = FirstLockout.Ticks * Math.Pow(2, Math.Min(before, 40));
        return ticks >= LongestLockout.Ticks ? LongestLockout : TimeSpan.FromTicks((long)ticks);
    }
}
