using Actors.Domain.Components;

namespace Actors.Components.BuiltIn;

/// <summary>All tokens as one list, once the input has closed.</summary>
internal sealed class CollectComponent : IComponent
{
    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("collect");

    public IProcess Create(ProcessSettings settings) => new Process((int)(settings.Number("limit") ?? int.MaxValue));

    private sealed class Process(int limit) : ISyncProcess
    {
        public void Fire(ISyncFiring firing)
        {
            var tokens = firing.All(0);
            firing.Emit(Token.List(tokens[..Math.Min(tokens.Length, limit)].ToArray()));
        }
    }
}
