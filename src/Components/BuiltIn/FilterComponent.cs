using Actors.Components.Reading;
using Actors.Domain.Components;
using Actors.Domain.Expressions;

namespace Actors.Components.BuiltIn;

/// <summary>Lets the tokens through that meet a condition; the others leave by <c>rejected</c>.</summary>
internal sealed class FilterComponent : IComponent
{
    private const int Out = 0;
    private const int Rejected = 1;

    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("filter");

    public IProcess Create(ProcessSettings settings) => new Process(settings.RequiredExpression("condition"));

    private sealed class Process(Expression condition) : ISyncProcess
    {
        public void Fire(ISyncFiring firing) => firing.Emit(condition.Of(firing[0]!).IsTruthy ? Out : Rejected, firing[0]!);
    }
}
