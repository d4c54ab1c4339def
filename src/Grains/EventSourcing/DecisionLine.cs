namespace Actors.Grains.EventSourcing;

/// <summary>
/// Who decides next. Commands decide at once as long as nothing fails. What has to be decided again goes before what came
/// later: a client that sends one change on top of another must not see them overtake each other.
/// </summary>
/// <remarks>Of one activation's turns alone; a ticket is drawn when a command comes.</remarks>
internal sealed class DecisionLine
{
    private readonly SortedDictionary<long, TaskCompletionSource?> _waiting = [];
    private long _lastTicket;

    public long Draw() => ++_lastTicket;

    /// <summary>Whether nobody who came before waits to decide.</summary>
    public bool IsFirst(long ticket) => _waiting.Count == 0 || _waiting.Keys.First() >= ticket;

    /// <summary>Keeps the place of a command that will decide (again); it must leave the line in the end.</summary>
    public void Join(long ticket) => _waiting.TryAdd(ticket, null);

    /// <summary>Ends when all who came before have left.</summary>
    public Task WaitAsync(long ticket)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[ticket] = turn;
        return turn.Task;
    }

    public void Leave(long ticket)
    {
        if (_waiting.Remove(ticket) && _waiting.Count > 0)
        {
            _waiting.Values.First()?.TrySetResult();
        }
    }
}
