using Actors.Domain.Idempotency;
using Actors.Grains.Identity;
using Orleans.Runtime;

namespace Actors.Grains.Idempotency;

/// <summary>
/// The id of the batch that a command commits: when the request carries an <c>Idempotency-Key</c>, the same at each repeat,
/// so that the journal knows what it has stored already.
/// </summary>
/// <remarks>
/// Only for commands that a request gives a stream at most once: a second one of the same name would pass for a repeat of
/// the first. Never for what a grain goes on doing after it has answered.
/// </remarks>
internal static class RequestBatch
{
    /// <param name="stream">The stream that it is committed to.</param>
    /// <param name="command">Tells commands of one request on one stream apart.</param>
    /// <param name="otherwise">Where the id comes from when the request is not to be repeated.</param>
    public static Guid Id(string stream, string command, IIdentifierSource otherwise) =>
        RequestSeed.Parse(RequestContext.Get(RequestSeed.ContextKey) as string) is { } seed
            ? seed.CreateGuid($"{stream}\n{command}")
            : otherwise.NewBatchId();

    /// <summary>Whether the request may have been run before.</summary>
    public static bool MayRepeat => RequestContext.Get(RequestSeed.ContextKey) is string;

    /// <summary>From here on the grain works for itself: what it calls, and what it begins and goes on with, is no part of the request.</summary>
    public static void Leave() => RequestContext.Remove(RequestSeed.ContextKey);
}
