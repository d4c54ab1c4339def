using Actors.Domain.Components;

namespace Actors.Components.BuiltIn;

/// <summary>Makes its tokens an output of the run.</summary>
internal sealed class OutputComponent : IComponent
{
    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("output");

    public IProcess Create(ProcessSettings settings) => new Process(settings.RequiredText("name"));

    private sealed class Process(string name) : ISyncProcess
    {
        public void Fire(ISyncFiring firing) => firing.Publish(name, firing[0]!);
    }
}
