using Actors.Domain.Notifications;

namespace Actors.Grains.Notifications;

/// <summary>Section <c>Notifications</c>.</summary>
public sealed class NotificationOptions
{
    public const string Section = "Notifications";

    /// <summary>Notifications that an account's inbox keeps. One more drops the oldest that was read; only when none was, the oldest, and the inbox says so. Default 500.</summary>
    public int MaximumKept { get; set; } = 500;

    /// <summary>How long a notification is kept after it was read. Default 30 days.</summary>
    public TimeSpan ReadRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Changes of an inbox up to which somebody who comes back is told what changed; beyond, they are sent the whole inbox. Default 1000.</summary>
    public int MaximumResume { get; set; } = 1_000;

    /// <summary>Accounts that a notification to everyone reaches in one step. Default 100.</summary>
    public int BroadcastPage { get; set; } = 100;

    internal InboxRules ToRules() => new(MaximumKept, ReadRetention);

    /// <summary>The rules that are broken, each naming the option and its value.</summary>
    public IEnumerable<string> Validate()
    {
        if (MaximumKept is < 1 or > 2_000)
            yield return $"{Section}:{nameof(MaximumKept)} is {MaximumKept}; it must be from 1 to 2000.";

        if (ReadRetention < TimeSpan.FromMinutes(1) || ReadRetention > TimeSpan.FromDays(3650))
            yield return $"{Section}:{nameof(ReadRetention)} is {ReadRetention}; it must be from 1 minute to 3650 days.";

        if (MaximumResume is < 0 or > 100_000)
            yield return $"{Section}:{nameof(MaximumResume)} is {MaximumResume}; it must be from 0 to 100000.";

        if (BroadcastPage is < 1 or > 500)
            yield return $"{Section}:{nameof(BroadcastPage)} is {BroadcastPage}; it must be from 1 to 500.";
    }
}
