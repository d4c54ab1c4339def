using System.Text.Json;
using Actors.Components.Reading;
using Actors.Components.Services;

namespace Actors.Components.Models;

/// <summary>What a node says about its model, and how it is asked. Every reply is recorded, so none is paid for twice.</summary>
internal sealed class ModelQuestions(ProcessSettings settings)
{
    private readonly string[] _models = [.. new[] { settings.Text("model") }.OfType<string>().Concat(settings.Texts("models")).Distinct(StringComparer.Ordinal)];
    private readonly string? _system = settings.Text("system");
    private readonly double? _temperature = settings.Number("temperature");
    private readonly int? _maximumTokens = settings.Whole("maximumTokens");
    private readonly decimal? _budget = (decimal?)settings.Number("budget");
    private readonly bool _cache = settings.Find("cache") is not { ValueKind: JsonValueKind.False };

    public IReadOnlyList<string> Models => _models;

    /// <summary>The reply's text.</summary>
    /// <param name="context">The firing's.</param>
    /// <param name="system">What the component says when the node has no system prompt of its own.</param>
    /// <param name="prompt">The question.</param>
    /// <param name="schema">What the reply must fit; null for plain text.</param>
    public async ValueTask<string> AskAsync(IExecutionContext context, string? system, string prompt, Token? schema = null)
    {
        var request = new ModelRequest(_system ?? system, prompt, _models, schema, _temperature, _maximumTokens, _budget, _cache);
        var recorded = await context.ChooseAsync(async cancelled =>
        {
            var reply = await context.Service<IRunModels>().AskAsync(request, cancelled);
            return Token.Write(writer => Write(writer, reply));
        });
        return recorded.Json.GetProperty("text").GetString()!;
    }

    private static void Write(Utf8JsonWriter writer, ModelReply reply)
    {
        writer.WriteStartObject();
        writer.WriteString("text", reply.Text);
        writer.WriteString("model", reply.Model);
        writer.WriteNumber("inputTokens", reply.InputTokens);
        writer.WriteNumber("outputTokens", reply.OutputTokens);
        writer.WriteNumber("cost", reply.Cost);
        writer.WriteEndObject();
    }
}
