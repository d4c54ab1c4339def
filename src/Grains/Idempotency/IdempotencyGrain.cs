using System.Security.Cryptography;
using Actors.Domain;
using Actors.Grains.Interfaces.Idempotency;
using Actors.Storage;
using Orleans;

namespace Actors.Grains.Idempotency;

/// <summary>
/// Invariant: whatever a request under a key makes is derived from the nonce that was stored before the request first ran.
/// So a repeat either finds the stored answer or makes the very same again, which whoever keeps it recognizes.
/// </summary>
[GrainType("idempotency")]
internal sealed class IdempotencyGrain(IIdempotencyStore store, IdempotencyOptions options, TimeProvider time) : Grain, IIdempotencyGrain
{
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    private string Account => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach (var key in await store.ListAsync(Account, Oldest(), cancellationToken))
            _entries[key.KeyHash] = new Entry(key);
    }

    public async Task<IdempotencyReply> Begin(IdempotencyAttempt attempt)
    {
        var now = time.GetUtcNow();
        if (!_entries.TryGetValue(attempt.KeyHash, out var entry) || entry.Key.StartedAt < Oldest())
            return await BeginFirstAsync(attempt, now);

        if (!CryptographicOperations.FixedTimeEquals(entry.Key.Fingerprint, attempt.Fingerprint))
            return Refuse(ErrorCodes.IdempotencyKeyReused, "the key was used for another request: a new request needs a new key");

        if (entry.Key.IsAnswered && await store.FindAnswerAsync(Account, attempt.KeyHash, CancellationToken.None) is { } answer)
            return new IdempotencyReply.Answered(entry.Key.Nonce, answer);

        if (entry.RunsUntil > now)
            return Refuse(ErrorCodes.IdempotencyInProgress, "the request with this key is still running: ask again in a moment", retryable: true);

        entry.RunsUntil = now + options.Lease;
        return new IdempotencyReply.Started(entry.Key.Nonce, entry.Key.StartedAt, IsFirst: false);
    }

    public async Task Complete(string keyHash, byte[] answer)
    {
        if (!_entries.TryGetValue(keyHash, out var entry))
            return;

        await store.AnswerAsync(Account, keyHash, answer, CancellationToken.None);
        entry.Key = entry.Key with { IsAnswered = true };
        entry.RunsUntil = default;
    }

    public async Task Release(string keyHash, bool forget)
    {
        if (!_entries.TryGetValue(keyHash, out var entry))
            return;

        if (forget)
        {
            // Until the row is gone the key stays taken: a repeat must not slip in between and lose its own row.
            await store.RemoveAsync(Account, keyHash, CancellationToken.None);
            _entries.Remove(keyHash);
        }

        entry.RunsUntil = default;
    }

    private async Task<IdempotencyReply> BeginFirstAsync(IdempotencyAttempt attempt, DateTimeOffset now)
    {
        if (_entries.Count >= options.MaximumKeysPerAccount)
            DropOld();

        if (_entries.Count >= options.MaximumKeysPerAccount && !_entries.ContainsKey(attempt.KeyHash))
            return Refuse(ErrorCodes.LimitReached, $"an account has at most {options.MaximumKeysPerAccount} keys within {options.Retention}");

        var key = new IdempotencyKey(attempt.KeyHash, attempt.Fingerprint, attempt.Nonce, now, IsAnswered: false);
        await store.PutAsync(Account, key, CancellationToken.None);
        _entries[attempt.KeyHash] = new Entry(key) { RunsUntil = now + options.Lease };
        return new IdempotencyReply.Started(key.Nonce, key.StartedAt, IsFirst: true);
    }

    private void DropOld()
    {
        var oldest = Oldest();
        foreach (var (keyHash, entry) in _entries)
        {
            if (entry.Key.StartedAt < oldest)
                _entries.Remove(keyHash);
        }
    }

    private DateTimeOffset Oldest() => time.GetUtcNow() - options.Retention;

    private static IdempotencyReply.Refused Refuse(string code, string detail, bool retryable = false) => new(new Refusal(code, detail, Retryable: retryable));

    private sealed class Entry(IdempotencyKey key)
    {
        public IdempotencyKey Key { get; set; } = key;

        /// <summary>While it is in the future, somebody runs the request.</summary>
        public DateTimeOffset RunsUntil { get; set; }
    }
}
