using System.Text.Json;
using Actors.Components.Reading;
using Actors.Domain.Components;
using Actors.Domain.Scheduling;

namespace Actors.Components.BuiltIn;

/// <summary>
/// The time at which a schedule started the run, as <c>{"time", "number"}</c>. A run that was started otherwise ticks itself,
/// <c>count</c> times or until it is cancelled: with <c>everyMilliseconds</c> at once and then in this interval, with a cron
/// expression whenever that comes due.
/// </summary>
internal sealed class ScheduleComponent : IComponent
{
    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("schedule");

    public IProcess Create(ProcessSettings settings)
    {
        var interval = settings.Milliseconds("everyMilliseconds");
        if (settings.Text("cron") is null == interval is null)
        {
            throw PropertyReading.Invalid("cron", "needs either cron or everyMilliseconds");
        }

        var cron = interval is null ? CronOf(settings) : null;
        return TriggerTokens.Find(settings) is { } tokens ? new Triggered(tokens)
            : cron is null ? new Ticking(interval!.Value, settings.Whole("count"))
            : new Due(cron, settings.Whole("count"));
    }

    private static Recurrence CronOf(ProcessSettings settings)
    {
        var recurrence = new Recurrence(settings.Text("cron"), TimeZone: settings.Text("timeZone"));
        return recurrence.Check("props")?.Errors?.Single() is { } broken
            ? throw PropertyReading.Invalid(broken.Key["props.".Length..], broken.Value[0])
            : recurrence;
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
    private sealed class Ticking(TimeSpan interval, int? count) : ISyncProcess
    {
        private const string Started = "started";

        public void Fire(ISyncFiring firing)
        {
            var state = firing.State;
            var started = state[Started] is { } first ? new DateTimeOffset(first.Json.GetInt64(), TimeSpan.Zero) : firing.Now;
            state[Started] ??= Token.Of(started.UtcTicks);
            if (!(EmitTick(firing, firing.Now) >= count))
            {
                var passed = (firing.Now - started).Ticks;
                firing.WakeAfter(TimeSpan.FromTicks(interval.Ticks - (passed % interval.Ticks)));
            }
        }
    }

    /// <remarks>Times that passed while the run could not fire are one tick: the one that it waited for.</remarks>
    private sealed class Due(Recurrence schedule, int? count) : ISyncProcess
    {
        private const string Awaited = "due";

        public void Fire(ISyncFiring firing)
        {
            var awaited = firing.State[Awaited] is { } kept ? new DateTimeOffset(kept.Json.GetInt64(), TimeSpan.Zero) : (DateTimeOffset?)null;
            if (awaited <= firing.Now && EmitTick(firing, awaited.Value) >= count)
            {
                return;
            }

            if ((awaited > firing.Now ? awaited : schedule.Next(firing.Now, firing.Now)) is { } next)
            {
                firing.State[Awaited] = Token.Of(next.UtcTicks);
                firing.WakeAfter(next - firing.Now);
            }
        }
    }

    /// <returns>How many ticks there were with this one.</returns>
    private static long EmitTick(ISyncFiring firing, DateTimeOffset time)
    {
        const string Emitted = "emitted";
        var number = (firing.State[Emitted] is { } kept ? kept.Json.GetInt64() : 0) + 1;
        firing.State[Emitted] = Token.Of(number);
        firing.Emit(Token.Write(writer => Write(writer, time, number)));
        return number;
    }

    private static void Write(Utf8JsonWriter writer, DateTimeOffset time, long number)
    {
        writer.WriteStartObject();
        writer.WriteString("time", time.UtcDateTime);
        writer.WriteNumber("number", number);
        writer.WriteEndObject();
    }
}
