namespace Actors.Domain;

/// <summary>
/// What a pure core answers to a command: an event with the state that follows from it, a refusal, or nothing because
/// all is already as the command wants it. <c>Next</c> always equals applying <c>Event</c> to the state that decided.
/// </summary>
public readonly record struct Decision<TState, TEvent>
    where TState : class
    where TEvent : class
{
    private Decision(TEvent? @event, TState? next, Refusal? refusal)
    {
        Event = @event;
        Next = next;
        Refusal = refusal;
    }

    public TEvent? Event { get; }

    public TState? Next { get; }

    public Refusal? Refusal { get; }

    public static Decision<TState, TEvent> Nothing => default;

    public static Decision<TState, TEvent> Happened(TEvent @event, TState next) => new(@event, next, null);

    public static Decision<TState, TEvent> Refused(Refusal refusal) => new(null, null, refusal);
}
