using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Actors.Domain.Scheduling;

/// <summary>
/// A cron expression of five fields: minute, hour, day of month, month, day of week; or <c>@hourly</c>, <c>@daily</c>,
/// <c>@midnight</c>, <c>@weekly</c>, <c>@monthly</c>, <c>@yearly</c>, <c>@annually</c>. Fields take values, names, ranges,
/// steps and lists. Where neither day field begins with <c>*</c>, a day that fits one of them is enough.
/// </summary>
/// <remarks>
/// Where clocks change, in the schedule's time zone:
/// <list type="bullet">
/// <item>A time that does not exist (clocks go forward over it) comes due when the clocks have gone forward, once however
/// many such times there are.</item>
/// <item>A time that there is twice (clocks go back) comes due the first time only.</item>
/// <item>Where the hour field begins with <c>*</c>, the schedule follows the passing of time instead: nothing is made up
/// for, and both of two equal hours count.</item>
/// </list>
/// </remarks>
public sealed class CronSchedule
{
    public const int MaximumLength = 200;

    /// <summary>The days of a leap year and its weekdays come round within 28 years, or 40 across a century that has none.</summary>
    private const int HorizonYears = 41;

    private static readonly FrozenDictionary<string, string> Shorthands = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["@hourly"] = "0 * * * *",
        ["@daily"] = "0 0 * * *",
        ["@midnight"] = "0 0 * * *",
        ["@weekly"] = "0 0 * * 0",
        ["@monthly"] = "0 0 1 * *",
        ["@yearly"] = "0 0 1 1 *",
        ["@annually"] = "0 0 1 1 *",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private readonly CronField _minutes;
    private readonly CronField _hours;
    private readonly CronField _days;
    private readonly CronField _months;
    private readonly CronField _weekdays;

    private CronSchedule(CronField minutes, CronField hours, CronField days, CronField months, CronField weekdays) =>
        (_minutes, _hours, _days, _months, _weekdays) = (minutes, hours, days, months, weekdays);

    /// <param name="problem">What is wrong and with which field, for people.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CronSchedule? schedule, [NotNullWhen(false)] out string? problem)
    {
        schedule = null;
        if (text is null || text.Length > MaximumLength)
        {
            problem = $"must be a cron expression of at most {MaximumLength} characters";
            return false;
        }

        var fields = (Shorthands.GetValueOrDefault(text.Trim()) ?? text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 5)
        {
            problem = "must have five fields (minute, hour, day of month, month, day of week), or be one of @hourly, @daily, @weekly, @monthly, @yearly";
            return false;
        }

        if (!CronFieldRules.Minutes.TryParse(fields[0], out var minutes, out problem)
            || !CronFieldRules.Hours.TryParse(fields[1], out var hours, out problem)
            || !CronFieldRules.Days.TryParse(fields[2], out var days, out problem)
            || !CronFieldRules.Months.TryParse(fields[3], out var months, out problem)
            || !CronFieldRules.Weekdays.TryParse(fields[4], out var weekdays, out problem))
        {
            return false;
        }

        schedule = new CronSchedule(minutes, hours, days, months, weekdays);
        if (schedule.Next(DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc) is null)
        {
            schedule = null;
            problem = "never comes due: no such day";
            return false;
        }

        problem = null;
        return true;
    }

    /// <summary>The first time that comes due after a moment; null when there is none in sight.</summary>
    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(after, zone).DateTime;
        var day = DateOnly.FromDateTime(local);
        var end = day.Year + HorizonYears > DateOnly.MaxValue.Year ? DateOnly.MaxValue.AddDays(-3) : day.AddYears(HorizonYears);
        for (; day < end; day = day.AddDays(1))
        {
            if (!Matches(day.AddDays(-1)) && !Matches(day) && !Matches(day.AddDays(1)))
                continue;

            var due = IsSteady(day, zone, out var offset) ? NextSteady(day, local, offset) : NextAround(day, after, zone);
            if (due is not null)
                return due;
        }

