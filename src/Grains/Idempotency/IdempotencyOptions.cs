namespace Actors.Grains.Idempotency;

/// <summary>Section <c>Idempotency</c>: how long and how many repeated requests are known.</summary>
public sealed class IdempotencyOptions
{
    public const string Section = "Idempotency";

    /// <summary>How long a key is known after it was first used. 1 minute to 30 days, default 24 h.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Keys of one account that are known at a time; one more is refused <c>limit_reached</c>. 1 to 1,000,000, default 50,000.</summary>
    public int MaximumKeysPerAccount { get; set; } = 50_000;

    /// <summary>After this time a request whose end was never reported counts as failed. 10 s to 1 h, default 5 min.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The rules that are broken, each naming the option and its value.</summary>
    public IEnumerable<string> Validate()
    {
        if (Retention < TimeSpan.FromMinutes(1) || Retention > TimeSpan.FromDays(30))
            yield return $"{Section}:{nameof(Retention)} is {Retention}; it must be from 1 minute to 30 days.";

        if (MaximumKeysPerAccount is < 1 or > 1_000_000)
            yield return $"{Section}:{nameof(MaximumKeysPerAccount)} is {MaximumKeysPerAccount}; it must be from 1 to 1000000.";

        if (Lease < TimeSpan.FromSeconds(10) || Lease > TimeSpan.FromHours(1))
            yield return $"{Section}:{nameof(Lease)} is {Lease}; it must be from 10 seconds to 1 hour.";
    }
}
