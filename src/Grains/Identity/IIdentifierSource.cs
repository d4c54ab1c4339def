using System.Security.Cryptography;
using Actors.Domain.Identity;

namespace Actors.Grains.Identity;

/// <summary>Where identifiers come from, so that a test or a simulation can decide them.</summary>
public interface IIdentifierSource
{
    /// <summary>A new identifier of the kind that the prefix names.</summary>
    string Create(string prefix);

    /// <summary>A new id for a batch that no client named.</summary>
    Guid NewBatchId();
}

/// <summary>Identifiers from the clock and the system's random numbers.</summary>
public sealed class IdentifierSource(TimeProvider time) : IIdentifierSource
{
    public string Create(string prefix)
    {
        Span<byte> random = stackalloc byte[Identifier.RandomBytes];
        RandomNumberGenerator.Fill(random);
        return Identifier.Create(prefix, time.GetUtcNow(), random);
    }

    public Guid NewBatchId() => Guid.CreateVersion7(time.GetUtcNow());
}
