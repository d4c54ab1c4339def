using System.Collections.Immutable;
using Actors.Grains.Interfaces.Rooms;

namespace Actors.Grains.Rooms;

/// <summary>
/// Who is in a room. A participant is present while one of their connections is; a connection that gives no sign of
/// life expires.
/// </summary>
internal sealed class Presence
{
    private readonly Dictionary<string, Connection> _connections = [];
    private readonly Dictionary<string, Participant> _participants = [];
    private readonly Dictionary<string, Cursor> _cursors = [];
    private readonly HashSet<string> _moved = [];

    public int ConnectionCount => _connections.Count;

    public ImmutableArray<Participant> Participants => [.. _participants.Values.OrderBy(participant => participant.Id, StringComparer.Ordinal)];

    public ImmutableArray<Cursor> Cursors => [.. _cursors.Values];

    public bool HasMoved => _moved.Count > 0;

    /// <summary>Whose connection it is, or null when it is not known.</summary>
    public string? OwnerOf(string connectionId) => _connections.TryGetValue(connectionId, out var connection) ? connection.ParticipantId : null;

    /// <summary>True when the participant was not there before. The connection must not be somebody else's.</summary>
    public bool Enter(string connectionId, Participant participant, DateTimeOffset now)
    {
        _connections[connectionId] = new Connection(participant.Id, now);
        var isNew = !_participants.TryGetValue(participant.Id, out var known);
        if (isNew || known != participant)
        {
            _participants[participant.Id] = participant;
        }

        return isNew;
    }

    /// <summary>The participant when this was the last of their connections, else null.</summary>
    public string? Leave(string connectionId)
    {
        if (!_connections.Remove(connectionId, out var connection))
        {
            return null;
        }

        foreach (var other in _connections.Values)
        {
            if (other.ParticipantId == connection.ParticipantId)
            {
                return null;
            }
        }

        _participants.Remove(connection.ParticipantId);
        _cursors.Remove(connection.ParticipantId);
        _moved.Remove(connection.ParticipantId);
        return connection.ParticipantId;
    }

    /// <summary>False when the connection is not known (any more).</summary>
    public bool Renew(string connectionId, DateTimeOffset now)
    {
        if (!_connections.TryGetValue(connectionId, out var connection))
        {
            return false;
        }

        _connections[connectionId] = connection with { LastSeen = now };
        return true;
    }

    /// <summary>The participants who are gone because nothing was heard of them since <paramref name="before"/>.</summary>
    public ImmutableArray<string> Expire(DateTimeOffset before)
    {
        var expired = _connections.Where(pair => pair.Value.LastSeen < before).Select(pair => pair.Key).ToArray();
        var gone = ImmutableArray.CreateBuilder<string>();
        foreach (var connectionId in expired)
        {
            if (Leave(connectionId) is { } participantId)
            {
                gone.Add(participantId);
            }
        }

        return gone.ToImmutable();
    }

    /// <summary>False when the participant is not present: a cursor never outlives its owner.</summary>
    public bool Move(Cursor cursor)
    {
        if (!_participants.ContainsKey(cursor.ParticipantId))
        {
            return false;
        }

        _cursors[cursor.ParticipantId] = cursor;
        _moved.Add(cursor.ParticipantId);
        return true;
    }

    /// <summary>The newest cursors that moved since they were last taken.</summary>
    public ImmutableArray<Cursor> TakeMoved()
    {
        var moved = ImmutableArray.CreateBuilder<Cursor>(_moved.Count);
        foreach (var participantId in _moved)
        {
            moved.Add(_cursors[participantId]);
        }

        _moved.Clear();
        return moved.DrainToImmutable();
    }

    private readonly record struct Connection(string ParticipantId, DateTimeOffset LastSeen);
}
