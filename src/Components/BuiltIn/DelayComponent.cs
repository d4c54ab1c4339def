using System.Runtime.CompilerServices;
using Actors.Domain.Components;

namespace Actors.Components.BuiltIn;

/// <summary>Keeps each token for a while; several at once, in their order.</summary>
internal sealed class DelayComponent : IComponent
{
    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("delay");

    public IProcess Create(ProcessSettings settings) => new Process(TimeSpan.FromMilliseconds(settings.RequiredNumber("milliseconds")));

    private sealed class Process(TimeSpan delay) : IAsyncProcess
    {
        public async IAsyncEnumerable<Output> Execute(
            IFiring firing, IExecutionContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var token = firing[0]!;
            await context.DelayAsync(delay);
            yield return token;
        }
    }
}
