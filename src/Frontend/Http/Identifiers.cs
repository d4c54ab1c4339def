using System.Security.Cryptography;
using Actors.Domain.Idempotency;
using Actors.Domain.Identity;

namespace Actors.Frontend.Http;

/// <summary>
/// Makes what a request would otherwise draw at random: the identifiers of what it creates, ids of batches, secrets. One
/// for each request. A request with an <c>Idempotency-Key</c> draws the same again when it is repeated, so a handler that
/// draws in a fixed order creates nothing twice.
/// </summary>
public sealed class Identifiers(TimeProvider time)
{
    private RequestSeed? _seed;
    private int _drawn;

    /// <summary>From now on everything is drawn from the seed.</summary>
    internal void Use(RequestSeed seed) => _seed = seed;

    public string Create(string prefix)
    {
        Span<byte> random = stackalloc byte[Identifier.RandomBytes];
        Fill(random);
        return Identifier.Create(prefix, _seed?.At ?? time.GetUtcNow(), random);
    }

    /// <summary>The id of a batch that no client named.</summary>
    public Guid NewBatchId() => _seed is null ? Guid.CreateVersion7(time.GetUtcNow()) : _seed.CreateGuid($"draw {_drawn++}");

    /// <summary>Bytes for a secret.</summary>
    public void Fill(Span<byte> bytes)
    {
        if (_seed is null)
            RandomNumberGenerator.Fill(bytes);
        else
            _seed.Fill($"draw {_drawn++}", bytes);
    }
}
