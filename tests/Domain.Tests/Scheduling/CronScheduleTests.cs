using System.Globalization;
using Actors.Domain.Scheduling;
using FsCheck;
using FsCheck.Fluent;

namespace Actors.Domain.Tests.Scheduling;

public sealed class CronScheduleTests
{
    [Theory]
    [InlineData("* * * * *", "2026-01-01T00:00:00Z", "2026-01-01T00:01:00Z")]
    [InlineData("* * * * *", "2026-01-01T00:00:30Z", "2026-01-01T00:01:00Z")]
    [InlineData("*/15 * * * *", "2026-01-01T00:46:00Z", "2026-01-01T01:00:00Z")]
    [InlineData("5/20 * * * *", "2026-01-01T00:26:00Z", "2026-01-01T00:45:00Z")]
    [InlineData("0 9 * * MON", "2026-01-01T00:00:00Z", "2026-01-05T09:00:00Z")]
    [InlineData("0 9 * * mon-fri", "2026-01-02T09:00:00Z", "2026-01-05T09:00:00Z")]
    [InlineData("0 0 * * 7", "2026-01-01T00:00:00Z", "2026-01-04T00:00:00Z")]
    [InlineData("0 0 13 * FRI", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z")]
    [InlineData("0 0 13 * *", "2026-01-02T00:00:00Z", "2026-01-13T00:00:00Z")]
    [InlineData("30 8-10,20 * JAN,dec *", "2026-01-01T10:30:00Z", "2026-01-01T20:30:00Z")]
    [InlineData("0 0 29 2 *", "2026-01-01T00:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("0 0 29 2 *", "2096-03-01T00:00:00Z", "2104-02-29T00:00:00Z")]
    [InlineData("59 23 31 12 *", "2026-12-31T23:59:00Z", "2027-12-31T23:59:00Z")]
    [InlineData("@daily", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z")]
    [InlineData("@weekly", "2026-01-01T00:00:00Z", "2026-01-04T00:00:00Z")]
    [InlineData("@MONTHLY", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z")]
    [InlineData("@yearly", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z")]
    [InlineData("  0   12  *  *  * ", "2026-01-01T00:00:00Z", "2026-01-01T12:00:00Z")]
    public void The_next_time_is_found(string expression, string after, string next) =>
        Assert.Equal(At(next), Parse(expression).Next(At(after), TimeZoneInfo.Utc));

    [Theory]
    // Berlin: forward at 02:00 on 29 March 2026, back at 03:00 on 25 October.
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("*/20 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z")]
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("30 * * * *", "Europe/Berlin", "2026-03-29T00:00:00Z", "2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z")]
    [InlineData("30 * * * *", "Europe/Berlin", "2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z")]
    [InlineData("0 3 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z", "2026-03-30T01:00:00Z")]
    [InlineData("0 9 * * *", "America/New_York", "2026-03-07T20:00:00Z", "2026-03-08T13:00:00Z", "2026-03-09T13:00:00Z")]
    // Lord Howe changes by half an hour.
    [InlineData("15 2 * * *", "Australia/Lord_Howe", "2026-10-03T00:00:00Z", "2026-10-03T15:30:00Z", "2026-10-04T15:15:00Z")]
    public void Where_clocks_change_times_come_due_as_defined(string expression, string zone, string after, string first, string second)
    {
        var (schedule, timeZone) = (Parse(expression), TimeZoneInfo.FindSystemTimeZoneById(zone));
        Assert.Equal(At(first), schedule.Next(At(after), timeZone));
        Assert.Equal(At(second), schedule.Next(At(first), timeZone));
    }

    [Theory]
    [InlineData("", "five fields")]
    [InlineData("* * * *", "five fields")]
    [InlineData("* * * * * *", "five fields")]
    [InlineData("@often", "five fields")]
    [InlineData("60 * * * *", "minute: '60'")]
    [InlineData("* 24 * * *", "hour: '24'")]
    [InlineData("* * 0 * *", "day of month: '0'")]
    [InlineData("* * * 13 *", "month: '13'")]
    [InlineData("* * * * 8", "day of week: '8'")]
    [InlineData("* * * FOO *", "month: 'FOO'")]
    [InlineData("5-1 * * * *", "backwards")]
    [InlineData("*/0 * * * *", "step")]
    [InlineData("*/60 * * * *", "step")]
    [InlineData("1,,2 * * * *", "minute: ''")]
    [InlineData("-1 * * * *", "minute: '-1'")]
    [InlineData("+1 * * * *", "minute: '+1'")]
    [InlineData("001 * * * *", "minute: '001'")]
    [InlineData("0 0 30 2 *", "never")]
    [InlineData("0 0 31 4,6,9,11 *", "never")]
    public void What_is_no_schedule_is_refused_with_the_field(string expression, string problem)
    {
        Assert.False(CronSchedule.TryParse(expression, out _, out var said));
        Assert.Contains(problem, said, StringComparison.Ordinal);
    }

    /// <summary>Each minute is looked at: what it shows on the clock, and what the clocks left out right before it.</summary>
    [Fact]
    public void The_next_time_is_the_one_that_counting_minutes_finds() => Prop.ForAll(Cases().ToArbitrary(), example =>
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(example.Zone);
        if (!CronSchedule.TryParse(example.Expression, out var schedule, out _))
            return;

        var found = schedule.Next(example.After, zone);
        var counted = Count(schedule, example.After, zone, TimeSpan.FromDays(4));
        if (counted is not null || found < example.After.AddDays(3))
            Assert.True(counted == found, $"'{example.Expression}' in {example.Zone} after {example.After:u}: {found:u} instead of {counted:u}");
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    private static DateTimeOffset? Count(CronSchedule schedule, DateTimeOffset after, TimeZoneInfo zone, TimeSpan span)
    {
        var minute = new DateTimeOffset(after.UtcTicks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero);
        var before = TimeZoneInfo.ConvertTime(minute, zone).DateTime;
        for (var end = minute + span; minute < end;)
        {
            minute = minute.AddMinutes(1);
            var local = TimeZoneInfo.ConvertTime(minute, zone).DateTime;
            var isFirst = !zone.IsAmbiguousTime(local) || zone.GetUtcOffset(minute) == zone.GetAmbiguousTimeOffsets(local).Max();
            var due = schedule.Matches(local) && (schedule.FollowsTime || isFirst);
            for (var skipped = before.AddMinutes(1); skipped < local && !schedule.FollowsTime; skipped = skipped.AddMinutes(1))
                due |= schedule.Matches(skipped);

            if (due && minute > after)
                return minute;

            before = local;
        }

        return null;
    }

    private static Gen<(string Expression, string Zone, DateTimeOffset After)> Cases()
    {
        string[] zones = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/St_Johns", "Asia/Kolkata", "Africa/Casablanca", "America/Havana"];
        string[] changes = ["2026-03-08T06:00:00Z", "2026-03-29T00:00:00Z", "2026-10-25T00:00:00Z", "2026-11-01T04:00:00Z", "2026-04-04T14:00:00Z", "2026-10-03T15:00:00Z", "2026-02-28T12:00:00Z", "2010-11-07T02:00:00Z"];
        return from minutes in Field(0, 59)
               from hours in Gen.OneOf(Field(0, 23), Field(0, 4))
               from days in Gen.OneOf(Gen.Constant("*"), Field(1, 31))
               from weekdays in Gen.OneOf(Gen.Constant("*"), Field(0, 7))
               from zone in Gen.Elements(zones)
               from near in Gen.Elements(changes)
               from seconds in Gen.Choose(-200_000, 100_000)
               select ($"{minutes} {hours} {days} * {weekdays}", zone, At(near).AddSeconds(seconds));
    }

    private static Gen<string> Field(int minimum, int maximum)
    {
        var range = from one in Gen.Choose(minimum, maximum)
                    from other in Gen.Choose(minimum, maximum)
                    from step in Gen.Choose(1, Math.Min(7, maximum))
                    select string.Create(CultureInfo.InvariantCulture, $"{Math.Min(one, other)}-{Math.Max(one, other)}/{step}");
        var value = Gen.Choose(minimum, maximum).Select(number => number.ToString(CultureInfo.InvariantCulture));
        return Gen.OneOf(
            Gen.Constant("*"),
            Gen.Choose(1, Math.Min(20, maximum)).Select(step => string.Create(CultureInfo.InvariantCulture, $"*/{step}")),
            value,
            range,
            from one in value from other in range select $"{one},{other}");
    }

    private static CronSchedule Parse(string expression) =>
        CronSchedule.TryParse(expression, out var schedule, out var problem) ? schedule : throw new ArgumentException(problem, nameof(expression));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
