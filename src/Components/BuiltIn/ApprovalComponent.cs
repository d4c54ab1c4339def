using System.Runtime.CompilerServices;
using System.Text.Json;
using Actors.Components.Reading;
using Actors.Domain.Components;
using Actors.Domain.Expressions;

namespace Actors.Components.BuiltIn;

/// <summary>Waits until a person agrees or not. The answer is <c>{"approved": true|false, "comment"?, "by", "at"}</c>.</summary>
internal sealed class ApprovalComponent : IComponent
{
    private const int Out = 0;
    private const int Rejected = 1;

    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("approval");

    public IProcess Create(ProcessSettings settings) => new Process(
        settings.RequiredTemplate("question"),
        settings.Find("assignees"),
        settings.Number("timeoutMilliseconds") is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null);

    private sealed class Process(Template question, JsonElement? assignees, TimeSpan? timeout) : IAsyncProcess
    {
        /// <summary>A dry run asks nobody: everything is approved, unless an earlier run recorded otherwise.</summary>
        private static readonly Token Agreed = Token.Write(WriteAgreed);

        public async IAsyncEnumerable<Output> Execute(
            IFiring firing, IExecutionContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var token = firing[0]!;
            var details = Token.Write(writer => WriteDetails(writer, token));
            var answer = await context.WaitAsync(new OutsideQuestion("approval", details, timeout), stub: Agreed);
            var approved = answer?.Json is { ValueKind: JsonValueKind.Object } json
                && json.TryGetProperty("approved", out var value) && value.ValueKind == JsonValueKind.True;
            yield return new Output(approved ? Out : Rejected, token);
        }

        private static void WriteAgreed(Utf8JsonWriter writer)
        {
            writer.WriteStartObject();
            writer.WriteBoolean("approved", true);
            writer.WriteBoolean("dryRun", true);
            writer.WriteEndObject();
        }

        private void WriteDetails(Utf8JsonWriter writer, Token token)
        {
            writer.WriteStartObject();
            writer.WriteString("question", question.Of(token));
            if (assignees is { } people)
            {
                writer.WritePropertyName("assignees");
                people.WriteTo(writer);
            }

            writer.WriteString("preview", token.Preview());
            writer.WriteEndObject();
        }
    }
}
