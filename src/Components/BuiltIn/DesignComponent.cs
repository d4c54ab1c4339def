using System.Runtime.CompilerServices;
using System.Text.Json;
using Actors.Components.Reading;
using Actors.Components.Services;
using Actors.Domain.Components;

namespace Actors.Components.BuiltIn;

/// <summary>Runs another design for each token and waits for its end.</summary>
internal sealed class DesignComponent : IComponent
{
    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("design");

    public IProcess Create(ProcessSettings settings) => new Process(
        settings.RequiredText("designId"),
        (long?)settings.Number("revision"),
        settings.Text("input") ?? "input",
        settings.Text("output"),
        settings.Milliseconds("timeoutMilliseconds"));

    private sealed class Process(string designId, long? revision, string input, string? output, TimeSpan? timeout) : IAsyncProcess
    {
        public async IAsyncEnumerable<Output> Execute(
            IFiring firing, IExecutionContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var inputs = new Dictionary<string, IReadOnlyList<Token>>(StringComparer.Ordinal) { [input] = [firing[0]!] };
            var question = new OutsideQuestion("run", Token.Write(WriteDetails), timeout);
            var answer = await context.WaitAsync(
                question, (wait, cancelled) => context.Service<IRunStarter>().StartRunAsync(wait, designId, revision, inputs, cancelled));
            var outputs = OutsideAnswers.Result(answer, "outputs", ErrorCodes.SubRunFailed, "The run of the design");
            if (output is null)
            {
                yield return Token.Of(outputs);
            }
            else if (outputs.ValueKind == JsonValueKind.Object && outputs.TryGetProperty(output, out var tokens) && tokens.ValueKind == JsonValueKind.Array)
            {
                foreach (var token in tokens.EnumerateArray())
                {
                    yield return Token.Of(token);
                }
            }
        }

        private void WriteDetails(Utf8JsonWriter writer)
        {
            writer.WriteStartObject();
            writer.WriteString("designId", designId);
            if (revision is { } number)
            {
                writer.WriteNumber("revision", number);
            }

            writer.WriteEndObject();
        }
    }
}
