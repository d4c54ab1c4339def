using Actors.Components.Reading;
using Actors.Domain.Components;

namespace Actors.Components.BuiltIn;

/// <summary>The request that started the run. A run that was started otherwise has none, and nothing is emitted.</summary>
internal sealed class WebhookComponent : IComponent
{
    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("webhook");

    public IProcess Create(ProcessSettings settings) => new Process(TriggerTokens.Find(settings) ?? []);

    private sealed class Process(IReadOnlyList<Token> requests) : ISyncProcess
    {
        public void Fire(ISyncFiring firing)
        {
            foreach (var request in requests)
            {
                firing.Emit(request);
            }
        }
    }
}
