namespace Actors.Grains.Rooms;

/// <summary>Section <c>Rooms</c>.</summary>
public sealed class RoomOptions
{
    public const string Section = "Rooms";

    /// <summary>How long a connection is taken as present after its last sign of life.</summary>
    public TimeSpan PresenceTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The shortest time between two frames of cursors; the newest of each participant is sent.</summary>
    public TimeSpan CursorInterval { get; set; } = TimeSpan.FromMilliseconds(33);

    /// <summary>Messages that a newcomer is shown.</summary>
    public int MessagesOnEntry { get; set; } = 50;

    /// <summary>Connections of one room; more are not shown as present.</summary>
    public int MaximumConnections { get; set; } = 10_000;

    /// <summary>The rules that are broken, each naming the option and its value.</summary>
    public IEnumerable<string> Validate()
    {
        if (PresenceTimeout < TimeSpan.FromSeconds(1))
        {
            yield return $"{Section}:{nameof(PresenceTimeout)} is {PresenceTimeout}; it must be at least 1 s.";
        }

        if (CursorInterval < TimeSpan.FromMilliseconds(1) || CursorInterval > TimeSpan.FromSeconds(10))
        {
            yield return $"{Section}:{nameof(CursorInterval)} is {CursorInterval}; it must be from 1 ms to 10 s.";
        }

        if (MessagesOnEntry is < 0 or > 200)
        {
            yield return $"{Section}:{nameof(MessagesOnEntry)} is {MessagesOnEntry}; it must be from 0 to 200.";
        }

        if (MaximumConnections < 1)
        {
            yield return $"{Section}:{nameof(MaximumConnections)} is {MaximumConnections}; it must be at least 1.";
        }
    }
}
