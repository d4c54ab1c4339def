using Actors.Components.Reading;
using Actors.Domain.Components;

namespace Actors.Components.BuiltIn;

/// <summary>
/// Tokens in groups. By number: a group of <c>count</c> begins every <c>step</c> tokens (as many as <c>count</c> when absent, so
/// groups neither overlap nor leave gaps). By time: a group ends <c>milliseconds</c> after its first token. With both,
/// whichever comes first. At the end of the input what was in no group yet leaves as a last, shorter one.
/// </summary>
internal sealed class WindowComponent : IComponent
{
    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("window");

    public IProcess Create(ProcessSettings settings)
    {
        var count = settings.Whole("count");
        var step = settings.Whole("step");
        var time = settings.Milliseconds("milliseconds");
        if (count is null && time is null)
        {
            throw PropertyReading.Invalid("count", "needs count, milliseconds or both");
        }

        if (step is not null && (count is null || time is not null))
        {
            throw PropertyReading.Invalid("step", "goes with count alone");
        }

        return new Process(count ?? int.MaxValue, step ?? count ?? int.MaxValue, time);
    }

    /// <remarks>
    /// State: the tokens of the group (<c>t…</c>); how many of them an earlier group had (<c>seen</c>); how many tokens pass
    /// before the next group begins (<c>skip</c>); the numbers of its first and of the next token (<c>first</c>, <c>next</c>); when the group ends (<c>due</c>).
    /// </remarks>
    private sealed class Process(int count, int step, TimeSpan? time) : ISyncProcess
    {
        private const string Seen = "seen";
        private const string Skip = "skip";
        private const string Next = "next";
        private const string First = "first";
        private const string Due = "due";

        public void Fire(ISyncFiring firing)
        {
            if (firing.Trigger == FiringTrigger.Tokens)
            {
                Take(firing, firing[0]!);
            }
            else
            {
                Close(firing);
            }

            if (firing.State[Due] is { } due)
            {
                var left = new DateTimeOffset(due.Json.GetInt64(), TimeSpan.Zero) - firing.Now;
                firing.WakeAfter(left > TimeSpan.FromMilliseconds(1) ? left : TimeSpan.FromMilliseconds(1));
            }
        }

        private void Take(ISyncFiring firing, Token token)
        {
            var state = firing.State;
            if (Number(state, Skip) is > 0 and var skip)
            {
                Set(state, Skip, skip - 1);
                return;
            }

            if (time is { } span && state[Due] is null)
            {
                state[Due] = Token.Of((firing.Now + span).UtcTicks);
            }
            else if (state[Due] is { } due && due.Json.GetInt64() <= firing.Now.UtcTicks)
            {
                // The group's time was over before this token came, though its timer had no turn yet.
                Close(firing);
                state[Due] = Token.Of((firing.Now + time!.Value).UtcTicks);
            }

            var next = Number(state, Next);
            state[Name(next)] = token;
            Set(state, Next, next + 1);
            if (next + 1 - Number(state, First) >= count)
            {
                Slide(firing);
            }
        }

        private void Slide(ISyncFiring firing)
        {
            var state = firing.State;
            var held = Held(state);
            firing.Emit(Token.List([.. held.Select(entry => entry.Value)]));
            foreach (var (name, _) in held.Take(step))
            {
                state.Remove(name);
            }

            Set(state, First, Number(state, First) + Math.Min(step, count));
            Set(state, Seen, Math.Max(0, count - step));
            Set(state, Skip, Math.Max(0, step - count));
            state.Remove(Due);
        }

        /// <summary>The time is over, or the input: what no group had yet is one.</summary>
        private static void Close(ISyncFiring firing)
        {
            var held = Held(firing.State);
            if (held.Count > Number(firing.State, Seen))
            {
                firing.Emit(Token.List([.. held.Select(entry => entry.Value)]));
            }

            firing.State.Clear();
        }

        private static List<KeyValuePair<string, Token>> Held(IProcessState state) => [.. state.Entries.Where(entry => entry.Key[0] == 't')];

        private static string Name(long number) => $"t{number}";

        private static long Number(IProcessState state, string key) => state[key] is { } value ? value.Json.GetInt64() : 0;

        private static void Set(IProcessState state, string key, long value)
        {
            if (value == 0)
            {
                state.Remove(key);
            }
            else
            {
                state[key] = Token.Of(value);
            }
        }
    }
}
