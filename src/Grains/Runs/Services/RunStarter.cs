using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Actors.Components;
using Actors.Components.Services;
using Actors.Domain;
using Actors.Domain.Execution;
using Actors.Domain.Identity;
using Actors.Grains.Interfaces.Designs;
using Actors.Grains.Interfaces.Runs;
using Orleans;

namespace Actors.Grains.Runs.Services;

/// <inheritdoc cref="IRunStarter"/>
/// <remarks>
/// The id of the run that is started follows from the one that waits and its wait, so that asking again after a crash finds
/// it. Runs of runs go <see cref="MaximumDepth"/> deep.
/// </remarks>
internal sealed class RunStarter(IExecutionContext context, IGrainFactory grains) : IRunStarter
{
    public const int MaximumDepth = 8;

    public async ValueTask StartRunAsync(
        OutsideWait wait, string designId, long? revision, IReadOnlyDictionary<string, IReadOnlyList<Token>> inputs, CancellationToken cancellationToken)
    {
        var parent = await grains.GetGrain<IRunGrain>(context.RunId).GetHeader()
            ?? throw new InvalidOperationException($"The run {context.RunId} is not there.");
        if (parent.Depth >= MaximumDepth)
            throw new ComponentException(ErrorCodes.LimitReached, $"Runs that start runs go {MaximumDepth} deep.", retryable: false);

        if (!Identifier.IsValid(Identifier.Design, designId)
            || await grains.GetGrain<IDesignGrain>(designId).GetHeader() is not { } design || design.ProjectId != context.ProjectId)
        {
            throw new ComponentException(ErrorCodes.NotFound, $"There is no design '{designId}' in this project.", retryable: false);
        }

        var child = grains.GetGrain<IRunGrain>(IdOf(parent, wait.Id));
        var reply = await child.Start(new NewRun(
            designId,
            parent.StartedBy,
            revision,
            parent.Durability,
            inputs.ToImmutableDictionary(input => input.Key, input => input.Value.ToImmutableArray(), StringComparer.Ordinal),
            new RunAnswerTo(wait.RunId, wait.Id),
            parent.Depth + 1)
        {
            DryRun = parent.DryRun,
        });
        if (reply is { Run: null, Refusal: { } refusal })
            throw new ComponentException(refusal.Code, refusal.Detail, refusal.Retryable);

        // A parent that ended meanwhile has looked for its children already.
        if (cancellationToken.IsCancellationRequested)
            await child.Cancel();
    }

    private static string IdOf(RunHeader parent, string waitId) => Identifier.Create(
        Identifier.Run,
        parent.CreatedAt,
        SHA256.HashData(Encoding.UTF8.GetBytes($"{parent.Id}\n{waitId}")).AsSpan(0, Identifier.RandomBytes));
}
