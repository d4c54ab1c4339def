namespace Actors.Frontend.Live;

/// <summary>A stream that is being sent to a client.</summary>
internal interface ILiveStream
{
    /// <summary>Ends the stream with a last frame.</summary>
    void End(string code, bool retry);

    /// <summary>Disconnects the client when it has not taken a frame for too long.</summary>
    void DropIfStuck(long now);
}
