using System.Text.Json;
using Actors.Components.Reading;
using Actors.Domain.Components;

namespace Actors.Components.BuiltIn;

/// <summary>The request that started the run. A run that was started otherwise has none, and nothing is emitted.</summary>
internal sealed class WebhookComponent : IComponent
{
    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("webhook");

    public IProcess Create(ProcessSettings settings)
    {
        var contentType = settings.Text("contentType");
        return new Process([.. (TriggerTokens.Find(settings) ?? []).Where(request => contentType is null || IsOf(request, contentType))]);
    }

    private static bool IsOf(Token request, string contentType) =>
        request.Json is { ValueKind: JsonValueKind.Object } json
        && json.TryGetProperty("contentType", out var type) && type.ValueKind == JsonValueKind.String
        && string.Equals(type.GetString(), contentType, StringComparison.OrdinalIgnoreCase);

    private sealed class Process(IReadOnlyList<Token> requests) : ISyncProcess
    {
        public void Fire(ISyncFiring firing)
        {
            foreach (var request in requests)
            {
                firing.Emit(request);
            }
        }
    }
}
