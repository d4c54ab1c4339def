using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>One activation as an inspector shows it. Times are UTC and may lag by half a second.</summary>
/// <param name="GrainId">Which grain.</param>
/// <param name="GrainClass">The full name of its class.</param>
/// <param name="ActivatedAt">When the activation was made.</param>
/// <param name="LastCallAt">When it last started a call.</param>
/// <param name="QueueLength">Requests that wait.</param>
/// <param name="RunningRequests">Requests that run.</param>
/// <param name="CallCount">Calls started so far.</param>
/// <param name="State">Activating, Valid, Deactivating or Closed.</param>
public sealed record ActivationInfo(
    GrainId GrainId,
    string GrainClass,
    DateTimeOffset ActivatedAt,
    DateTimeOffset LastCallAt,
    int QueueLength,
    int RunningRequests,
    long CallCount,
    string State);

/// <summary>What a grain inspector asks the engine. Answers are snapshots that no turn waits for.</summary>
public interface IEngineDiagnostics
{
    /// <summary>Every activation of an application grain.</summary>
    IReadOnlyList<ActivationInfo> GetActivations();

    /// <summary>Asks the grain's activation to end; false if it has none.</summary>
    bool Deactivate(GrainId grainId);
}

internal sealed class EngineDiagnostics(EmbeddedEngine engine) : IEngineDiagnostics
{
    public IReadOnlyList<ActivationInfo> GetActivations() =>
    [
        .. engine.Activations.Where(a => !a.Class.IsSystem).Select(a => new ActivationInfo(
            a.GrainId,
            a.Class.Type.FullName!,
            engine.Clock.ToUtc(a.CreatedAt),
            engine.Clock.ToUtc(a.LastUsed),
            a.QueueLength,
            a.RunningCount,
            a.CallCount,
            a.State.ToString())),
    ];

    public bool Deactivate(GrainId grainId)
    {
        var found = false;
        foreach (var activation in engine.Activations.Where(a => a.GrainId == grainId))
        {
            activation.Deactivate(new DeactivationReason(DeactivationReasonCode.RuntimeRequested, "An operator asked for it."));
            found = true;
        }

        return found;
    }
}
