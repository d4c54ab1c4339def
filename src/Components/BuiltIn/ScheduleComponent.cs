using System.Text.Json;
using Actors.Components.Reading;
using Actors.Domain.Components;

namespace Actors.Components.BuiltIn;

/// <summary>
/// The time at which the schedule started the run, as <c>{"time", "number"}</c>. With <c>everyMilliseconds</c> a run that was
/// started by hand ticks itself: at once and then in this interval, <c>count</c> times or until it is cancelled. With a cron
/// expression it ticks once.
/// </summary>
internal sealed class ScheduleComponent : IComponent
{
    private const int CronFieldsLeast = 5;
    private const int CronFieldsMost = 7;

    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("schedule");

    public IProcess Create(ProcessSettings settings)
    {
        var cron = settings.Text("cron");
        var interval = settings.Milliseconds("everyMilliseconds");
        if (cron is null == interval is null)
        {
            throw PropertyReading.Invalid("cron", "needs either cron or everyMilliseconds");
        }

        if (cron is not null && cron.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length is < CronFieldsLeast or > CronFieldsMost)
        {
            throw PropertyReading.Invalid("cron", $"must have {CronFieldsLeast} to {CronFieldsMost} fields");
        }

        if (settings.Text("timeZone") is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            throw PropertyReading.Invalid("timeZone", $"there is no time zone '{zone}'");
        }

        return TriggerTokens.Find(settings) is { } tokens
            ? new Triggered(tokens)
            : new Ticking(interval, interval is null ? 1 : settings.Whole("count"));
    }

    private sealed class Triggered(IReadOnlyList<Token> tokens) : ISyncProcess
    {
        public void Fire(ISyncFiring firing)
        {
            foreach (var token in tokens)
            {
                firing.Emit(token);
            }
        }
    }

    /// <remarks>Ticks are counted from the first one, so that late timers do not add up. What was missed is not made up for.</remarks>
    private sealed class Ticking(TimeSpan? interval, int? count) : ISyncProcess
    {
        private const string Started = "started";
        private const string Emitted = "emitted";

        public void Fire(ISyncFiring firing)
        {
            var state = firing.State;
            var started = state[Started] is { } first ? new DateTimeOffset(first.Json.GetInt64(), TimeSpan.Zero) : firing.Now;
            state[Started] ??= Token.Of(started.UtcTicks);
            var number = (state[Emitted] is { } kept ? kept.Json.GetInt64() : 0) + 1;
            state[Emitted] = Token.Of(number);
            firing.Emit(Token.Write(writer => Write(writer, firing.Now, number)));
            if (interval is { } span && !(number >= count))
            {
                var passed = (firing.Now - started).Ticks;
                firing.WakeAfter(TimeSpan.FromTicks(span.Ticks - (passed % span.Ticks)));
            }
        }

        private static void Write(Utf8JsonWriter writer, DateTimeOffset time, long number)
        {
            writer.WriteStartObject();
            writer.WriteString("time", time.UtcDateTime);
            writer.WriteNumber("number", number);
            writer.WriteEndObject();
        }
    }
}
