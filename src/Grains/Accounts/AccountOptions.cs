using Actors.Domain.Accounts;

namespace Actors.Grains.Accounts;

/// <summary>Section <c>Accounts</c>.</summary>
public sealed class AccountOptions
{
    public const string Section = "Accounts";

    /// <summary>Who may register. The first account of an installation always may. Default <c>open</c>.</summary>
    public RegistrationPolicy Registration { get; set; } = RegistrationPolicy.Open;

    /// <inheritdoc cref="PasswordPolicy.MinimumLength"/>
    public int PasswordMinimumLength { get; set; } = PasswordPolicy.Default.MinimumLength;

    /// <inheritdoc cref="PasswordPolicy.PlainLength"/>
    public int PasswordPlainLength { get; set; } = PasswordPolicy.Default.PlainLength;

    /// <inheritdoc cref="PasswordPolicy.MinimumKinds"/>
    public int PasswordMinimumKinds { get; set; } = PasswordPolicy.Default.MinimumKinds;

    /// <summary>PBKDF2-SHA512 iterations of a new hash (OWASP's advice of 2023). Older hashes are renewed at the next login. Default 210 000.</summary>
    public int PasswordIterations { get; set; } = 210_000;

    /// <summary>Passwords that are hashed at a time; 0 takes half of the processors. Default 0.</summary>
    public int PasswordParallelism { get; set; }

    /// <summary>Passwords that may wait to be hashed; more are refused as <c>overloaded</c>. Default 64.</summary>
    public int PasswordQueue { get; set; } = 64;

    /// <inheritdoc cref="AccountRules.FailuresBeforeLockout"/>
    public int FailuresBeforeLockout { get; set; } = AccountRules.Default.FailuresBeforeLockout;

    /// <inheritdoc cref="AccountRules.FirstLockout"/>
    public TimeSpan FirstLockout { get; set; } = AccountRules.Default.FirstLockout;

    /// <inheritdoc cref="AccountRules.LongestLockout"/>
    public TimeSpan LongestLockout { get; set; } = AccountRules.Default.LongestLockout;

    /// <inheritdoc cref="AccountRules.MaximumSessions"/>
    public int MaximumSessions { get; set; } = AccountRules.Default.MaximumSessions;

    /// <summary>The life of a refresh token, and so of a session that is not used. Default 30 days.</summary>
    public TimeSpan SessionLifetime { get; set; } = AccountRules.Default.SessionLifetime;

    /// <inheritdoc cref="AccountRules.MaximumTokens"/>
    public int MaximumTokens { get; set; } = AccountRules.Default.MaximumTokens;

    /// <summary>How long an administrator's reset token works. Default 24 hours.</summary>
    public TimeSpan PasswordResetLifetime { get; set; } = AccountRules.Default.ResetLifetime;

    internal PasswordPolicy ToPolicy() => new()
    {
        MinimumLength = PasswordMinimumLength,
        PlainLength = PasswordPlainLength,
        MinimumKinds = PasswordMinimumKinds,
    };

    internal AccountRules ToRules() => new()
    {
        FailuresBeforeLockout = FailuresBeforeLockout,
        FirstLockout = FirstLockout,
        LongestLockout = LongestLockout,
        MaximumSessions = MaximumSessions,
        SessionLifetime = SessionLifetime,
        MaximumTokens = MaximumTokens,
        ResetLifetime = PasswordResetLifetime,
    };

    /// <summary>The rules that are broken, each naming the option and its value.</summary>
    public IEnumerable<string> Validate()
    {
        if (!Enum.IsDefined(Registration))
            yield return $"{Section}:{nameof(Registration)} is {Registration}; it must be open, invited or closed.";

        if (PasswordMinimumLength is < 8 or > 128)
            yield return $"{Section}:{nameof(PasswordMinimumLength)} is {PasswordMinimumLength}; it must be from 8 to 128.";

        if (PasswordPlainLength < PasswordMinimumLength || PasswordPlainLength > PasswordPolicy.MaximumLength)
            yield return $"{Section}:{nameof(PasswordPlainLength)} is {PasswordPlainLength}; it must be from {nameof(PasswordMinimumLength)} to {PasswordPolicy.MaximumLength}.";

        if (PasswordMinimumKinds is < 1 or > 4)
            yield return $"{Section}:{nameof(PasswordMinimumKinds)} is {PasswordMinimumKinds}; it must be from 1 to 4.";

        if (MaximumTokens is < 1 or > 500)
            yield return $"{Section}:{nameof(MaximumTokens)} is {MaximumTokens}; it must be from 1 to 500.";

        if (PasswordResetLifetime < TimeSpan.FromMinutes(1) || PasswordResetLifetime > TimeSpan.FromDays(30))
            yield return $"{Section}:{nameof(PasswordResetLifetime)} is {PasswordResetLifetime}; it must be from 1 minute to 30 days.";

        if (PasswordIterations is < 1_000 or > 10_000_000)
            yield return $"{Section}:{nameof(PasswordIterations)} is {PasswordIterations}; it must be from 1000 to 10000000.";

        if (PasswordParallelism is < 0 or > 256)
            yield return $"{Section}:{nameof(PasswordParallelism)} is {PasswordParallelism}; it must be from 0 to 256.";

        if (PasswordQueue is < 1 or > 10_000)
            yield return $"{Section}:{nameof(PasswordQueue)} is {PasswordQueue}; it must be from 1 to 10000.";

        if (FailuresBeforeLockout is < 1 or > 100)
            yield return $"{Section}:{nameof(FailuresBeforeLockout)} is {FailuresBeforeLockout}; it must be from 1 to 100.";

        if (FirstLockout < TimeSpan.FromSeconds(1))
            yield return $"{Section}:{nameof(FirstLockout)} is {FirstLockout}; it must be at least 1 s.";

        if (LongestLockout < FirstLockout || LongestLockout > TimeSpan.FromDays(30))
            yield return $"{Section}:{nameof(LongestLockout)} is {LongestLockout}; it must be from {nameof(FirstLockout)} to 30 days.";

        if (MaximumSessions is < 1 or > 1_000)
            yield return $"{Section}:{nameof(MaximumSessions)} is {MaximumSessions}; it must be from 1 to 1000.";

        if (SessionLifetime < TimeSpan.FromMinutes(1) || SessionLifetime > TimeSpan.FromDays(3650))
            yield return $"{Section}:{nameof(SessionLifetime)} is {SessionLifetime}; it must be from 1 minute to 3650 days.";
    }
}

/// <summary>Who may register.</summary>
public enum RegistrationPolicy
{
    /// <summary>Everybody.</summary>
    Open,

    /// <summary>Who shows the secret of an open invitation, or whose address has one.</summary>
    Invited,

    /// <summary>Nobody but the very first account, which becomes the administrator.</summary>
    Closed,
}
