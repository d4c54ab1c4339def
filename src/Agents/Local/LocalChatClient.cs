using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Actors.Components.Services;
using Microsoft.Extensions.AI;

namespace Actors.Agents.Local;

/// <summary>
/// The provider that needs no key and no network. It is no language model and says so: it summarizes by choosing
/// sentences, classifies by shared words, extracts by patterns, and answers anything else with what it is. The same
/// question has the same answer, always.
/// </summary>
internal sealed class LocalChatClient : IChatClient
{
    private const string Model = "rules";

    /// <summary>Bytes of a token, as a rule of thumb: nothing is billed by it.</summary>
    private const int BytesOfToken = 4;

    private static readonly ChatClientMetadata Metadata = new("local", defaultModelId: Model);

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var asked = messages.ToArray();
        var prompt = asked.LastOrDefault(message => message.Role == ChatRole.User)?.Text ?? "";
        var text = Answer(prompt, (options?.ResponseFormat as ChatResponseFormatJson)?.Schema);
        var (input, output) = (asked.Sum(message => Tokens(message.Text)), Tokens(text));
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, text))
        {
            ModelId = Model,
            FinishReason = ChatFinishReason.Stop,
            Usage = new UsageDetails { InputTokenCount = input, OutputTokenCount = output, TotalTokenCount = input + output },
        });
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetResponseAsync(messages, options, cancellationToken);
        foreach (var update in response.ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(ChatClientMetadata) ? Metadata
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose()
    {
    }

    private static string Answer(string prompt, JsonElement? schema)
    {
        if (!TaskPrompt.TryRead(prompt, out var task))
        {
            return schema is { } wanted ? SchemaExtraction.Extract(prompt, wanted) : Introduce(prompt);
        }

        return task.Task switch
        {
            "summarize" => ExtractiveSummary.Of(task.Text, int.TryParse(task.Find("Words"), out var words) ? words : 100),
            "classify" => KeywordClassification.Of(task.Text, task.Find("Categories")?.Split(" | ") ?? [], IsMultiple(schema)),
            "extract" when schema is { } wanted => SchemaExtraction.Extract(task.Text, wanted),
            _ => Introduce(task.Text),
        };
    }

    private static bool IsMultiple(JsonElement? schema) =>
        schema is { ValueKind: JsonValueKind.Object } wanted && wanted.TryGetProperty("properties", out var properties) && properties.TryGetProperty("categories", out _);

    private static string Introduce(string prompt)
    {
        var words = ExtractiveSummary.Words(prompt).Count();
        var gist = ExtractiveSummary.Of(prompt, 30);
        return $"This is the local provider: rules, no language model. It read {words} words{(gist.Length == 0 ? "." : $", of which these say most: {gist}")} Configure a provider for answers that are thought about.";
    }

    private static int Tokens(string text) => (Encoding.UTF8.GetByteCount(text) + BytesOfToken - 1) / BytesOfToken;
}
