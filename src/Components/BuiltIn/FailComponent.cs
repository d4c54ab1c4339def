using Actors.Components.Reading;
using Actors.Domain.Components;
using Actors.Domain.Expressions;

namespace Actors.Components.BuiltIn;

/// <summary>Ends the run as failed.</summary>
internal sealed class FailComponent : IComponent
{
    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("fail");

    public IProcess Create(ProcessSettings settings) => new Process(settings.Template("message"));

    private sealed class Process(Template? message) : ISyncProcess
    {
        public void Fire(ISyncFiring firing) => 
            throw new ComponentException(ErrorCodes.RunFailed, message?.Of(firing[0]!) ?? "The design failed the run.", retryable: false);
    }
}
