namespace Actors.Components;

/// <summary>What a firing that waits or touches the outside may do. Each call is a step, numbered in the order of calls.</summary>
/// <remarks>
/// Steps are what a crash or a retry does not repeat: a firing that is started again walks through the same steps, and
/// those that were completed answer what was recorded. Steps of one firing must therefore be reached in the same order
/// given the same answers, which any plain sequence of calls does.
/// </remarks>
public interface IExecutionContext
{
    string RunId { get; }

    string ProjectId { get; }

    string DesignId { get; }

    string NodeId { get; }

    /// <summary>From 1; more when the attempts before it failed.</summary>
    int Attempt { get; }

    /// <summary>
    /// Whether nothing may happen outside, no model be asked and nobody waited for. Steps see to that by themselves: each
    /// answers what an earlier run recorded for it, or else its stub.
    /// </summary>
    bool DryRun { get; }

    /// <summary>
    /// Something that happens outside. The intent is journalled before <paramref name="perform"/> is called, its outcome
    /// after. An intent without an outcome (a crash, a time limit or the end of the run came in between, or
    /// <paramref name="perform"/> failed without saying what became of it) is repeated under the same id, unless the effect is
    /// of the class unsafe: then it is in doubt, and the node's <c>inDoubt</c> decides.
    /// </summary>
    /// <param name="description">For people, at most 256 characters, without secrets.</param>
    /// <param name="perform">Does it and answers what to remember. The id is the same whenever this step is repeated: send it to the target as a key.</param>
    /// <param name="verify">Finds out about an effect in doubt whether it happened: its outcome, or null when it did not.</param>
    /// <param name="stub">The outcome of a dry run of which no earlier run recorded one; marked as such by default.</param>
    ValueTask<Token> EffectAsync(
        string description,
        Func<EffectId, CancellationToken, ValueTask<Token>> perform,
        Func<EffectId, CancellationToken, ValueTask<Token?>>? verify = null,
        Token? stub = null);

    /// <summary>
    /// Something that may answer differently each time but changes nothing outside: a read, a model's reply. The answer is
    /// recorded; a firing that failed upon it chooses anew when the run is retried.
    /// </summary>
    /// <param name="choose">Finds the answer.</param>
    /// <param name="stub">The answer of a dry run of which no earlier run recorded one, where finding it costs something; null where a dry run may find it.</param>
    ValueTask<Token> ChooseAsync(Func<CancellationToken, ValueTask<Token>> choose, Token? stub = null);

    /// <summary>Waits without counting against the node's and the run's time limits, however long, and across restarts. A dry run does not wait.</summary>
    ValueTask DelayAsync(TimeSpan delay);

    /// <summary>
    /// Waits for an answer from outside: a person, another run, a job. The wait is durable; while a run only waits it holds
    /// no memory. <paramref name="open"/> is called when the wait is journalled (again after a restart, so it must be
    /// idempotent), to tell the one who will answer by <see cref="OutsideWait.Id"/>. When a failed run is retried, what was
    /// waited for and did not complete is asked anew, under another id where no person answers.
    /// </summary>
    /// <param name="question">What is asked.</param>
    /// <param name="open">Tells the one who will answer.</param>
    /// <param name="stub">The answer of a dry run of which no earlier run recorded one; by default none. Another run is started and waited for all the same, as a dry run.</param>
    /// <returns>The answer; null when <see cref="OutsideQuestion.Timeout"/> passed without one.</returns>
    ValueTask<Token?> WaitAsync(OutsideQuestion question, Func<OutsideWait, CancellationToken, ValueTask>? open = null, Token? stub = null);

    /// <summary>A sign of life, for firings that work for long without another.</summary>
    /// <param name="progress">0 to 1, or null when unknown.</param>
    void Heartbeat(double? progress = null, string? message = null);

    /// <summary>A service that the host supplies: see the <c>Services</c> folder.</summary>
    /// <exception cref="ComponentException">The host does not have it: <c>component_service_missing</c>.</exception>
    T Service<T>()
        where T : class;
}

/// <summary>Names an effect for ever: a hash over run, node, firing and step, 32 hexadecimal characters.</summary>
public readonly record struct EffectId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>What is asked of the outside.</summary>
/// <param name="Kind">Who answers: <c>approval</c>, <c>run</c>, <c>signal</c>.</param>
/// <param name="Details">What the one who answers needs to know; shown to people where the kind is theirs.</param>
/// <param name="Timeout">Null waits for ever.</param>
public sealed record OutsideQuestion(string Kind, Token Details, TimeSpan? Timeout = null);

/// <summary>A wait that is journalled. It is answered by <c>POST /runs/{runId}/answers/{waitId}</c> or the run grain's <c>Answer</c>.</summary>
public sealed record OutsideWait(string Id, string RunId, string NodeId, OutsideQuestion Question);
