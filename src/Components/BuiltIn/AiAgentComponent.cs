using System.Runtime.CompilerServices;
using System.Text.Json;
using Actors.Components.Models;
using Actors.Components.Reading;
using Actors.Components.Services;
using Actors.Domain.Agents;
using Actors.Domain.Components;
using Actors.Domain.Expressions;

namespace Actors.Components.BuiltIn;

/// <summary>
/// The answer of an agent to each token: a model is asked with the agent's prompt, the task, and the input as data. The
/// answer is recorded, so that it is asked for once however often the firing is started.
/// </summary>
internal sealed class AiAgentComponent : IComponent
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(5);

    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("ai.agent");

    public IProcess Create(ProcessSettings settings)
    {
        var name = settings.RequiredText("agent");
        var agent = BuiltInAgents.Find(name) ?? throw new ComponentException(
            ErrorCodes.AgentUnknown,
            $"props.agent: there is no agent '{name}'; there are {string.Join(", ", BuiltInAgents.All.Select(known => known.Name))}",
            retryable: false);
        var input = settings.Find("input");
        return new Process(
            agent,
            new ModelQuestions(settings, agent),
            settings.Template("task") ?? settings.Template("prompt"),
            input is { ValueKind: JsonValueKind.String } text ? PropertyReading.ParseTemplate(text.GetString()!, "input") : null,
            input is { } value ? Token.Of(value) : null,
            settings.Milliseconds("timeoutMilliseconds") ?? DefaultTimeout);
    }

    private sealed class Process(
        AgentDefinition agent, ModelQuestions questions, Template? task, Template? inputTemplate, Token? input, TimeSpan timeout) : IAsyncProcess
    {
        public async IAsyncEnumerable<Output> Execute(
            IFiring firing, IExecutionContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var token = firing[0]!;
            var text = inputTemplate?.Of(token) ?? (input ?? token).ToText();
            var prompt = new TaskPrompt("agent", TaskSettings.Of(("Agent", agent.Name), ("What to do", task?.Of(token))), text);
            yield return Token.Of((await questions.AskAsync(context, agent.System, prompt.Write(), timeout: timeout)).Text);
        }
    }
}
