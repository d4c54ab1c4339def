using System.Collections.Immutable;

namespace Actors.Domain.Agents;

/// <summary>What an agent is: how it is asked, and of whom.</summary>
/// <param name="Name">What nodes call it by.</param>
/// <param name="Title">What people call it by.</param>
/// <param name="System">The system prompt.</param>
/// <param name="Models">Providers and models, in the order in which they are tried.</param>
public sealed record AgentDefinition(string Name, string Title, string Description, string System, ImmutableArray<string> Models);
