using System.Diagnostics.CodeAnalysis;

namespace Actors.Domain.Scheduling;

/// <summary>When a schedule comes due: by a cron expression in a time zone, or every so many seconds.</summary>
/// <param name="Cron">See <see cref="CronSchedule"/>; null when <paramref name="EverySeconds"/> is given.</param>
/// <param name="EverySeconds">10 seconds to 366 days, counted from when the trigger was switched on.</param>
/// <param name="TimeZone">An IANA name; UTC when absent. For a cron expression only.</param>
public sealed record Recurrence(string? Cron = null, int? EverySeconds = null, string? TimeZone = null)
{
    public const int ShortestInterval = 10;
    public const int LongestInterval = 366 * 24 * 60 * 60;

    private const int MaximumTimeZoneLength = 100;

    /// <summary>The refusal of what is no schedule, naming the field below <paramref name="field"/>.</summary>
    public Refusal? Check(string field) => this switch
    {
        { Cron: null, EverySeconds: null } or { Cron: not null, EverySeconds: not null } => Refusal.Field(field, "give either cron or everySeconds"),
        { Cron: { } cron } when !CronSchedule.TryParse(cron, out _, out var problem) => Refusal.Field($"{field}.cron", problem),
        { EverySeconds: < ShortestInterval or > LongestInterval } => Refusal.Field($"{field}.everySeconds", $"must be from {ShortestInterval} to {LongestInterval}"),
        { EverySeconds: not null, TimeZone: not null } => Refusal.Field($"{field}.timeZone", "only a cron expression has a time zone"),
        { TimeZone: not null } when !TryZone(out _) => Refusal.Field($"{field}.timeZone", "must be the IANA name of a time zone, such as Europe/Berlin"),
        _ => null,
    };

    /// <summary>The first time that comes due after a moment; null when there is none (any more).</summary>
    /// <param name="anchor">From when intervals are counted.</param>
    public DateTimeOffset? Next(DateTimeOffset after, DateTimeOffset anchor)
    {
        if (EverySeconds is { } seconds)
        {
            var passed = after < anchor ? 0 : (after - anchor).Ticks / (seconds * TimeSpan.TicksPerSecond);
            return anchor.AddSeconds((passed + 1) * (double)seconds);
        }

        // Both were valid when they were set; a zone that the machine has lost since makes the schedule rest.
        return CronSchedule.TryParse(Cron, out var schedule, out _) && TryZone(out var zone) ? schedule.Next(after, zone) : null;
    }

    private bool TryZone([NotNullWhen(true)] out TimeZoneInfo? zone)
    {
        zone = TimeZoneInfo.Utc;
        return TimeZone is null
            || (TimeZone.Length <= MaximumTimeZoneLength && TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out zone) && zone.HasIanaId);
    }
}
