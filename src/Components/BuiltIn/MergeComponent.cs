using Actors.Domain.Components;

namespace Actors.Components.BuiltIn;

/// <summary>Passes on each token as it comes. Which connection is next is the network's fair choice.</summary>
internal sealed class MergeComponent : IComponent
{
    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("merge");

    public IProcess Create(ProcessSettings settings) => new Process();

    private sealed class Process : ISyncProcess
    {
        public void Fire(ISyncFiring firing) => firing.Emit(firing[0]!);
    }
}
