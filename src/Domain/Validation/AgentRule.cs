using System.Text.Json;
using Actors.Domain.Agents;

namespace Actors.Domain.Validation;

/// <summary>A node that asks an agent names one that there is.</summary>
internal sealed class AgentRule : IValidationRule
{
    private const string Component = "ai.agent";

    public IEnumerable<Finding> Check(ValidatedDesign design)
    {
        foreach (var node in design.Nodes)
        {
            if (node.Type == Component && node.Props.TryGetProperty("agent", out var agent) && agent.ValueKind == JsonValueKind.String
                && BuiltInAgents.Find(agent.GetString()!) is null)
            {
                yield return Finding.OfNode(
                    FindingCodes.AgentUnknown,
                    FindingSeverity.Error,
                    node.Id,
                    $"{design.NameOf(node)}: there is no agent '{agent.GetString()}'. There are {string.Join(", ", BuiltInAgents.All.Select(known => known.Name))}.");
            }
        }
    }
}
