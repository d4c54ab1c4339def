namespace Actors.Domain.Execution;

/// <summary>What a step of a firing recorded.</summary>
public enum StepKind
{
    /// <summary>An effect is about to happen.</summary>
    Intended,

    /// <summary>The effect's outcome, or the end of a delay: the answer of this step for ever.</summary>
    Done,

    /// <summary>An answer from outside is awaited, until a time or for ever.</summary>
    Awaited,

    /// <summary>The wait's time passed.</summary>
    TimedOut,

    /// <summary>The answer that was awaited.</summary>
    Answered,

    /// <summary>As <see cref="Answered"/>, and what was waited for did not complete: a run or a job that failed or was cancelled.</summary>
    Unfinished,

    /// <summary>What was chosen: a read, a model's reply.</summary>
    Chosen,
}

/// <summary>The latest record of a step. Journals from before the kinds of answers keep every answer and choice as <see cref="StepKind.Done"/>.</summary>
/// <param name="Token">The answer of what is done; the question of what is awaited; the description of what is intended.</param>
/// <param name="Due">Ticks (UTC) at which an awaited step is over; 0 for never.</param>
public readonly record struct FiringStep(StepKind Kind, Token Token, long Due = 0);
