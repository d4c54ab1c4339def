using Actors.Components.Reading;
using Actors.Domain.Components;
using Actors.Domain.Expressions;

namespace Actors.Components.BuiltIn;

/// <summary>The entries of a list, one by one; long lists in pieces.</summary>
internal sealed class SplitComponent : IComponent
{
    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("split");

    public IProcess Create(ProcessSettings settings) => new Process(settings.Expression("path"));

    private sealed class Process(Expression? path) : ISyncProcess
    {
        private readonly Pieces _pieces = new(token => (path is null ? token : path.Of(token).ToToken()).RequiredList());

        public void Fire(ISyncFiring firing) => _pieces.Emit(firing, firing[0]!);
    }
}
