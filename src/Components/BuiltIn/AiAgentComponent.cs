using System.Runtime.CompilerServices;
using System.Text.Json;
using Actors.Components.Models;
using Actors.Components.Reading;
using Actors.Components.Services;
using Actors.Domain.Components;
using Actors.Domain.Expressions;

namespace Actors.Components.BuiltIn;

/// <summary>
/// A job of an agent for each token. The job's input is <c>{"task"?, "input", "mode", "models"?, "budget"?}</c>; its result is
/// emitted when the job has completed.
/// </summary>
internal sealed class AiAgentComponent : IComponent
{
    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("ai.agent");

    public IProcess Create(ProcessSettings settings)
    {
        var input = settings.Find("input");
        return new Process(
            settings.RequiredText("agent"),
            settings.Template("task") ?? settings.Template("prompt"),
            input is { ValueKind: JsonValueKind.String } text ? PropertyReading.ParseTemplate(text.GetString()!, "input") : null,
            input is { } value ? Token.Of(value) : null,
            settings.Text("mode") ?? "propose",
            new ModelQuestions(settings).Models,
            settings.Number("budget"),
            settings.Milliseconds("timeoutMilliseconds"));
    }

    private sealed class Process(
        string agent, Template? task, Template? inputTemplate, Token? input, string mode, IReadOnlyList<string> models, double? budget, TimeSpan? timeout) : IAsyncProcess
    {
        public async IAsyncEnumerable<Output> Execute(
            IFiring firing, IExecutionContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var token = firing[0]!;
            var job = Token.Write(writer => WriteJob(writer, token));
            var answer = await context.WaitAsync(
                new OutsideQuestion("job", job, timeout),
                (wait, cancelled) => context.Service<IRunStarter>().StartJobAsync(wait, agent, job, cancelled),
                stub: Token.Write(WriteStub));
            yield return Token.Of(OutsideAnswers.Result(answer, "result", FailureCodes.JobFailed, $"The job of the agent '{agent}'"));
        }

        /// <summary>A dry run starts no job.</summary>
        private void WriteStub(Utf8JsonWriter writer)
        {
            writer.WriteStartObject();
            writer.WriteString("status", "completed");
            writer.WriteStartObject("result");
            writer.WriteBoolean("dryRun", true);
            writer.WriteString("agent", agent);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        private void WriteJob(Utf8JsonWriter writer, Token token)
        {
            writer.WriteStartObject();
            if (task is not null)
            {
                writer.WriteString("task", task.Of(token));
            }

            writer.WritePropertyName("input");
            writer.Raw(inputTemplate is not null ? Token.Of(inputTemplate.Of(token)) : input ?? token);
            writer.WriteString("mode", mode);
            if (models.Count > 0)
            {
                writer.WriteStartArray("models");
                foreach (var model in models)
                {
                    writer.WriteStringValue(model);
                }

                writer.WriteEndArray();
            }

            if (budget is { } most)
            {
                writer.WriteNumber("budget", most);
            }

            writer.WriteEndObject();
        }
    }
}
