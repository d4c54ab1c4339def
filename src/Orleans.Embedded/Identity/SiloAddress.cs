using System.Net;

namespace Orleans.Runtime;

/// <summary>Names a silo: an end point and the generation that counts its restarts.</summary>
public sealed class SiloAddress : IEquatable<SiloAddress>, IComparable<SiloAddress>
{
    private SiloAddress(IPEndPoint endpoint, int generation)
    {
        Endpoint = endpoint;
        Generation = generation;
    }

    public static SiloAddress Zero { get; } = New(new IPEndPoint(IPAddress.Any, 0), 0);

    public IPEndPoint Endpoint { get; }

    public int Generation { get; }

    public static SiloAddress New(IPEndPoint ep, int gen) => new(ep, gen);

    public static SiloAddress New(IPAddress address, int port, int generation) => new(new IPEndPoint(address, port), generation);

    public static bool operator ==(SiloAddress? left, SiloAddress? right) => Equals(left, right);

    public static bool operator !=(SiloAddress? left, SiloAddress? right) => !Equals(left, right);

    public static bool operator <(SiloAddress left, SiloAddress right) => left.CompareTo(right) < 0;

    public static bool operator >(SiloAddress left, SiloAddress right) => left.CompareTo(right) > 0;

    public static bool operator <=(SiloAddress left, SiloAddress right) => left.CompareTo(right) <= 0;

    public static bool operator >=(SiloAddress left, SiloAddress right) => left.CompareTo(right) >= 0;

    public bool Equals(SiloAddress? other) => other is not null && Generation == other.Generation && Endpoint.Equals(other.Endpoint);

    public override bool Equals(object? obj) => Equals(obj as SiloAddress);

    public override int GetHashCode() => HashCode.Combine(Endpoint, Generation);

    public int CompareTo(SiloAddress? other)
    {
        if (other is null)
            return 1;
        var byEndpoint = string.CompareOrdinal(Endpoint.ToString(), other.Endpoint.ToString());
        return byEndpoint != 0 ? byEndpoint : Generation.CompareTo(other.Generation);
    }

    public override string ToString() => $"S{Endpoint}:{Generation}";
}
