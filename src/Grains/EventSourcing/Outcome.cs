using Actors.Domain;

namespace Actors.Grains.EventSourcing;

/// <summary>What became of a command.</summary>
public abstract record Outcome<TState, TEvent>
{
    private Outcome()
    {
    }

    /// <summary>Stored at <paramref name="Revision"/>. <paramref name="State"/> is the state right after it.</summary>
    public sealed record Committed(long Revision, TEvent Event, TState State) : Outcome<TState, TEvent>;

    /// <summary>The same batch was stored earlier, at <paramref name="Revision"/>.</summary>
    public sealed record Repeated(long Revision, TEvent Event) : Outcome<TState, TEvent>;

    /// <summary>All was already as the command wants it.</summary>
    public sealed record Unchanged(TState State) : Outcome<TState, TEvent>;

    /// <summary>Nothing changed, or, for <c>storage_unavailable</c>, nobody knows yet: the same batch may be sent again.</summary>
    public sealed record Refused(Refusal Refusal) : Outcome<TState, TEvent>;
}
