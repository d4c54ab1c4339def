using Actors.Domain.Components;

namespace Actors.Components.BuiltIn;

/// <summary>Ends the run as failed.</summary>
internal sealed class FailComponent : IComponent
{
    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("fail");

    public IProcess Create(ProcessSettings settings) => new Process(settings.Text("message") ?? "The design failed the run.");

    private sealed class Process(string message) : ISyncProcess
    {
        public void Fire(ISyncFiring firing) => throw new ComponentException("run_failed", message, retryable: false);
    }
}
