namespace Actors.Components;

/// <summary>A failure that a component explains. Any other exception is a defect of the component and is reported as <c>component_failed</c>.</summary>
public sealed class ComponentException : Exception
{
    /// <param name="code">Stable, in snake case; what a handler behind the <c>error</c> port decides by.</param>
    /// <param name="message">For people, without secrets.</param>
    /// <param name="retryable">Whether another attempt may succeed; if not, the node's attempts end here.</param>
    public ComponentException(string code, string message, bool retryable = true, Exception? innerException = null)
        : base(message, innerException)
    {
        Code = code;
        Retryable = retryable;
    }

    public ComponentException()
        : this("component_failed", "The component failed.")
    {
    }

    public ComponentException(string message)
        : this("component_failed", message)
    {
    }

    public ComponentException(string message, Exception innerException)
        : this("component_failed", message, innerException: innerException)
    {
    }

    public string Code { get; }

    public bool Retryable { get; }

    /// <summary>
    /// Thrown inside an effect: nobody knows whether it happened, as when a connection broke after the request was sent. False
    /// says that it did not happen, and another attempt simply does it. What any other exception leaves is unknown.
    /// </summary>
    public bool OutcomeUnknown { get; init; }

    /// <summary>The least time before the next attempt, as the target asked for it.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
