using Actors.Components.Reading;
using Actors.Domain.Components;
using Actors.Domain.Expressions;

namespace Actors.Components.BuiltIn;

/// <summary>Text from a token.</summary>
internal sealed class TemplateComponent : IComponent
{
    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("template");

    public IProcess Create(ProcessSettings settings) => new Process(settings.RequiredTemplate("template"));

    private sealed class Process(Template template) : ISyncProcess
    {
        public void Fire(ISyncFiring firing) => firing.Emit(Token.Of(template.Of(firing[0]!)));
    }
}
