using Actors.Components.Reading;
using Actors.Domain.Components;

namespace Actors.Components.BuiltIn;

/// <summary>Text as a value.</summary>
internal sealed class JsonParseComponent : IComponent
{
    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("json.parse");

    public IProcess Create(ProcessSettings settings) => new Process();

    private sealed class Process : ISyncProcess
    {
        public void Fire(ISyncFiring firing) => firing.Emit(JsonText.Parse(firing[0]!.RequiredText()));
    }
}
