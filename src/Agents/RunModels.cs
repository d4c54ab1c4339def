using Actors.Components;
using Actors.Components.Services;
using Actors.Domain;
using Microsoft.Extensions.AI;

namespace Actors.Agents;

/// <inheritdoc cref="IRunModels"/>
/// <remarks>
/// One client for every request: the provider that the process has. Models that a request names are tried in their order;
/// the local provider answers for <c>local</c> and when a request names none.
/// </remarks>
internal sealed class RunModels(IChatClient client, ModelUsage usage) : IRunModels
{
    public async ValueTask<ModelReply> AskAsync(ModelRequest request, CancellationToken cancellationToken)
    {
        var provider = client.GetService<ChatClientMetadata>();
        if (request.Models.Count > 0 && !request.Models.Any(model => Serves(provider, model)))
        {
            throw new ComponentException(
                ErrorCodes.ModelUnavailable, $"None of the models is configured here: {string.Join(", ", request.Models)}. There is {provider?.ProviderName}/{provider?.DefaultModelId}.", retryable: false);
        }

        List<ChatMessage> messages = request.System is null ? [] : [new ChatMessage(ChatRole.System, request.System)];
        messages.Add(new ChatMessage(ChatRole.User, request.Prompt));
        var response = await client.GetResponseAsync(messages, OptionsOf(request), cancellationToken);
        var (input, output) = (response.Usage?.InputTokenCount ?? 0, response.Usage?.OutputTokenCount ?? 0);
        usage.Add(input, output);
        return new ModelReply(response.Text, $"{provider?.ProviderName}/{response.ModelId ?? provider?.DefaultModelId}", (int)input, (int)output, 0);
    }

    private static bool Serves(ChatClientMetadata? provider, string model) =>
        model == provider?.ProviderName || model == provider?.DefaultModelId || model == $"{provider?.ProviderName}/{provider?.DefaultModelId}";

    private static ChatOptions OptionsOf(ModelRequest request) => new()
    {
        Temperature = (float?)request.Temperature,
        MaxOutputTokens = request.MaximumTokens,
        ResponseFormat = request.Schema is { } schema ? ChatResponseFormat.ForJsonSchema(schema.Json) : null,
    };
}
