using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Actors.Grains.Accounts;

/// <summary>PBKDF2-HMAC-SHA512 with a random salt, in the format of ASP.NET Core Identity (version 3).</summary>
internal sealed class PasswordService : IPasswordService, IDisposable
{
    private static readonly object NoUser = new();

    private readonly PasswordHasher<object> _hasher;
    private readonly SemaphoreSlim _slots;
    private readonly int _capacity;
    private readonly Lazy<string> _nobodysHash;
    private int _present;

    public PasswordService(AccountOptions options)
    {
        var parallelism = options.PasswordParallelism > 0 ? options.PasswordParallelism : Math.Max(1, Environment.ProcessorCount / 2);
        _hasher = new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = options.PasswordIterations }));
        _slots = new SemaphoreSlim(parallelism);
        _capacity = parallelism + options.PasswordQueue;
        _nobodysHash = new Lazy<string>(() => _hasher.HashPassword(NoUser, "nobody has this password"));
    }

    public Task<string?> HashAsync(string password) =>
        RunAsync<string?>(() => _hasher.HashPassword(NoUser, password), null);

    public Task<PasswordCheck> VerifyAsync(string? hash, string password) =>
        RunAsync(() => Verify(hash, password), PasswordCheck.Overloaded);

    public void Dispose() => _slots.Dispose();

    private PasswordCheck Verify(string? hash, string password)
    {
        var result = _hasher.VerifyHashedPassword(NoUser, hash ?? _nobodysHash.Value, password);
        return hash is null ? PasswordCheck.Wrong : result switch
        {
            PasswordVerificationResult.Success => PasswordCheck.Right,
            PasswordVerificationResult.SuccessRehashNeeded => PasswordCheck.RightAndOutdated,
            _ => PasswordCheck.Wrong,
        };
    }

    private async Task<T> RunAsync<T>(Func<T> work, T overloaded)
    {
        if (Interlocked.Increment(ref _present) > _capacity)
        {
            Interlocked.Decrement(ref _present);
            return overloaded;
        }

        try
        {
            await _slots.WaitAsync();
            try
            {
                // Leaving the grain's scheduler is the point: its turn ends here, and the caller's await comes back to it.
                return await Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
            }
            finally
            {
                _slots.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _present);
        }
    }
}