        return null;
    }

    /// <summary>Whether a local time is one of the schedule's, whatever the clocks do.</summary>
    internal bool Matches(DateTime local) => Matches(DateOnly.FromDateTime(local)) && _hours.Contains(local.Hour) && _minutes.Contains(local.Minute);

    internal bool FollowsTime => _hours.IsWild;

    private bool Matches(DateOnly day)
    {
        if (!_months.Contains(day.Month))
            return false;

        var (ofMonth, ofWeek) = (_days.Contains(day.Day), _weekdays.Contains((int)day.DayOfWeek));
        return _days.IsWild || _weekdays.IsWild ? ofMonth && ofWeek : ofMonth || ofWeek;
    }

    /// <summary>Whether the clocks change neither on a day nor next to it.</summary>
    private static bool IsSteady(DateOnly day, TimeZoneInfo zone, out TimeSpan offset)
    {
        var noon = day.ToDateTime(new TimeOnly(12, 0), DateTimeKind.Utc);
        offset = zone.GetUtcOffset(noon);
        return !zone.SupportsDaylightSavingTime && zone.GetAdjustmentRules().Length == 0
            || (zone.GetUtcOffset(noon.AddDays(-2)) == offset && zone.GetUtcOffset(noon.AddDays(2)) == offset);
    }

    private DateTimeOffset? NextSteady(DateOnly day, DateTime after, TimeSpan offset)
    {
        if (!Matches(day))
            return null;

        var from = TimeOnly.MinValue;
        if (DateOnly.FromDateTime(after) == day)
        {
            if (after.TimeOfDay >= new TimeSpan(23, 59, 0))
                return null;

            from = TimeOnly.FromDateTime(after).AddMinutes(1);
        }

        var hour = _hours.First(from.Hour);
        if (hour < 0)
            return null;

        var minute = _minutes.First(hour == from.Hour ? from.Minute : 0);
        if (minute < 0)
        {
            hour = _hours.First(hour + 1);
            minute = _minutes.First(0);
        }

        return hour < 0 ? null : new DateTimeOffset(day.ToDateTime(new TimeOnly(hour, minute)), offset).ToUniversalTime();
    }

    /// <summary>All times of the day and its neighbours, each as the clocks then show it: only where clocks change.</summary>
    private DateTimeOffset? NextAround(DateOnly day, DateTimeOffset after, TimeZoneInfo zone)
    {
        DateTimeOffset? next = null;
        for (var near = day.AddDays(-1); near <= day.AddDays(1); near = near.AddDays(1))
        {
            if (!Matches(near))
                continue;

            for (var hour = _hours.First(0); hour >= 0; hour = _hours.First(hour + 1))
            {
                for (var minute = _minutes.First(0); minute >= 0; minute = _minutes.First(minute + 1))
                {
                    foreach (var due in Moments(near.ToDateTime(new TimeOnly(hour, minute)), zone))
                    {
                        if (due > after && (next is null || due < next))
                            next = due;
                    }
                }
            }
        }

        return next;
    }

    /// <summary>When a local time comes due: once as a rule, never or twice for those that follow the passing of time.</summary>
    private IEnumerable<DateTimeOffset> Moments(DateTime local, TimeZoneInfo zone)
    {
        if (zone.IsInvalidTime(local))
        {
            if (FollowsTime)
                yield break;

            while (zone.IsInvalidTime(local))
                local = local.AddMinutes(1);
        }

        if (!zone.IsAmbiguousTime(local))
        {
            yield return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
            yield break;
        }

        // The greater offset is the one before the clocks go back.
        var offsets = zone.GetAmbiguousTimeOffsets(local);
        yield return new DateTimeOffset(local, offsets.Max()).ToUniversalTime();
        if (FollowsTime)
            yield return new DateTimeOffset(local, offsets.Min()).ToUniversalTime();
    }
}
