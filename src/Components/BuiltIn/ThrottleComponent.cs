using System.Runtime.CompilerServices;
using Actors.Components.Reading;
using Actors.Domain.Components;

namespace Actors.Components.BuiltIn;

/// <summary>Lets so many tokens through in a second, evenly, and up to <c>burst</c> at once after a quiet time.</summary>
/// <remarks>
/// A token bucket, kept as the time at which it would be full again (the generic cell rate algorithm of ITU-T I.371): one
/// number is all its state. Timers are coarse, so rates above a hundred a second wait for several tokens together; the
/// rate over time is exact all the same.
/// </remarks>
internal sealed class ThrottleComponent : IComponent
{
    private static readonly TimeSpan Coarse = TimeSpan.FromMilliseconds(10);

    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("throttle");

    public IProcess Create(ProcessSettings settings)
    {
        var interval = TimeSpan.FromSeconds(1 / settings.RequiredNumber("perSecond"));
        return new Process(interval, interval * ((settings.Whole("burst") ?? 1) - 1));
    }

    private sealed class Process(TimeSpan interval, TimeSpan burst) : IAsyncProcess
    {
        private const string Full = "full";

        private readonly TimeSpan _tolerance = interval < Coarse ? Coarse : TimeSpan.Zero;

        public async IAsyncEnumerable<Output> Execute(
            IFiring firing, IExecutionContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var token = firing[0]!;
            var now = firing.Now.UtcTicks;
            var full = Math.Max(now, firing.State[Full] is { } kept ? kept.Json.GetInt64() : now);
            firing.State[Full] = Token.Of(full + interval.Ticks);
            var ahead = TimeSpan.FromTicks(full - now) - burst;
            if (ahead > _tolerance)
            {
                await context.DelayAsync(ahead - (_tolerance / 2));
            }

            yield return token;
        }
    }
}
