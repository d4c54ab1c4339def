using System.Globalization;

namespace Orleans.Runtime;

/// <summary>Tells one activation of a grain from the next; unique in one run of the engine.</summary>
public readonly struct ActivationId : IEquatable<ActivationId>
{
    private readonly Guid _key;

    public ActivationId(Guid key) => _key = key;

    public bool IsDefault => _key == Guid.Empty;

    public static bool operator ==(ActivationId left, ActivationId right) => left.Equals(right);

    public static bool operator !=(ActivationId left, ActivationId right) => !left.Equals(right);

    public bool Equals(ActivationId other) => _key == other._key;

    public override bool Equals(object? obj) => obj is ActivationId other && Equals(other);

    public override int GetHashCode() => _key.GetHashCode();

    public string ToParsableString() => ToString();

    public override string ToString() => "@" + _key.ToString("N", CultureInfo.InvariantCulture);
}
