using System.Text.Json;
using Actors.Components.Reading;
using Actors.Domain.Components;
using Actors.Domain.Expressions;

namespace Actors.Components.BuiltIn;

/// <summary>A new object, field by field: texts are expressions over the token, anything else is itself.</summary>
internal sealed class MapComponent : IComponent
{
    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("map");

    public IProcess Create(ProcessSettings settings)
    {
        var fields = settings.Members("fields").Select(member => member.Value.ValueKind == JsonValueKind.String
            ? new Field(member.Name, PropertyReading.ParseExpression(member.Value.GetString()!, $"fields.{member.Name}"), Token.Null)
            : new Field(member.Name, null, Token.Of(member.Value))).ToArray();
        return fields.Length == 0 ? throw PropertyReading.Invalid("fields", "needs at least one field") : new Process(fields, settings.Flag("keep"));
    }

    private sealed record Field(string Name, Expression? Expression, Token Constant);

    private sealed class Process(Field[] fields, bool keep) : ISyncProcess
    {
        private readonly HashSet<string> _names = [.. fields.Select(field => field.Name)];

        public void Fire(ISyncFiring firing)
        {
            var token = firing[0]!;
            firing.Emit(Token.Write(writer => Write(writer, token)));
        }

        private void Write(Utf8JsonWriter writer, Token token)
        {
            writer.WriteStartObject();
            if (keep && token.Json.ValueKind == JsonValueKind.Object)
            {
                foreach (var member in token.Json.EnumerateObject())
                {
                    if (!_names.Contains(member.Name))
                    {
                        member.WriteTo(writer);
                    }
                }
            }

            foreach (var field in fields)
            {
                writer.WritePropertyName(field.Name);
                if (field.Expression is { } expression)
                {
                    expression.Of(token).WriteTo(writer);
                }
                else
                {
                    writer.Raw(field.Constant);
                }
            }

            writer.WriteEndObject();
        }
    }
}
