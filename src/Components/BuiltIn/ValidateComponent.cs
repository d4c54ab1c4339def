using System.Text.Json;
using Actors.Components.Reading;
using Actors.Domain.Components;
using Actors.Domain.Json.Schema;

namespace Actors.Components.BuiltIn;

/// <summary>
/// Separates tokens that fit a JSON Schema from those that do not. The latter leave by <c>invalid</c> as
/// <c>{"token", "errors": [{"path", "keyword", "message"}]}</c>.
/// </summary>
internal sealed class ValidateComponent : IComponent
{
    private const int Out = 0;
    private const int Invalid = 1;

    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("validate");

    public IProcess Create(ProcessSettings settings) => new Process(SchemaReading.Required(settings, "schema"));

    private sealed class Process(JsonSchema schema) : ISyncProcess
    {
        public void Fire(ISyncFiring firing)
        {
            var token = firing[0]!;
            var report = schema.Validate(token.Json);
            if (report.IsExhausted)
            {
                throw new ComponentException(ErrorCodes.SchemaLimit, $"The validation took more than {JsonSchemaLimits.Steps} steps.", retryable: false);
            }

            if (report.IsValid)
            {
                firing.Emit(Out, token);
            }
            else
            {
                firing.Emit(Invalid, Token.Write(writer => Write(writer, token, report)));
            }
        }

        private static void Write(Utf8JsonWriter writer, Token token, JsonSchemaReport report)
        {
            writer.WriteStartObject();
            writer.WritePropertyName("token");
            writer.Raw(token);
            writer.WriteStartArray("errors");
            foreach (var error in report.Errors)
            {
                writer.WriteStartObject();
                writer.WriteString("path", error.Path);
                writer.WriteString("keyword", error.Keyword);
                writer.WriteString("message", error.Message);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }
    }
}
