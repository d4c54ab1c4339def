using Actors.Components;
using Actors.Components.Services;
using Actors.Domain.Execution;

namespace Actors.Grains.Runs.Services;

/// <summary>The models of the host, with what they are asked counted for the node that asks.</summary>
internal sealed class MeteredModels(RunContext context, IRunModels models) : IRunModels
{
    public async ValueTask<ModelReply> AskAsync(ModelRequest request, CancellationToken cancellationToken)
    {
        var reply = await models.AskAsync(request, cancellationToken);
        context.Spend(new ModelSpending(reply.InputTokens, reply.OutputTokens, reply.Cost));
        return reply;
    }
}
