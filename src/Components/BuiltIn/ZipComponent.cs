using System.Text.Json;
using Actors.Domain.Components;

namespace Actors.Components.BuiltIn;

/// <summary>One token from each connection, together: as a list, or as an object when fields are named.</summary>
internal sealed class ZipComponent : IComponent
{
    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("zip");

    public IProcess Create(ProcessSettings settings)
    {
        string[] fields = settings.Find("fields") is { } names ? [.. names.EnumerateArray().Select(name => name.GetString()!)] : [];
        return fields.Length != 0 && fields.Length != settings.Inputs(0)
            ? throw new ComponentException(ErrorCodes.PropertyInvalid, $"props.fields: {fields.Length} names for {settings.Inputs(0)} connections", retryable: false)
            : new Process(fields);
    }

    private sealed class Process(string[] fields) : ISyncProcess
    {
        public void Fire(ISyncFiring firing)
        {
            var tokens = firing.All(0).ToArray();
            firing.Emit(fields.Length == 0 ? Token.List(tokens) : Token.Write(writer => WriteFields(writer, tokens)));
        }

        private void WriteFields(Utf8JsonWriter writer, Token[] tokens)
        {
            writer.WriteStartObject();
            for (var i = 0; i < fields.Length; i++)
            {
                writer.WritePropertyName(fields[i]);
                writer.WriteRawValue(tokens[i].Utf8.Span, skipInputValidation: true);
            }

            writer.WriteEndObject();
        }
    }
}
