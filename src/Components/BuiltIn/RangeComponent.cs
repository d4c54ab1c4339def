using Actors.Domain.Components;

namespace Actors.Components.BuiltIn;

/// <summary>Numbers from one bound to the other. The n-th is computed from n, so that steps like 0.1 do not add up their error.</summary>
internal sealed class RangeComponent : IComponent
{
    private const int Piece = 64;
    private const string Position = "position";

    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("range");

    public IProcess Create(ProcessSettings settings)
    {
        var step = settings.Number("step") ?? 1;
        return step == 0
            ? throw new ComponentException(ErrorCodes.PropertyInvalid, "props.step: must not be 0", retryable: false)
            : new Process(settings.Number("from") ?? 0, settings.RequiredNumber("to"), step);
    }

    private sealed class Process(double from, double to, double step) : ISyncProcess
    {
        private readonly double _count = Math.Floor(((to - from) / step) + 1e-9) + 1;

        public void Fire(ISyncFiring firing)
        {
            var begin = firing.State[Position] is { } position ? position.Json.GetInt64() : 0;
            var end = (long)Math.Min(_count, begin + Piece);
            for (var n = begin; n < end; n++)
            {
                firing.Emit(Token.Of(from + (n * step)));
            }

            if (end < _count)
            {
                firing.State[Position] = Token.Of(end);
                firing.Again();
            }
        }
    }
}
