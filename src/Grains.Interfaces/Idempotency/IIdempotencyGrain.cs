using System.Text.Json.Serialization;
using Actors.Domain;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Grains.Interfaces.Idempotency;

/// <summary>
/// The requests that an account marked with an <c>Idempotency-Key</c> within the last 24 hours; its key is the account id.
/// </summary>
/// <remarks>
/// A key is stored before its request runs, with the nonce from which everything that the request makes is derived, so
/// that a repeat after a crash makes the same again. What is stored tells nothing to whoever reads it: keys are hashed,
/// and fingerprints and answers are sealed under the key itself, which only the client has.
/// </remarks>
public interface IIdempotencyGrain : IGrainWithStringKey
{
    /// <summary>Takes the key for this request, or says why not.</summary>
    Task<IdempotencyReply> Begin(IdempotencyAttempt attempt);

    /// <summary>Keeps the answer, sealed, for repeats.</summary>
    [AlwaysInterleave]
    Task Complete(string keyHash, byte[] answer);

    /// <summary>The request has ended without an answer to keep: the key may be tried again.</summary>
    /// <param name="keyHash">The key.</param>
    /// <param name="forget">It certainly did nothing, so the key is free for any request.</param>
    [AlwaysInterleave]
    Task Release(string keyHash, bool forget);
}

/// <param name="KeyHash">SHA-256 of account and key, in hexadecimal.</param>
/// <param name="Fingerprint">Of method, address and body, keyed by the key.</param>
/// <param name="Nonce">Kept when the key is new; else the first attempt's counts.</param>
public sealed record IdempotencyAttempt(string KeyHash, byte[] Fingerprint, byte[] Nonce);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Started), "started")]
[JsonDerivedType(typeof(Answered), "answered")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record IdempotencyReply
{
    /// <summary>The request is to be run, with identifiers derived from these.</summary>
    /// <param name="Nonce">Of the first attempt.</param>
    /// <param name="At">Of the first attempt.</param>
    /// <param name="IsFirst">No attempt came before, so a refusal proves that nothing was done.</param>
    public sealed record Started(byte[] Nonce, DateTimeOffset At, bool IsFirst) : IdempotencyReply;

    /// <summary>It was run; this is its answer, sealed.</summary>
    public sealed record Answered(byte[] Nonce, byte[] Answer) : IdempotencyReply;

    public sealed record Refused(Refusal Error) : IdempotencyReply;
}
