namespace Actors.Grains.Accounts;

/// <summary>
/// Hashes and verifies passwords beside the grains' turns. The work is heavy on purpose, so it is bounded: a flood of
/// logins is refused before it takes the processors from everybody else.
/// </summary>
public interface IPasswordService
{
    /// <summary>The hash of a password, or null when too many wait already.</summary>
    Task<string?> HashAsync(string password);

    /// <summary>
    /// Compares. Without a hash the answer is <see cref="PasswordCheck.Wrong"/> after the same work, so that the time taken
    /// does not tell whether there is such an account.
    /// </summary>
    Task<PasswordCheck> VerifyAsync(string? hash, string password);
}

public enum PasswordCheck
{
    Wrong,
    Right,

    /// <summary>Right, and the hash was made with fewer iterations than are wanted now.</summary>
    RightAndOutdated,

    /// <summary>Too many wait already; nothing was compared.</summary>
    Overloaded,
}
