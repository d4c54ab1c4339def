using System.Collections.Immutable;
using Actors.Domain;
using Actors.Domain.Agents;
using Actors.Frontend.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Actors.Frontend.Agents;

/// <summary>The agents that nodes can ask.</summary>
internal static class AgentEndpoints
{
    private const string Example = """
        {"items":[{"name":"research","title":"Researcher","description":"Gathers what is known about a question.","models":["anthropic","openai","local"]}]}
        """;

    public static void MapAgents(this IEndpointRouteBuilder api) => api.MapGet("/agents", List)
        .WithTags("Components").RequireAuthorization().WithName("ListAgents").WithSummary("The agents that a node of the type `ai.agent` can ask, by name")
        .Example(response: Example);

    private static Ok<AgentList> List() => TypedResults.Ok(
        new AgentList([.. BuiltInAgents.All.Select(agent => new AgentView(agent.Name, agent.Title, agent.Description, agent.Models))]));
}

/// <summary>Every agent.</summary>
internal sealed record AgentList(ImmutableArray<AgentView> Items);

/// <summary>An agent as clients see it.</summary>
/// <param name="Name">What nodes call it by.</param>
/// <param name="Models">Providers and models in the order in which they are tried.</param>
internal sealed record AgentView(string Name, string Title, string Description, ImmutableArray<string> Models);
