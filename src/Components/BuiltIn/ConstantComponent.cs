using Actors.Domain.Components;

namespace Actors.Components.BuiltIn;

/// <summary>One token, always the same.</summary>
internal sealed class ConstantComponent : IComponent
{
    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("constant");

    public IProcess Create(ProcessSettings settings) => new Process(settings.Find("value") is { } value ? Token.Of(value) : Token.Null);

    private sealed class Process(Token value) : ISyncProcess
    {
        public void Fire(ISyncFiring firing) => firing.Emit(value);
    }
}
