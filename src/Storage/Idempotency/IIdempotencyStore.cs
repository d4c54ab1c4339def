namespace Actors.Storage;

/// <summary>
/// Keys of requests that may be repeated, and the answers that they gave. Every method throws
/// <see cref="StorageUnavailableException"/> when storage cannot be reached; what has returned is durable.
/// </summary>
public interface IIdempotencyStore
{
    /// <summary>An account's keys that were taken at or after a time.</summary>
    Task<IReadOnlyList<IdempotencyKey>> ListAsync(string account, DateTimeOffset since, CancellationToken ct);

    /// <summary>Takes a key, in place of whatever stood under it.</summary>
    Task PutAsync(string account, IdempotencyKey key, CancellationToken ct);

    /// <summary>Keeps the answer of a key that was taken.</summary>
    Task AnswerAsync(string account, string keyHash, ReadOnlyMemory<byte> answer, CancellationToken ct);

    /// <summary>Null when there is none.</summary>
    Task<byte[]?> FindAnswerAsync(string account, string keyHash, CancellationToken ct);

    Task RemoveAsync(string account, string keyHash, CancellationToken ct);

    /// <summary>Removes at most <paramref name="maximum"/> keys that were taken before a time, and says how many.</summary>
    Task<int> SweepAsync(DateTimeOffset before, int maximum, CancellationToken ct);
}

/// <param name="KeyHash">Names the key within its account.</param>
/// <param name="Fingerprint">Tells one request from another.</param>
/// <param name="Nonce">From which what the request makes is derived.</param>
/// <param name="StartedAt">When the key was taken.</param>
/// <param name="IsAnswered">Whether an answer is kept.</param>
public sealed record IdempotencyKey(string KeyHash, byte[] Fingerprint, byte[] Nonce, DateTimeOffset StartedAt, bool IsAnswered);
