using System.Collections.Immutable;
using System.Text.Json;
using Actors.Components;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Execution;

namespace Actors.WordCount;

/// <summary>Counts the words of a text. Emits <c>{"words", "longest"}</c>; words shorter than <c>minimumLength</c> do not count.</summary>
public sealed class WordCountComponent : IComponent
{
    public ComponentDescriptor Descriptor { get; } = new()
    {
        Id = "sample.wordcount",
        Category = "data",
        Title = "Count words",
        Description = "The number of words of a text, and the longest of them.",
        Icon = "letter-text",
        Kinds = [DesignKind.Process],
        Inputs = [new PortDescriptor("in", PortType.Text, Required: true)],
        Outputs = [new PortDescriptor("out", PortType.Json), new PortDescriptor("error", PortType.Json)],
        Properties = new PropertySchema(ImmutableDictionary<string, PropertyRule>.Empty.Add(
            "minimumLength",
            new PropertyRule.Number(1, 100, Integer: true) { Description = "Shorter words do not count.", Default = JsonElement.Parse("1") })),
        Example = JsonElement.Parse("""{"minimumLength":3}"""),
    };

    public IProcess Create(ProcessSettings settings) => new Process((int)settings.Number("minimumLength")!.Value);

    private sealed class Process(int minimumLength) : ISyncProcess
    {
        public void Fire(ISyncFiring firing)
        {
            if (firing[0]!.Json.ValueKind != JsonValueKind.String)
            {
                throw new ComponentException("not_text", "The token is no text.", retryable: false);
            }

            var words = firing[0]!.Json.GetString()!
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .Where(word => word.Length >= minimumLength)
                .ToArray();
            firing.Emit(Token.Write(writer =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("words", words.Length);
                writer.WriteString("longest", words.MaxBy(word => word.Length));
                writer.WriteEndObject();
            }));
        }
    }
}
