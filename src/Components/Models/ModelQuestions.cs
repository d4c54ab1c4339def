using System.Text.Json;
using Actors.Components.Reading;
using Actors.Components.Services;
using Actors.Domain.Agents;

namespace Actors.Components.Models;

/// <summary>What a node says about its model, and how it is asked. Every reply is recorded, so none is paid for twice.</summary>
/// <param name="settings">The node.</param>
/// <param name="agent">Whose models are asked where the node names none, and whose prompt stands before the node's own.</param>
internal sealed class ModelQuestions(ProcessSettings settings, AgentDefinition? agent = null)
{
    private readonly IReadOnlyList<string> _models = ModelsOf(settings) is { Length: > 0 } own ? own : agent?.Models ?? [];
    private readonly string? _system = settings.Text("system") is { } system && agent is not null ? $"{agent.System}\n\n{system}" : settings.Text("system");
    private readonly double? _temperature = settings.Number("temperature");
    private readonly int? _maximumTokens = settings.Whole("maximumTokens");
    private readonly decimal? _budget = (decimal?)settings.Number("budget");
    private readonly bool _cache = settings.Find("cache") is not { ValueKind: JsonValueKind.False };

    /// <summary>What a dry run answers when no earlier run recorded a reply.</summary>
    private static readonly Token Stub = Token.Write(WriteStub);

    /// <summary>The reply's text, and whether it is the stub of a dry run.</summary>
    /// <param name="context">The firing's.</param>
    /// <param name="system">What the component says when the node has no system prompt of its own.</param>
    /// <param name="prompt">The question.</param>
    /// <param name="schema">What the reply must fit; null for plain text.</param>
    /// <param name="timeout">How long the model may take; null for as long as the node's firing.</param>
    public async ValueTask<(string Text, bool IsStub)> AskAsync(
        IExecutionContext context, string? system, string prompt, Token? schema = null, TimeSpan? timeout = null)
    {
        var request = new ModelRequest(_system ?? system, prompt, _models, schema, _temperature, _maximumTokens, _budget, _cache);
        var recorded = await context.ChooseAsync(
            async cancelled =>
            {
                var reply = await AskAsync(context.Service<IRunModels>(), request, timeout, cancelled);
                return Token.Write(writer => Write(writer, reply));
            },
            Stub);
        return (recorded.Json.GetProperty("text").GetString()!, recorded.Json.TryGetProperty("dryRun", out _));
    }

    private static void WriteStub(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("text", "[dry run: no model was asked]");
        writer.WriteBoolean("dryRun", true);
        writer.WriteEndObject();
    }

    private static async ValueTask<ModelReply> AskAsync(IRunModels models, ModelRequest request, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout ?? Timeout.InfiniteTimeSpan);
        try
        {
            return await models.AskAsync(request, limit.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ComponentException(ErrorCodes.ComponentTimedOut, $"No model answered within {timeout}.", innerException: exception);
        }
    }

    private static string[] ModelsOf(ProcessSettings settings) =>
        [.. new[] { settings.Text("model") }.OfType<string>().Concat(settings.Texts("models")).Distinct(StringComparer.Ordinal)];

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
