using System.Security.Cryptography;
using Actors.Domain.Identity;

namespace Actors.Frontend.Http;

/// <summary>Makes the identifiers of what clients create.</summary>
public sealed class Identifiers(TimeProvider time)
{
    public string Create(string prefix)
    {
        Span<byte> random = stackalloc byte[Identifier.RandomBytes];
        RandomNumberGenerator.Fill(random);
        return Identifier.Create(prefix, time.GetUtcNow(), random);
    }
}
