using System.Collections.Immutable;
using System.Text.Json;
using Actors.Domain;
using Actors.Domain.Execution;
using Actors.Grains.Interfaces.Runs;

namespace Actors.Grains.Runs;

/// <summary>
/// What a run is started with: tokens by the name of an <c>input</c>, or by the id of a node that a trigger feeds
/// (<c>webhook</c>, <c>schedule</c>).
/// </summary>
internal static class RunInputs
{
    /// <summary>With what the trigger gives to each node of its kind. Whoever starts the run may give another token to a node.</summary>
    public static ImmutableDictionary<string, ImmutableArray<Token>> Feed(
        NetworkPlan plan, ImmutableDictionary<string, ImmutableArray<Token>> inputs, RunTrigger? trigger)
    {
        if (trigger is null)
        {
            return inputs;
        }

        foreach (var process in plan.Processes.Where(process => process.Component.Id == trigger.Component && !inputs.ContainsKey(process.NodeId)))
        {
            inputs = inputs.Add(process.NodeId, [trigger.Token]);
        }

        return inputs;
    }

    /// <summary>The refusal of a name that nothing in the design answers to.</summary>
    public static Refusal? Check(NetworkPlan plan, ImmutableDictionary<string, ImmutableArray<Token>> inputs)
    {
        foreach (var name in inputs.Keys.Order(StringComparer.Ordinal))
        {
            if (!plan.Processes.Any(process => IsFed(process, name)))
            {
                return Refusal.Field($"inputs.{name}", "the design has no input of that name", ErrorCodes.RunInputUnknown);
            }
        }

        return null;
    }

    private static bool IsFed(ProcessPlan process, string name) => process.Component.Id switch
    {
        "input" => process.Props.TryGetProperty("name", out var named) && named.ValueKind == JsonValueKind.String && named.ValueEquals(name),
        RunTrigger.Webhook or RunTrigger.Schedule => process.NodeId == name,
        _ => false,
    };
}
