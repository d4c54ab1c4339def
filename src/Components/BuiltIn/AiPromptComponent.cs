using System.Runtime.CompilerServices;
using Actors.Components.Models;
using Actors.Components.Reading;
using Actors.Domain.Components;
using Actors.Domain.Expressions;

namespace Actors.Components.BuiltIn;

/// <summary>A model's answer to a prompt.</summary>
internal sealed class AiPromptComponent : IComponent
{
    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("ai.prompt");

    public IProcess Create(ProcessSettings settings) => new Process(new ModelQuestions(settings), settings.RequiredTemplate("prompt"));

    private sealed class Process(ModelQuestions questions, Template prompt) : IAsyncProcess
    {
        public async IAsyncEnumerable<Output> Execute(
            IFiring firing, IExecutionContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            yield return Token.Of((await questions.AskAsync(context, null, prompt.Of(firing[0]!))).Text);
        }
    }
}
