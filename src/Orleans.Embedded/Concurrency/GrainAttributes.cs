using System.Globalization;

namespace Orleans
{
    /// <summary>The name of the grain's type in grain ids; without it the class name without "Grain", in lower case.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class GrainTypeAttribute(string grainType) : Attribute
    {
        internal string Name => grainType;
    }

    /// <summary>Activations are never collected for being idle.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public class KeepAliveAttribute : Attribute;

    /// <summary>How long an activation may be idle before it is collected.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public class CollectionAgeLimitAttribute : Attribute
    {
        public static readonly TimeSpan MinAgeLimit = TimeSpan.FromMinutes(1);

        private readonly TimeSpan? _fixed;

        public CollectionAgeLimitAttribute()
        {
        }

        public CollectionAgeLimitAttribute(string inactivityPeriod) => _fixed = TimeSpan.Parse(inactivityPeriod, CultureInfo.InvariantCulture);

        public double Days { get; set; }

        public double Hours { get; set; }

        public double Minutes { get; set; }

        public bool AlwaysActive { get; set; }

        public TimeSpan AgeLimit
        {
            get
            {
                if (AlwaysActive)
                    return Timeout.InfiniteTimeSpan;
                var limit = _fixed ?? (TimeSpan.FromDays(Days) + TimeSpan.FromHours(Hours) + TimeSpan.FromMinutes(Minutes));
                return limit < MinAgeLimit ? MinAgeLimit : limit;
            }
        }
    }

    /// <summary>How long a caller waits for the method's answer.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    public sealed class ResponseTimeoutAttribute(string timeout) : Attribute
    {
        public TimeSpan? Timeout { get; init; } = TimeSpan.Parse(timeout, CultureInfo.InvariantCulture);
    }

    /// <summary>A stable name for a type or method. The embedded engine has no use for it.</summary>
    [AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
    public sealed class AliasAttribute(string alias) : Attribute
    {
        public string Alias => alias;
    }

    /// <summary>Values of the type never change once made. The embedded engine passes all messages as they are.</summary>
    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Field)]
    public sealed class ImmutableAttribute : Attribute;

    /// <summary>Asks Orleans for a generated serializer. The embedded engine has no use for it.</summary>
    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
    public sealed class GenerateSerializerAttribute : Attribute;

    /// <summary>The number of a member in Orleans' serializer. The embedded engine has no use for it.</summary>
    [AttributeUsage(AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Class | AttributeTargets.Struct)]
    public sealed class IdAttribute(uint id) : Attribute
    {
        public uint Id => id;
    }
}

namespace Orleans.Placement
{
    /// <summary>A hint where to activate. One process has one place.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public abstract class PlacementAttribute : Attribute;

    public sealed class PreferLocalPlacementAttribute : PlacementAttribute;

    public sealed class HashBasedPlacementAttribute : PlacementAttribute;

    public sealed class RandomPlacementAttribute : PlacementAttribute;

    public sealed class ActivationCountBasedPlacementAttribute : PlacementAttribute;

    public sealed class ResourceOptimizedPlacementAttribute : PlacementAttribute;
}
